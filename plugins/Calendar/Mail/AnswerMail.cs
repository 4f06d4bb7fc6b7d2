using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Calendar.Mail;

/// <summary>What else comes back to a mail of ours: somebody's words, a machine's, or the mail itself.</summary>
internal static class AnswerMail
{
    private const int LongestText = 20_000;

    /// <summary>The Message-IDs that the mail is about, the surest first.</summary>
    public static IEnumerable<(string Id, string MatchedBy)> About(MimeMessage mail)
    {
        if (Report(mail) is { } report)
        {
            foreach (var id in Returned(report))
                yield return (id, "Message-ID");
            yield break;
        }
        if (mail.InReplyTo is { } answered)
            yield return (answered, "In-Reply-To");
        foreach (var id in mail.References.Reverse())
            yield return (id, "References");
    }

    /// <summary>The event without what it is matched to; null for a mail that says nothing to us, such as a delay that ended well.</summary>
    public static ChannelEvent? Read(MimeMessage mail, string id, DateTimeOffset at)
    {
        if (Report(mail) is { } report)
            return Bounce(report, id, at);
        var text = mail.TextBody ?? "";
        if (text.Length > LongestText)
            text = text[..LongestText];
        return IsAutomatic(mail)
            ? new ChannelEvent.AutoReplied(id, at, text, ReturnsAt: null)
            : new ChannelEvent.Replied(id, at, text) { Subject = mail.Subject };
    }

    private static bool IsAutomatic(MimeMessage mail) =>
        (mail.Headers[HeaderId.AutoSubmitted] is { } automatic && !automatic.Trim().StartsWith("no", StringComparison.OrdinalIgnoreCase))
        || mail.Headers["X-Autoreply"] is not null
        || string.Equals(mail.Headers[HeaderId.Precedence], "auto_reply", StringComparison.OrdinalIgnoreCase);

    private static MultipartReport? Report(MimeMessage mail) =>
        mail.Body is MultipartReport report && string.Equals(report.ReportType, "delivery-status", StringComparison.OrdinalIgnoreCase) ? report : null;

    private static ChannelEvent.Bounced? Bounce(MultipartReport report, string id, DateTimeOffset at)
    {
        foreach (var fields in report.OfType<MessageDeliveryStatus>().SelectMany(part => part.StatusGroups).Where(group => group["Action"] is not null))
        {
            var status = fields["Status"]?.Trim() ?? "";
            var action = fields["Action"]!.Trim();
            var reason = fields["Diagnostic-Code"] ?? $"Status {status}";
            if (string.Equals(action, "failed", StringComparison.OrdinalIgnoreCase))
                return new ChannelEvent.Bounced(id, at, status.StartsWith("5.7", StringComparison.Ordinal) ? BounceKind.Policy : status.StartsWith('4') || status is "5.2.2" ? BounceKind.Soft : BounceKind.Hard, reason);
            if (string.Equals(action, "delayed", StringComparison.OrdinalIgnoreCase))
                return new ChannelEvent.Bounced(id, at, BounceKind.Soft, reason);
        }
        return null;
    }

    private static IEnumerable<string> Returned(MultipartReport report)
    {
        foreach (var part in report)
        {
            if (part is MessagePart { Message.MessageId: { } whole })
                yield return whole;
            if (part is TextPart { ContentType: { } type } headers && type.IsMimeType("text", "rfc822-headers"))
            {
                using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(headers.Text));
                if (HeaderList.Load(stream)[HeaderId.MessageId] is { } id && MimeKit.Utils.MimeUtils.ParseMessageId(id) is { } parsed)
                    yield return parsed;
            }
        }
    }
}
