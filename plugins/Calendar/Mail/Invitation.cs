using System.Globalization;
using NodaTime;
using Playbook.Calendar.Bookings;
using Playbook.Calendar.Hours;

namespace Playbook.Calendar.Mail;

/// <summary>An appointment as an iTIP message (RFC 5546): REQUEST for a new or changed one, CANCEL for one that is no more.</summary>
internal static class Invitation
{
    public static string Method(Booking booking) => booking.State == BookingState.Cancelled ? "CANCEL" : "REQUEST";

    public static string Text(Booking booking, RepCard rep, CalendarSettings settings)
    {
        var (start, end) = (Instant.FromDateTimeOffset(booking.Start), Instant.FromDateTimeOffset(booking.End));
        var cancelled = booking.State == BookingState.Cancelled;
        var text = new ICalendarText().Begin("VCALENDAR")
            .Line("PRODID", "-//Playbook//Calendar//EN").Line("VERSION", "2.0").Line("CALSCALE", "GREGORIAN").Line("METHOD", Method(booking))
            .Zone(rep.Zone, start, end)
            .Begin("VEVENT")
            .Line("UID", booking.Uid).Utc("DTSTAMP", Instant.FromDateTimeOffset(booking.ChangedAt))
            .Line("SEQUENCE", booking.Sequence.ToString(CultureInfo.InvariantCulture))
            // Answers go to the mailbox that we read; the name is that of the person whom one meets.
            .Line("ORGANIZER", "mailto:" + settings.From, ("CN", rep.Name))
            .Line("ATTENDEE", "mailto:" + booking.To, ("CUTYPE", "INDIVIDUAL"), ("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "NEEDS-ACTION"), ("RSVP", "TRUE"), ("CN", booking.ToName));
        if (!string.Equals(rep.Email, settings.From, StringComparison.OrdinalIgnoreCase))
            text.Line("ATTENDEE", "mailto:" + rep.Email, ("CUTYPE", "INDIVIDUAL"), ("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "ACCEPTED"), ("CN", rep.Name));
        text.Local("DTSTART", start, rep.Zone).Local("DTEND", end, rep.Zone).Text("SUMMARY", booking.Subject);
        if (booking.Text.Length > 0)
            text.Text("DESCRIPTION", booking.Text);
        if (booking.Place is { } place)
            text.Text("LOCATION", place);
        text.Line("STATUS", cancelled ? "CANCELLED" : "CONFIRMED").Line("TRANSP", "OPAQUE");
        if (!cancelled && settings.ReminderMinutes > 0)
            text.Begin("VALARM").Line("ACTION", "DISPLAY").Text("DESCRIPTION", booking.Subject).Line("TRIGGER", $"-PT{settings.ReminderMinutes}M").End("VALARM");
        return text.End("VEVENT").End("VCALENDAR").ToString();
    }
}
