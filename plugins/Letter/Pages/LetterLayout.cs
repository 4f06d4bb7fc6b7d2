using System.Globalization;
using Playbook.Letter.Batches;

namespace Playbook.Letter.Pages;

/// <summary>Works out where everything stands on a letter's pages. Draws nothing, so that it can be looked at in tests.</summary>
internal sealed class LetterLayout(LetterSettings settings, Uri? publicUrl, Ruler ruler)
{
    private const double DateLine = 100;
    private const double TextTop = 110;
    private const double NextTop = 28;
    private const double LineStep = 5.1;
    private const double ParagraphStep = 2.6;
    private const double QrSize = 20;

    private static readonly Pen Body = new(10.5);
    private static readonly Pen Heading = new(11, Bold: true);
    private static readonly Pen Small = new(8, Soft: true);

    private readonly Sheet _sheet = settings.UsPaper ? Sheet.UsLetter : Sheet.A4;

    private double FootTop => _sheet.Height - Sheet.Bottom - QrSize;

    public IReadOnlyList<PlacedPage> Pages(AcceptedLetter letter, DateOnly date)
    {
        var pages = new List<List<Placed>> { FirstPage(letter, date) };
        var y = TextTop;
        void Line(string text, Pen pen)
        {
            if (y > (pages.Count == 1 ? FootTop - 4 : _sheet.Height - Sheet.Bottom - 6))
            {
                pages.Add([new Placed($"{letter.Address[0]} · {pages.Count + 1}", Sheet.Left, 18, Small)]);
                y = NextTop;
            }
            pages[^1].Add(new Placed(text, Sheet.Left, y, pen));
            y += LineStep;
        }

        if (!string.IsNullOrWhiteSpace(letter.Subject))
        {
            foreach (var line in ruler.Wrap(letter.Subject, Heading, _sheet.TextWidth))
                Line(line, Heading);
            y += ParagraphStep;
        }
        foreach (var paragraph in Paragraphs(letter))
        {
            foreach (var text in paragraph)
                foreach (var line in ruler.Wrap(text, Body, _sheet.TextWidth))
                    Line(line, Body);
            y += ParagraphStep;
        }
        return [.. pages.Select((texts, at) => at == 0
            ? new PlacedPage(_sheet, texts) { HasFolds = true, QrText = AnswerLink(letter.Code), QrBox = new Box(Sheet.Left, FootTop, Sheet.Left + QrSize, FootTop + QrSize) }
            : new PlacedPage(_sheet, texts))];
    }

    /// <summary>Why the address cannot be printed into the window; null where it can.</summary>
    public string? WhyNoAddress(IReadOnlyList<string> address)
    {
        var most = (int)(_sheet.Address.Height / LineHeight(SmallestAddress) + 0.01);
        if (address.Count > most)
            return $"The address has {address.Count} lines and the envelope's window shows {most}. Shorten the contact's address.";
        return address.FirstOrDefault(line => ruler.Width(line, SmallestAddress) > _sheet.Address.Width) is { } wide
            ? $"The line '{wide}' of the address is wider than the envelope's window. Shorten it, or break it in two."
            : null;
    }

    private static Pen SmallestAddress { get; } = new(7.5);

    private static double LineHeight(Pen pen) => pen.Size * 0.425;

    private List<Placed> FirstPage(AcceptedLetter letter, DateOnly date)
    {
        var texts = new List<Placed>();
        Sender(texts);
        Window(texts, letter.Address);
        var when = Date(date, letter.Language);
        texts.Add(new Placed(when, _sheet.Width - Sheet.Right - ruler.Width(when, Body), DateLine, Body));
        Foot(texts, letter);
        return texts;
    }

    private void Sender(List<Placed> texts)
    {
        var lines = ruler.Wrap(settings.Company, Heading, 75).Take(2).Select(line => (line, Heading))
            .Concat(settings.SenderAddress.Select(line => (line, new Pen(8.5))))
            .Concat(settings.ContactLine is { } contact ? ruler.Wrap(contact, new Pen(8.5), 75).Take(2).Select(line => (line, new Pen(8.5))) : []);
        var y = 18.0;
        foreach (var (line, pen) in lines)
        {
            texts.Add(new Placed(line, _sheet.Width - Sheet.Right - ruler.Width(line, pen), y, pen));
            y += 4.1;
        }
    }

    private void Window(List<Placed> texts, IReadOnlyList<string> address)
    {
        var box = _sheet.Address;
        var pen = new Pen(10.5);
        while (pen.Size > SmallestAddress.Size && (address.Count * LineHeight(pen) > box.Height || address.Any(line => ruler.Width(line, pen) > box.Width)))
            pen = pen with { Size = pen.Size - 0.5 };
        if (_sheet.ReturnLine > 0)
        {
            var from = string.Join(" · ", settings.SenderAddress.Prepend(settings.Company));
            var small = new Pen(6.5, Soft: true);
            while (small.Size > 4.5 && ruler.Width(from, small) > box.Width)
                small = small with { Size = small.Size - 0.5 };
            if (ruler.Width(from, small) <= box.Width)
                texts.Add(new Placed(from, box.X, _sheet.ReturnLine, small));
        }
        for (var at = 0; at < address.Count; at++)
            texts.Add(new Placed(address[at], box.X, box.Y + (at + 0.78) * LineHeight(pen), pen));
    }

    private void Foot(List<Placed> texts, AcceptedLetter letter)
    {
        var danish = letter.Language == "da";
        var x = Sheet.Left + QrSize + 4;
        var place = settings.Landing ?? (publicUrl is null ? null : new Uri(publicUrl, "c").ToString());
        var words = (place, danish) switch
        {
            (null, true) => "Nævn denne kode, når du svarer:",
            (null, false) => "Please name this code when you answer:",
            (_, true) => "Svar med koden herunder, eller scan:",
            (_, false) => "To answer, scan this or type the code at:",
        };
        texts.Add(new Placed(words, x, FootTop + 4.5, Small));
        if (place is not null)
        {
            var shown = place.Replace("https://", "", StringComparison.OrdinalIgnoreCase);
            texts.Add(new Placed(ruler.Wrap(shown, new Pen(9), _sheet.TextWidth - QrSize - 4).First(), x, FootTop + 9.5, new Pen(9)));
        }
        texts.Add(new Placed(TrackingCode.Shown(letter.Code), x, FootTop + 17, new Pen(13, Bold: true)));
    }

    private string AnswerLink(string code)
    {
        if (settings.Landing is { } landing)
        {
            var address = landing.Contains("://", StringComparison.Ordinal) ? landing : "https://" + landing;
            return $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={code}";
        }
        return publicUrl is null ? code : new Uri(publicUrl, "c/" + code).ToString();
    }

    private string Date(DateOnly date, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language == "da" ? "da-DK" : settings.UsPaper ? "en-US" : "en-GB");
        var text = date.ToString(language == "da" ? "d. MMMM yyyy" : settings.UsPaper ? "MMMM d, yyyy" : "d MMMM yyyy", culture);
        return settings.Place is { } place ? $"{place}, {(language == "da" ? "den " : "")}{text}" : text;
    }

    /// <summary>Blocks of lines with a gap between them; who it is from is the last where the text does not end with the name.</summary>
    private IEnumerable<IReadOnlyList<string>> Paragraphs(AcceptedLetter letter)
    {
        var block = new List<string>();
        foreach (var line in letter.Text.Trim().Split('\n'))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                block.Add(line.Trim());
                continue;
            }
            if (block.Count > 0)
                yield return block;
            block = [];
        }
        if (block.Count > 0)
            yield return block;
        if (letter.FromName is { } name && !string.Join('\n', letter.Text.TrimEnd().Split('\n').TakeLast(4)).Contains(name, StringComparison.OrdinalIgnoreCase))
            yield return [name, settings.Company];
    }
}
