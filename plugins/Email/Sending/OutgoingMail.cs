using System.Net;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>A message on its way: what goes into the envelope and what it holds.</summary>
/// <param name="Mail">Complete, signed.</param>
/// <param name="Envelope">Where bounces go.</param>
/// <param name="To">The one receiver.</param>
/// <param name="Options">How it was signed, and so how it has to be written.</param>
internal sealed record OutgoingMail(MimeMessage Mail, MailboxAddress Envelope, MailboxAddress To, FormatOptions Options);

/// <summary>Writes messages out as mails.</summary>
internal sealed class MailWriter(EmailSettings settings, TimeProvider clock)
{
    // Those of RFC 6376 5.4.1, and the two that RFC 8058 wants covered.
    private static readonly string[] _signed =
    [
        "From", "Reply-To", "To", "Subject", "Date", "Message-Id", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        "List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID",
    ];

    private readonly IReadOnlyList<DkimSigner> _signers = [.. settings.DkimKeys.Select(key => key.Signer())];

    /// <summary>The message's Message-ID, without brackets.</summary>
    public string IdOf(string mark) => $"{mark}@{MailboxAddress.EncodeAddrspec(settings.From.Address).Split('@')[^1]}";

    /// <summary>The receiver; null where the text is no single plain address.</summary>
    public static MailboxAddress? Receiver(OutgoingMessage message) =>
        !message.To.Any(letter => char.IsControl(letter) || letter is ',' or ';' or '<' or '>' or '"')
        && MailboxAddress.TryParse(message.To, out var to) && to.LocalPart.Length > 0 && to.Domain.Length > 0 && to.Route.Count == 0
            ? new MailboxAddress(OneLine(message.ToName), to.Address)
            : null;

    public OutgoingMail Write(OutgoingMessage message, MailboxAddress to, string mark)
    {
        var from = Sender(message);
        var mail = new MimeMessage
        {
            MessageId = IdOf(mark),
            Date = message.CreatedAt == default ? clock.GetUtcNow() : message.CreatedAt,
            Subject = OneLine(message.Subject ?? ""),
            Body = Body(message),
        };
        mail.From.Add(from);
        mail.To.Add(to);
        if (ReplyTo(message, from, mark) is { } replyTo)
            mail.ReplyTo.Add(replyTo);
        foreach (var earlier in message.Thread.Select(id => id.Trim().TrimStart('<').TrimEnd('>')).Where(IsMessageId).TakeLast(30))
        {
            mail.References.Add(earlier);
            mail.InReplyTo = earlier;
        }

        AddUnsubscribe(mail, message.UnsubscribeUrl, mark);
        if (settings.FeedbackId is { } feedback)
            mail.Headers.Add("Feedback-ID", OneLine(feedback));
        var envelope = settings.PlusAddressing ? MailMark.Tag(settings.Bounces, mark) : settings.Bounces;
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        options.International = !Ascii.IsValid(to.LocalPart) || !Ascii.IsValid(from.LocalPart) || !Ascii.IsValid(envelope.LocalPart);
        mail.Prepare(EncodingConstraint.SevenBit);
        Sign(mail, options);
        return new OutgoingMail(mail, envelope, to, options);
    }

    private MailboxAddress Sender(OutgoingMessage message)
    {
        var name = OneLine(message.FromName ?? settings.FromName);
        return message.FromAddress is { } own && MailboxAddress.TryParse(own, out var address) && MaySendAs(address)
            ? new MailboxAddress(name, address.Address)
            : new MailboxAddress(name, settings.From.Address);
    }

    private bool MaySendAs(MailboxAddress address) =>
        Same(address.Address, settings.From.Address)
        || settings.OtherSenders.Any(allowed => allowed[0] == '@' ? Same("@" + address.Domain, allowed) : Same(address.Address, allowed));

    private MailboxAddress? ReplyTo(OutgoingMessage message, MailboxAddress from, string mark)
    {
        if (settings.PlusAddressing && settings.Imap is not null)
            return MailMark.Tag(new MailboxAddress(from.Name, settings.ReplyTo.Address), mark);
        if (settings.HasReplyTo)
            return new MailboxAddress(from.Name, settings.ReplyTo.Address);
        return message.FromAddress is { } own && MailboxAddress.TryParse(own, out var address) && !Same(address.Address, from.Address)
            ? new MailboxAddress(from.Name, address.Address)
            : null;
    }

    private void AddUnsubscribe(MimeMessage mail, Uri? url, string mark)
    {
        if (url is null)
            return;
        var ways = $"<{url.AbsoluteUri}>";
        if (settings.Imap is not null)
        {
            var address = settings.PlusAddressing ? MailMark.TagForUnsubscribing(settings.ReplyTo, mark).Address : settings.ReplyTo.Address;
            ways += $", <mailto:{Uri.EscapeDataString(address).Replace("%40", "@", StringComparison.Ordinal)}?subject=unsubscribe{(settings.PlusAddressing ? "" : "%20" + mark)}>";
        }

        mail.Headers.Add(HeaderId.ListUnsubscribe, ways);
        // RFC 8058 knows one click over https only.
        if (url.Scheme == Uri.UriSchemeHttps)
            mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    private MimeEntity Body(OutgoingMessage message)
    {
        var text = new TextPart("plain") { Text = message.Text + TextFooter(message) };
        MimeEntity body = text;
        if (message.Html is { } html)
            body = new MultipartAlternative(text, new TextPart("html") { Text = WithFooter(html, message) });
        if (message.Attachments.Count == 0)
            return body;
        var mixed = new Multipart("mixed") { body };
        foreach (var attachment in message.Attachments)
            mixed.Add(Part(attachment));
        return mixed;
    }

    private static MimePart Part(Attachment attachment) =>
        new(ContentType.TryParse(OneLine(attachment.ContentType), out var type) && type.MediaType is not ("multipart" or "message") ? type : new ContentType("application", "octet-stream"))
        {
            Content = new MimeContent(new MemoryStream(attachment.Content.ToArray(), writable: false)),
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            ContentTransferEncoding = ContentEncoding.Base64,
            FileName = Path.GetFileName(OneLine(attachment.Name).Replace('\\', '/')),
        };

    private string TextFooter(OutgoingMessage message)
    {
        var lines = FooterLines(message, message.Text);
        return lines.Count == 0 ? "" : "\n\n" + string.Join("\n", lines) + "\n";
    }

    private string WithFooter(string html, OutgoingMessage message)
    {
        var lines = FooterLines(message, WebUtility.HtmlDecode(html));
        if (lines.Count == 0)
            return html;
        var footer = new StringBuilder("<p style=\"font-size:small;color:#555\">");
        footer.AppendJoin("<br>", lines.Select(line => Linked(WebUtility.HtmlEncode(line), message.UnsubscribeUrl)));
        footer.Append("</p>");
        var end = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html + footer : html.Insert(end, footer.ToString());
    }

    private static string Linked(string line, Uri? url)
    {
        var address = WebUtility.HtmlEncode(url?.AbsoluteUri ?? "");
        return address.Length == 0 ? line : line.Replace(address, $"<a href=\"{address}\">{address}</a>", StringComparison.Ordinal);
    }

    /// <summary>What CAN-SPAM asks for and the message does not say by itself.</summary>
    private List<string> FooterLines(OutgoingMessage message, string body)
    {
        var lines = new List<string>();
        if (message.UnsubscribeUrl is not { } url)
            return lines;
        if (!body.Contains(url.AbsoluteUri, StringComparison.Ordinal) && !body.Contains(url.OriginalString, StringComparison.Ordinal))
            lines.Add(settings.UnsubscribeLine.Contains("{url}", StringComparison.Ordinal) ? settings.UnsubscribeLine.Replace("{url}", url.AbsoluteUri, StringComparison.Ordinal) : $"{settings.UnsubscribeLine} {url.AbsoluteUri}");
        if (settings.PostalAddress is { } postal && !Squeezed(body).Contains(Squeezed(postal), StringComparison.OrdinalIgnoreCase))
            lines.AddRange(postal.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return lines;
    }

    private void Sign(MimeMessage mail, FormatOptions options)
    {
        string[] covered = [.. _signed.Where(name => mail.Headers.Contains(name) || mail.Body!.Headers.Contains(name))];
        foreach (var signer in _signers)
            signer.Sign(options, mail, covered);
    }

    private static bool IsMessageId(string text) => text.Length is > 2 and < 250 && text.Count(letter => letter == '@') == 1 && text.All(letter => letter is > ' ' and < '\x7f' and not ('<' or '>'));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string Squeezed(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    /// <summary>A header is one line: no text from outside may begin another.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter)).Trim();
}
