using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>Complaints as mailbox providers report them (ARF, RFC 5965).</summary>
internal static class FeedbackReport
{
    /// <summary>Null where the mail is no such report.</summary>
    public static IReadOnlyList<ChannelEvent>? Read(IncomingMail mail)
    {
        var parts = mail.Message.BodyParts.ToList();
        if (parts.OfType<MessageFeedbackReport>().FirstOrDefault() is not { } report)
            return null;
        var fields = Fields(report);
        var type = (fields["Feedback-Type"] ?? "").Trim().ToLowerInvariant();
        // Not spam after all, or news about a signature: neither is a wish of the contact's.
        if (type is "not-spam" or "auth-failure" or "dmarc")
            return [];
        var original = ReturnedOriginal.In(mail.Message);
        var match = MessageMatch.OfIds(original?.MessageId, "returned original")
            ?? ByText(fields["Original-Envelope-Id"], "envelope id")
            ?? ByText(fields["Original-Mail-From"], "VERP")
            ?? ByText(original?.Text, "returned original")
            ?? MessageMatch.OfAddresses(mail.Message, "plus-address");
        var address = Address(fields["Original-Rcpt-To"]) ?? original?.To;
        ChannelEvent happened = type is "opt-out" or "opt-out-list"
            ? new ChannelEvent.Unsubscribed(mail.EventId, mail.At, "unsubscribed in the mail program (feedback report)")
            : new ChannelEvent.Complained(mail.EventId, mail.At);
        return [mail.About(happened, match, address)];
    }

    private static HeaderList Fields(MessageFeedbackReport report)
    {
        try
        {
            return report.Fields;
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static MessageMatch? ByText(string? text, string by) => text is not null && MailMark.InText(text) is { } mark ? new MessageMatch(mark, by) : null;

    private static string? Address(string? field) => field is null ? null : field.Trim().Trim('<', '>') is { Length: > 2 } address ? address : null;
}
