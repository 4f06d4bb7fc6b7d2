using PdfSharp.Drawing;

namespace Playbook.Server.Pages.Measures.Manual;

/// <summary>How a line is set: its size in points, its weight, and whether it is grey.</summary>
internal readonly record struct Type(double Size, bool IsBold = false, bool IsSoft = false)
{
    public double Leading => Size * 1.38;
}

/// <summary>A line at its place: points from the top left corner of the page to the start of its baseline.</summary>
internal sealed record SetLine(string Text, double X, double Y, Type Type);

/// <summary>A page with the running title at its head.</summary>
internal sealed record SetPage(string RunningTitle, List<SetLine> Lines);

/// <summary>A heading that the contents name, and the page that it stands on, counted from 0.</summary>
internal sealed record SetHeading(string Text, string About, int Page);

/// <summary>Pages of A4 that text flows onto.</summary>
internal sealed class ManualPaper : IDisposable
{
    public const double Width = 595, Height = 842, Left = 62, Right = 533, Top = 84, Bottom = 776;

    private readonly XGraphics _measure;
    private readonly Dictionary<Type, XFont> _fonts = [];
    private string _running = "";
    private double _y;

    public ManualPaper()
    {
        ManualFont.Use();
        _measure = XGraphics.CreateMeasureContext(new XSize(Width, Height), XGraphicsUnit.Point, XPageDirection.Downwards);
    }

    public List<SetPage> Pages { get; } = [];

    public List<SetHeading> Headings { get; } = [];

    public XFont Font(Type type)
    {
        if (!_fonts.TryGetValue(type, out var font))
            _fonts.Add(type, font = new XFont(ManualFont.Family, type.Size, type.IsBold ? XFontStyleEx.Bold : XFontStyleEx.Regular));
        return font;
    }

    public double Measure(string text, Type type) => text.Length == 0 ? 0 : _measure.MeasureString(text, Font(type)).Width;

    /// <summary>Begins a chapter on a page of its own.</summary>
    public void Chapter(string title, string about, string running)
    {
        _running = running;
        NewPage();
        Headings.Add(new SetHeading(title, about, Pages.Count - 1));
        Write(title, new Type(20, IsBold: true));
        if (about.Length > 0)
            Write(about, new Type(9.5, IsSoft: true), after: 8);
    }

    /// <summary>Text that may hold several lines; the lines of <paramref name="keep"/> more at least follow on the same page.</summary>
    public void Write(string text, Type type, double indent = 0, double before = 0, double after = 3, int keep = 0, double hang = 0)
    {
        if (_y > Top)
            _y += before;
        var isFirst = true;
        foreach (var paragraph in text.Split('\n'))
            foreach (var line in Wrap(paragraph, type, Right - Left - indent - hang))
            {
                if (_y + type.Leading * (isFirst ? 1 + keep : 1) > Bottom)
                    NewPage();
                _y += type.Leading;
                if (line.Length > 0)
                    Pages[^1].Lines.Add(new SetLine(line, Left + indent + (isFirst ? 0 : hang), _y, type));
                isFirst = false;
            }

        _y += after;
    }

    private void NewPage()
    {
        Pages.Add(new SetPage(_running, []));
        _y = Top;
    }

    private IEnumerable<string> Wrap(string paragraph, Type type, double width)
    {
        var line = paragraph[..(paragraph.Length - paragraph.TrimStart(' ').Length)];
        var isEmpty = true;
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            if (!isEmpty && Measure($"{line} {rest}", type) <= width)
            {
                line += " " + rest;
                continue;
            }

            if (!isEmpty)
            {
                yield return line;
                line = "";
            }

            while (Measure(line + rest, type) > width && rest.Length > 1)
            {
                var cut = rest.Length - 1;
                while (cut > 1 && Measure(line + rest[..cut], type) > width)
                    cut--;
                // Never between the halves of a pair.
                if (cut > 1 && char.IsHighSurrogate(rest[cut - 1]))
                    cut--;
                yield return line + rest[..cut];
                (rest, line) = (rest[cut..], "");
            }

            line += rest;
            isEmpty = false;
        }

        yield return line;
    }

    public void Dispose() => _measure.Dispose();
}
