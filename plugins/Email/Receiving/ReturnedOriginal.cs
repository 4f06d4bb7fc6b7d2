using System.Text;
using MimeKit;

namespace Playbook.Email;

/// <summary>The message of ours that a report brings back: whole, or its headers only.</summary>
internal sealed record ReturnedOriginal(string? MessageId, string? To, string Text)
{
    private const int Most = 64 * 1024;

    public static ReturnedOriginal? In(MimeMessage report)
    {
        foreach (var part in report.BodyParts.ToList())
        {
            if (part is MessagePart { Message: { } inner })
                return new ReturnedOriginal(inner.Headers[HeaderId.MessageId], inner.To.Mailboxes.FirstOrDefault()?.Address, "");
            if (part is MimePart { Content: { } content } leaf && (leaf.ContentType.IsMimeType("text", "rfc822-headers") || leaf.ContentType.IsMimeType("message", "rfc822-headers") || leaf.ContentType.IsMimeType("message", "global-headers")))
                return OfHeaders(content);
        }

        return null;
    }

    private static ReturnedOriginal OfHeaders(IMimeContent content)
    {
        using var bytes = new MemoryStream();
        content.DecodeTo(bytes);
        var text = Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)Math.Min(bytes.Length, Most));
        try
        {
            bytes.Position = 0;
            var headers = HeaderList.Load(bytes);
            return new ReturnedOriginal(headers[HeaderId.MessageId], InternetAddressList.TryParse(headers[HeaderId.To] ?? "", out var to) ? to.Mailboxes.FirstOrDefault()?.Address : null, text);
        }
        catch (FormatException)
        {
            return new ReturnedOriginal(null, null, text);
        }
    }
}
