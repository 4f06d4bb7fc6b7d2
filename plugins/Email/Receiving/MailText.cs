using System.Text;
using MimeKit;
using MimeKit.Text;

namespace Playbook.Email;

/// <summary>The text of a mail as a person reads it.</summary>
internal static class MailText
{
    private const int Most = 256 * 1024;

    private static readonly HashSet<HtmlTagId> _lines = [HtmlTagId.Br, HtmlTagId.P, HtmlTagId.Div, HtmlTagId.TR, HtmlTagId.LI, HtmlTagId.UL, HtmlTagId.OL, HtmlTagId.Table, HtmlTagId.H1, HtmlTagId.H2, HtmlTagId.H3, HtmlTagId.H4, HtmlTagId.HR, HtmlTagId.Pre, HtmlTagId.BlockQuote];
    private static readonly HashSet<HtmlTagId> _unseen = [HtmlTagId.Style, HtmlTagId.Script, HtmlTagId.Head, HtmlTagId.Title];

    // What mail programs put around the message that they answer.
    private static readonly string[] _quoteNames = ["gmail_quote", "gmail_attr", "yahoo_quoted", "moz-cite-prefix", "OLK_SRC_BODY_SECTION", "mail-editor-reference-message-container", "protonmail_quote", "tutanota_quote", "zmail_extra"];

    // Outlook puts an empty mark, or the headers, above the old mail, and nothing around it.
    private static readonly string[] _quoteMarks = ["divRplyFwdMsg", "appendonsend"];

    // Most charsets of old mails are not known to .NET before somebody names the provider.
    static MailText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Of(MimeMessage message)
    {
        var plain = message.BodyParts.OfType<TextPart>().Where(part => !part.IsAttachment && (part.IsPlain || part.ContentType.IsMimeType("text", "*") && !part.IsHtml && !part.ContentType.IsMimeType("text", "calendar") && !part.ContentType.IsMimeType("text", "rfc822-headers"))).Select(Decode).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        if (plain is not null)
            return plain;
        var html = message.BodyParts.OfType<TextPart>().FirstOrDefault(part => part.IsHtml && !part.IsAttachment);
        return html is null ? "" : FromHtml(Decode(html));
    }

    /// <summary>In whatever charset it says, and readable somehow where it says a wrong one.</summary>
    public static string Decode(MimePart part)
    {
        string text;
        if (part is TextPart known)
        {
            text = known.Text ?? "";
        }
        else if (part.Content is { } content)
        {
            using var bytes = new MemoryStream();
            content.DecodeTo(bytes);
            text = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        else
        {
            return "";
        }

        text = text.Length > Most ? text[..Most] : text;
        return text.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n");
    }

    /// <summary>Quotes come out behind <c>&gt;</c>, as in a plain text.</summary>
    public static string FromHtml(string html)
    {
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true, IgnoreTruncatedTags = true };
        var page = new Page();
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
                page.Take(tag);
            else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data or HtmlTokenKind.CData } data)
                page.Write(data.Data);
        }

        return page.ToString();
    }

    private sealed class Page
    {
        private readonly StringBuilder _text = new();
        private readonly Stack<(HtmlTagId Tag, bool Quotes)> _open = new();
        private int _quotes;
        private int _unseenDepth;

        public void Take(HtmlTagToken tag)
        {
            if (_unseen.Contains(tag.Id))
                _unseenDepth = Math.Max(0, _unseenDepth + (tag.IsEndTag ? -1 : tag.IsEmptyElement ? 0 : 1));
            if (tag.Id is HtmlTagId.BlockQuote or HtmlTagId.Div && !tag.IsEmptyElement)
                Nest(tag);
            if (_lines.Contains(tag.Id))
                NewLine();
        }

        public void Write(string data)
        {
            if (_unseenDepth > 0)
                return;
            var space = _text.Length == 0 || char.IsWhiteSpace(_text[^1]);
            foreach (var letter in data)
            {
                var isSpace = char.IsWhiteSpace(letter) || letter == '\u00a0';
                if (isSpace && space)
                    continue;
                if (_quotes > 0 && (_text.Length == 0 || _text[^1] == '\n'))
                    _text.Append("> ");
                _text.Append(isSpace ? ' ' : letter);
                space = isSpace;
            }
        }

        public override string ToString() => string.Join('\n', _text.ToString().Split('\n').Select(line => line.TrimEnd()));

        private void Nest(HtmlTagToken tag)
        {
            if (!tag.IsEndTag)
            {
                var quotes = tag.Id == HtmlTagId.BlockQuote || Says(tag, _quoteNames);
                if (Says(tag, _quoteMarks))
                    _quotes++;
                _open.Push((tag.Id, quotes));
                if (quotes)
                    NewLine();
                _quotes += quotes ? 1 : 0;
                return;
            }

            if (_open.TryPeek(out var innermost) && innermost.Tag == tag.Id && _open.Pop().Quotes)
                _quotes--;
        }

        private static bool Says(HtmlTagToken tag, string[] names) =>
            tag.Attributes.Any(attribute => attribute.Name is "class" or "id" && names.Any(name => attribute.Value?.Contains(name, StringComparison.OrdinalIgnoreCase) == true));

        private void NewLine()
        {
            if (_text.Length > 0 && _text[^1] != '\n')
                _text.Append('\n');
            else if (_text.Length > 1 && _text[^2] != '\n')
                _text.Append('\n');
        }
    }
}
