using System.Globalization;

namespace Playbook.Sales.Import;

/// <summary>Reads one row's fields and collects what is wrong with them.</summary>
internal sealed class RowReader(ColumnMapping mapping, ImportRow row, bool decimalComma, DateOrder dateOrder)
{
    private const int LongestText = 1000;

    public int Line => row.Line;
    public IReadOnlyList<string> Cells => row.Cells;
    public List<RowProblem> Problems { get; } = [];

    /// <summary>Whether a link was made to a record whose name is spelt differently.</summary>
    public bool LinkGuessed { get; set; }

    public bool IsRejected => Problems.Exists(problem => problem.Severity == ProblemSeverity.Error);

    public bool Has(string field) => mapping.Has(field);

    public string? Text(string field)
    {
        if (mapping.IndexOf(field) is not { } at || CellText.Clean(row.Cells[at]) is not { } text)
            return null;
        if (text.Length <= LongestText)
            return text;
        Reject(field, text[..40] + "…", $"The text is longer than {LongestText} characters.", "Shorten it, or look for a missing quote in the lines above.");
        return null;
    }

    public decimal? Number(string field)
    {
        if (Text(field) is not { } text)
            return null;
        if (CellText.TryNumber(text, decimalComma, out var number))
            return number;
        Reject(field, text, "This is not a number.", "Write digits, with one sign before the decimals, for example 1054.50.");
        return null;
    }

    public int? Whole(string field, int from, int to)
    {
        if (Number(field) is not { } number)
            return null;
        if (number == Math.Truncate(number) && number >= from && number <= to)
            return (int)number;
        Reject(field, number.ToString(CultureInfo.InvariantCulture), $"This is not a whole number from {from} to {to}.", "Correct it or leave it empty.");
        return null;
    }

    public DateOnly? Day(string field)
    {
        if (Text(field) is not { } text)
            return null;
        if (DateText.TryDay(text, dateOrder, out var day))
            return day;
        Reject(field, text, "This is not a date.", "Write it as 2026-03-31, or leave it empty.");
        return null;
    }

    public bool? YesNo(string field)
    {
        if (Text(field) is not { } text)
            return null;
        if (CellText.TryYesNo(text, out var yes))
            return yes;
        Reject(field, text, "This is neither yes nor no.", "Write yes or no (ja or nej, 1 or 0), or leave it empty.");
        return null;
    }

    public void Warn(string field, string? value, string cause, string cure, string? suggestion = null) =>
        Problems.Add(new(ProblemSeverity.Warning, mapping.ColumnOf(field), value, cause, cure, suggestion));

    public void Reject(string? field, string? value, string cause, string cure, string? suggestion = null) =>
        Problems.Add(new(ProblemSeverity.Error, field is null ? null : mapping.ColumnOf(field), value, cause, cure, suggestion));

    public RowReport Report(RowOutcome outcome, string subject, Guid? id) =>
        new(Line, outcome, subject, id, Problems, Cells);

    /// <summary>The row as it is understood, for a preview; a corrected value in place of the one that came.</summary>
    public static Dictionary<string, string?> AsMapped(ColumnMapping mapping, RowReport row)
    {
        var mapped = new Dictionary<string, string?>();
        foreach (var column in mapping.Columns)
            if (column.Field is { } field && mapping.IndexOf(field) is { } at && at < row.Cells.Count)
                mapped[field] = row.Problems.FirstOrDefault(problem => problem.Severity == ProblemSeverity.Warning && problem.Column == column.Column)?.Suggestion
                    ?? CellText.Clean(row.Cells[at]);
        return mapped;
    }
}
