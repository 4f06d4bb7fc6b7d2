using PdfSharp.Drawing;

namespace Playbook.Letter.Pages;

/// <summary>Measures text and breaks it into lines.</summary>
internal sealed class Ruler : IDisposable
{
    private readonly XGraphics _measure;
    private readonly Dictionary<Pen, XFont> _fonts = [];
    private readonly Dictionary<(Pen, string), double> _words = [];

    public Ruler()
    {
        Face.Use();
        _measure = XGraphics.CreateMeasureContext(new XSize(1000, 1000), XGraphicsUnit.Point, XPageDirection.Downwards);
    }

    public XFont Font(Pen pen)
    {
        if (!_fonts.TryGetValue(pen, out var font))
            _fonts.Add(pen, font = new XFont(Face.Family, pen.Size, pen.Bold ? XFontStyleEx.Bold : XFontStyleEx.Regular));
        return font;
    }

    /// <summary>In millimetres.</summary>
    public double Width(string text, Pen pen)
    {
        if (!_words.TryGetValue((pen, text), out var width))
            _words.Add((pen, text), width = text.Length == 0 ? 0 : XUnit.FromPoint(_measure.MeasureString(text, Font(pen)).Width).Millimeter);
        return width;
    }

    /// <summary>One paragraph as lines that are no wider than the width; a word that is wider is cut.</summary>
    public IEnumerable<string> Wrap(string paragraph, Pen pen, double width)
    {
        var line = "";
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            if (line.Length > 0 && Width(line, pen) + Width(" ", pen) + Width(rest, pen) <= width)
            {
                line += " " + rest;
                continue;
            }
            if (line.Length > 0)
                yield return line;
            while (Width(rest, pen) > width)
            {
                var cut = rest.Length;
                while (cut > 1 && Width(rest[..cut], pen) > width)
                    cut--;
                // Never between the halves of a pair.
                if (cut > 1 && char.IsHighSurrogate(rest[cut - 1]))
                    cut--;
                yield return rest[..cut];
                rest = rest[cut..];
            }
            line = rest;
        }
        yield return line;
    }

    public void Dispose() => _measure.Dispose();
}
