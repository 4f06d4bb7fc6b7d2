using MimeKit;
using MimeKit.Utils;

namespace Playbook.Email;

/// <summary>Which message of ours a mail is about.</summary>
/// <param name="Mark">Its mark.</param>
/// <param name="By">Where that was found, for the record.</param>
internal sealed record MessageMatch(string Mark, string By)
{
    /// <summary>In this order: what it answers, the thread, then the address that it was sent to.</summary>
    public static MessageMatch? OfAnswer(MimeMessage message) =>
        OfIds(message.Headers[HeaderId.InReplyTo], "In-Reply-To")
        ?? OfIds(message.Headers[HeaderId.References], "References")
        ?? OfAddresses(message, "plus-address");

    /// <summary>The newest of ours among Message-IDs.</summary>
    public static MessageMatch? OfIds(string? ids, string by)
    {
        if (string.IsNullOrWhiteSpace(ids))
            return null;
        foreach (var id in MimeUtils.EnumerateReferences(ids).Reverse())
            if (MailMark.InMessageId(id) is { } mark)
                return new MessageMatch(mark, by);
        return null;
    }

    /// <summary>By an address with our mark that it went to, as headers and the last server tell.</summary>
    public static MessageMatch? OfAddresses(MimeMessage message, string by)
    {
        foreach (var header in message.Headers)
            if (header.Field.ToLowerInvariant() is "to" or "cc" or "delivered-to" or "x-original-to" or "envelope-to" or "x-envelope-to" or "x-rcpt-to" or "resent-to"
                && MailMark.InAddress(header.Value) is { } found)
                return new MessageMatch(found.Mark, by);
        return null;
    }
}
