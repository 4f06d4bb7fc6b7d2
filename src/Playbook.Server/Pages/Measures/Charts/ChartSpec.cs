using System.Globalization;
using System.Text;

namespace Playbook.Server.Pages.Measures.Charts;

/// <summary>How a series is drawn.</summary>
public enum ChartLook
{
    Bar,
    Line,
    Dashes,
    Points,

    /// <summary>The lower end of an area; the next series is its upper end.</summary>
    Band,
}

public enum ChartTone
{
    Primary,
    Quiet,
    Good,
    Bad,
    Warning,
}

/// <summary>One series; a value for each label, null where there is none.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, ChartLook Look = ChartLook.Bar, ChartTone Tone = ChartTone.Primary)
{
    /// <summary>Read on an axis of its own, at the right.</summary>
    public bool IsOnRight { get; init; }
}

/// <summary>A chart, as figures: the same that its table shows and its export holds.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Says">What it shows, in a sentence, for who does not see it.</param>
/// <param name="LabelHead">What the labels are, such as week.</param>
public sealed record ChartSpec(string Title, string Says, string LabelHead, IReadOnlyList<string> Labels, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>Values from 0 to 1, shown in hundreds.</summary>
    public bool IsShare { get; init; }

    public bool IsStacked { get; init; }

    /// <summary>Behind the numbers, such as kr.</summary>
    public string Unit { get; init; } = "";

    public string Text(double? value) => value is not { } number ? "–"
        : IsShare ? (number * 100).ToString("0.#", CultureInfo.InvariantCulture) + "\u00A0%"
        : Figures.Number(number) + (Unit.Length > 0 ? " " + Unit : "");

    /// <summary>The figures for a spreadsheet.</summary>
    public string Csv()
    {
        var text = new StringBuilder();
        Line([LabelHead, .. Series.Select(series => series.Name)]);
        for (var row = 0; row < Labels.Count; row++)
            Line([Labels[row], .. Series.Select(series => series.Values[row]?.ToString("R", CultureInfo.InvariantCulture) ?? "")]);
        return text.ToString();

        void Line(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
    }

    // A leading sign would be a formula to a spreadsheet, unless it is a number.
    private static string Cell(string text)
    {
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
