using System.Globalization;
using System.Text;
using MimeKit;
using NodaTime;
using Playbook.Calendar.Bookings;
using Playbook.Calendar.Hours;
using Playbook.Calendar.Pages;

namespace Playbook.Calendar.Mail;

/// <summary>Composes the mails. The same one has the same Message-ID, however often it is composed.</summary>
internal sealed class Mails(CalendarSettings settings)
{
    public string OfferId(string key) => $"{BookingLink.IdOf(key)}.offer@{settings.Domain}";

    public string ChangeId(Booking booking) => $"{booking.Uid[..booking.Uid.LastIndexOf('@')]}.{booking.Sequence}.{Invitation.Method(booking).ToLowerInvariant()}@{settings.Domain}";

    public MimeMessage OfOffer(Offer offer, string text, string fromName, string? replyTo, DateTimeOffset at, Uri link)
    {
        const string Mark = "[booking_url]";
        var written = text.Contains(Mark, StringComparison.OrdinalIgnoreCase)
            ? text.Replace(Mark, link.ToString(), StringComparison.OrdinalIgnoreCase)
            : $"{text.TrimEnd()}\n\n{Words.Say("Choose a time here:", offer.Language)} {link}\n";
        var mail = Head(OfferId(offer.Key), offer.To, offer.ToName, offer.Subject, fromName, at);
        if (replyTo is not null && MailboxAddress.TryParse(replyTo, out var reply))
            mail.ReplyTo.Add(reply);
        mail.Body = new TextPart("plain") { Text = written };
        return mail;
    }

    /// <summary>The appointment, its change or its end, for the contact with the rep in copy.</summary>
    public MimeMessage OfBooking(Booking booking, RepCard rep, Uri? link)
    {
        var invitation = Invitation.Text(booking, rep, settings);
        var method = Invitation.Method(booking);
        var subject = booking.State == BookingState.Cancelled ? $"{Words.Say("Cancelled", booking.Language)}: {booking.Subject}" : booking.Sequence > 0 ? $"{Words.Say("New time", booking.Language)}: {booking.Subject}" : booking.Subject;
        var mail = Head(ChangeId(booking), booking.To, booking.ToName, subject, rep.Name, booking.ChangedAt);
        if (!string.Equals(rep.Email, settings.From, StringComparison.OrdinalIgnoreCase) && !string.Equals(rep.Email, booking.To, StringComparison.OrdinalIgnoreCase))
            mail.Cc.Add(new MailboxAddress(rep.Name, rep.Email));

        // The calendar part stands last among the alternatives, so that clients that understand it take it; Outlook wants its method in the type.
        var part = new TextPart("calendar") { ContentTransferEncoding = ContentEncoding.Base64 };
        part.SetText(Encoding.UTF8, invitation);
        part.ContentType.Parameters["method"] = method;
        var file = new MimePart("application", "ics") { Content = new MimeContent(new MemoryStream(Encoding.UTF8.GetBytes(invitation))), ContentTransferEncoding = ContentEncoding.Base64, FileName = "invite.ics", ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "invite.ics" } };
        mail.Body = new Multipart("mixed") { new MultipartAlternative { new TextPart("plain") { Text = Plain(booking, rep, link) }, part }, file };
        return mail;
    }

    private MimeMessage Head(string id, string to, string toName, string subject, string fromName, DateTimeOffset at)
    {
        var mail = new MimeMessage { MessageId = id, Date = at, Subject = subject };
        mail.From.Add(new MailboxAddress(fromName, settings.From));
        mail.To.Add(new MailboxAddress(toName, to));
        return mail;
    }

    private string Plain(Booking booking, RepCard rep, Uri? link)
    {
        var lines = new StringBuilder();
        if (booking.Text.Length > 0)
            lines.Append(booking.Text.TrimEnd()).Append("\n\n");
        var start = Instant.FromDateTimeOffset(booking.Start).InZone(rep.Zone);
        lines.Append(Words.Say(booking.State == BookingState.Cancelled ? "This appointment is cancelled:" : "Your appointment:", booking.Language)).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"  {Words.Day(start.Date, booking.Language)}, {Words.Time(start.TimeOfDay)} ({Zones.Shown(rep.Zone, start.ToInstant())}), {booking.Minutes} {Words.Say("minutes", booking.Language)}\n")
            .Append(CultureInfo.InvariantCulture, $"  {rep.Name}, {settings.Company}\n");
        if (booking.Place is { } place)
            lines.Append(CultureInfo.InvariantCulture, $"  {place}\n");
        if (link is not null)
            lines.Append(CultureInfo.InvariantCulture, $"\n{Words.Say(booking.State == BookingState.Cancelled ? "Choose a new time here:" : "Another time, or cancel:", booking.Language)} {link}\n");
        return lines.ToString();
    }
}
