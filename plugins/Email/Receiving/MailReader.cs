using System.Security.Cryptography;
using System.Text;
using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>Makes of a mail what it means to a run. Any bytes at all are a mail; most mean nothing.</summary>
internal sealed class MailReader(EmailSettings settings, TimeProvider clock, Func<string, string> idOf)
{
    private static readonly ParserOptions _options = new() { RespectContentLength = false, MaxMimeDepth = 32 };

    public async Task<IReadOnlyList<ChannelEvent>> Read(Stream stream, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public IReadOnlyList<ChannelEvent> Read(ReadOnlySpan<byte> bytes)
    {
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(_options, new MemoryStream(bytes.ToArray(), writable: false));
        }
        catch (FormatException)
        {
            // Not even headers: nothing that a mail program or a server could have sent.
            return [];
        }

        using (message)
            return Classify(new IncomingMail(message, EventId(message, bytes), clock.GetUtcNow(), settings, idOf));
    }

    /// <summary>In this order: a machine's report first, for reports quote mails; what a person wrote last.</summary>
    private static IReadOnlyList<ChannelEvent> Classify(IncomingMail mail)
    {
        if (mail.IsOurOwn)
            return [];
        if (FeedbackReport.Read(mail) is { } complaint)
            return complaint;
        if (DeliveryReport.Read(mail) is { } report)
            return report;
        if (OldBounce.Read(mail) is { } bounce)
            return bounce;
        if (CalendarAnswer.Read(mail) is { } answer)
            return [answer];
        if (UnsubscribeWish.FromAddress(mail) is { } wish)
            return [wish];
        if (AutoReply.Read(mail) is { } auto)
            return auto;
        if (mail.Match is null && mail.IsBulk)
            return [];
        return [UnsubscribeWish.FromText(mail) ?? mail.About(new ChannelEvent.Replied(mail.EventId, mail.At, mail.NewText) { Subject = mail.Subject })];
    }

    /// <summary>
    /// The same for the same mail wherever and however often it lies, and another for another mail, even where a careless
    /// program gives all of its mails one Message-ID: what the mail says, without what servers on the way added.
    /// </summary>
    private static string EventId(MimeMessage message, ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var header in message.Headers.Where(header => header.Id is HeaderId.MessageId or HeaderId.Date or HeaderId.From or HeaderId.To or HeaderId.Subject or HeaderId.InReplyTo))
            hash.AppendData(Encoding.UTF8.GetBytes($"{header.Id}:{Convert.ToBase64String(header.RawValue)}\n"));
        hash.AppendData(bytes[BodyStart(bytes)..]);
        return "mail-" + Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static int BodyStart(ReadOnlySpan<byte> bytes)
    {
        var windows = bytes.IndexOf("\r\n\r\n"u8);
        var unix = bytes.IndexOf("\n\n"u8);
        return (windows, unix) switch
        {
            ( >= 0, < 0) => windows + 4,
            ( < 0, >= 0) => unix + 2,
            ( >= 0, >= 0) => Math.Min(windows + 4, unix + 2),
            _ => 0,
        };
    }
}
