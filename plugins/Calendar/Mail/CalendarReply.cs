using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using MimeKit;

namespace Playbook.Calendar.Mail;

/// <summary>What somebody's calendar answered to an invitation (RFC 5546: REPLY and COUNTER), in Outlook's, Google's and Apple's forms.</summary>
/// <param name="Answer"><c>accepted</c>, <c>declined</c>, <c>tentative</c> or <c>proposed</c>.</param>
/// <param name="Stamp">When it was answered, by the answering calendar's clock.</param>
internal sealed record CalendarReply(string Uid, string Answer, int Sequence, DateTimeOffset? Stamp)
{
    public string? Attendee { get; init; }

    /// <summary>The time that they would rather have.</summary>
    public (DateTimeOffset Start, DateTimeOffset End)? Proposed { get; init; }

    public string? Comment { get; init; }

    /// <summary>The answers in a mail; empty for any other mail. A calendar file that cannot be read is none.</summary>
    public static IReadOnlyList<CalendarReply> In(MimeMessage mail)
    {
        var replies = new List<CalendarReply>();
        // Google sends it twice, as a part and as a file; Outlook once, as the body or beside it.
        foreach (var part in mail.BodyParts.OfType<MimePart>().Where(IsCalendar).OrderBy(part => part is TextPart ? 0 : 1))
            foreach (var reply in Read(part, mail))
                if (!replies.Exists(known => known.Uid == reply.Uid))
                    replies.Add(reply);
        return replies;
    }

    private static bool IsCalendar(MimePart part) =>
        part.ContentType.IsMimeType("text", "calendar") || part.ContentType.IsMimeType("application", "ics")
        || (part.FileName?.EndsWith(".ics", StringComparison.OrdinalIgnoreCase) ?? false);

    private static IEnumerable<CalendarReply> Read(MimePart part, MimeMessage mail)
    {
        Ical.Net.Calendar? calendar;
        try
        {
            using var content = new MemoryStream();
            part.Content?.DecodeTo(content);
            // RFC 5545: UTF-8 where nothing else is said.
            var encoding = part.ContentType.CharsetEncoding ?? System.Text.Encoding.UTF8;
            calendar = Ical.Net.Calendar.Load(encoding.GetString(content.ToArray()));
        }
        catch (Exception fault) when (fault is System.Runtime.Serialization.SerializationException or ArgumentException or FormatException or InvalidOperationException)
        {
            yield break;
        }
        var method = (calendar?.Method ?? part.ContentType.Parameters["method"] ?? "").ToUpperInvariant();
        if (calendar is null || method is not ("REPLY" or "COUNTER"))
            yield break;
        var from = mail.From.Mailboxes.FirstOrDefault()?.Address;
        foreach (var appointment in calendar.Events)
            if (appointment.Uid is { Length: > 0 } uid && Of(appointment, uid, method, from) is { } reply)
                yield return reply;
    }

    private static CalendarReply? Of(CalendarEvent appointment, string uid, string method, string? from)
    {
        var attendee = appointment.Attendees.FirstOrDefault(person => string.Equals(AddressOf(person), from, StringComparison.OrdinalIgnoreCase)) ?? appointment.Attendees.FirstOrDefault();
        var answer = method == "COUNTER" ? "proposed" : attendee?.ParticipationStatus?.ToUpperInvariant() switch
        {
            "ACCEPTED" => "accepted",
            "DECLINED" => "declined",
            "TENTATIVE" => "tentative",
            _ => null,
        };
        if (answer is null)
            return null;
        (DateTimeOffset, DateTimeOffset)? proposed = null;
        if (method == "COUNTER" && Moment(appointment.Start) is { } start)
            proposed = (start, Moment(appointment.End) ?? start);
        return new CalendarReply(uid, answer, appointment.Sequence, Moment(appointment.DtStamp))
        {
            Attendee = attendee is null ? from : AddressOf(attendee),
            Proposed = proposed,
            Comment = appointment.Comments.FirstOrDefault(comment => !string.IsNullOrWhiteSpace(comment))?.Trim(),
        };
    }

    private static string? AddressOf(Attendee person) => person.Value is { Scheme: "mailto" } address ? Uri.UnescapeDataString(address.AbsoluteUri["mailto:".Length..]) : null;

    private static DateTimeOffset? Moment(CalDateTime? time) => time is null ? null : new DateTimeOffset(time.AsUtc, TimeSpan.Zero);
}
