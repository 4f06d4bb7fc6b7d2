using CsvHelper;
using Playbook.Sales.Import;

namespace Playbook.Storage.Import;

/// <summary>
/// Cuts a text into rows. A parser that reads on after a broken quote swallows good rows until the next quote; so the
/// cutting is done here, line by line, and each piece is parsed by itself: a broken line is one bad row.
/// </summary>
internal static class CsvRows
{
    // A cell may have line breaks, such as an address or a note. One that goes on for longer has lost its quote.
    private const int LongestCell = 200;

    public static (IReadOnlyList<string> Header, IReadOnlyList<ImportRow> Rows, char Delimiter) Read(string text)
    {
        var lines = Lines(text);
        var at = 0;
        char? told = null;
        // Excel's own way to name the delimiter.
        if (lines.Count > 0 && lines[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && lines[0].Length == 5)
        {
            told = lines[0][4];
            at = 1;
        }
        while (at < lines.Count && string.IsNullOrWhiteSpace(lines[at]))
            at++;
        if (at == lines.Count)
            return ([], [], ',');
        var delimiter = told is ',' or ';' or '\t' or '|' ? told.Value : DelimiterOf(lines[at]);
        var options = new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            SkipEmptyLines = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            DetectSeparatorHint = false,
            IncludeValuesInExceptions = false,
        };
        var length = CellLines(lines, at, delimiter, out _);
        var header = (length > 0 ? Parse(Join(lines, at, length), options) : null) ?? lines[at].Split(delimiter);
        at += Math.Max(length, 1);
        header = WithoutEmptyEnd(header, 1);
        var rows = new List<ImportRow>();
        while (at < lines.Count)
        {
            if (IsBlank(lines[at], delimiter))
                at++;
            else
            {
                var row = Row(lines, at, header, options, out var taken);
                rows.Add(row);
                at += taken;
            }
        }
        return (header, rows, delimiter);
    }

    private static ImportRow Row(List<string> lines, int at, string[] header, CsvReaderOptions options, out int taken)
    {
        taken = CellLines(lines, at, options.Separator!.Value, out var cause);
        var cells = taken > 0 ? Parse(Join(lines, at, taken), options) : null;
        if (cells is not null)
        {
            cells = WithoutEmptyEnd(cells, header.Length);
            if (cells.Length == header.Length)
                return new(at + 1, cells);
            cause = $"The row has {cells.Length} cells, the header {header.Length}.";
        }
        // Only its first line is lost: the following ones may be good rows that a stray quote had drawn in.
        taken = 1;
        var cure = cells is null
            ? "Close the quote, or write a quote inside a cell twice."
            : "Put cells that hold the delimiter or line breaks in quotes, and give every column its cell.";
        return new(at + 1, [lines[at]], new RowProblem(ProblemSeverity.Error, null, Shorten(lines[at]), cause ?? "A quote is in the wrong place.", cure));
    }

    /// <summary>How many lines the row takes that begins here; 0 with the cause where its quotes are broken.</summary>
    private static int CellLines(List<string> lines, int from, char delimiter, out string? cause)
    {
        cause = null;
        var quoted = false;
        for (var at = from; at < lines.Count && at < from + LongestCell; at++)
        {
            var line = lines[at];
            var cellStart = !quoted;
            for (var i = 0; i < line.Length; i++)
            {
                if (quoted)
                {
                    if (line[i] != '"')
                        continue;
                    if (i + 1 < line.Length && line[i + 1] == '"')
                        i++;
                    else if (i + 1 == line.Length || line[i + 1] == delimiter)
                        quoted = false;
                    else
                    {
                        cause = "A quote is in the wrong place.";
                        return 0;
                    }
                }
                else if (line[i] == '"' && cellStart)
                    quoted = true;
                else if (line[i] == '"')
                {
                    cause = "A quote is in the wrong place.";
                    return 0;
                }
                cellStart = !quoted && line[i] == delimiter;
            }
            if (!quoted)
                return at - from + 1;
        }
        cause = "A quote is never closed.";
        return 0;
    }

    private static string[]? Parse(string row, CsvReaderOptions options)
    {
        using var reader = CsvReader.FromText(row, options);
        try
        {
            if (!reader.Read())
                return null;
            var cells = new string[reader.FieldCount];
            for (var at = 0; at < cells.Length; at++)
                cells[at] = reader.GetString(at);
            return reader.Read() ? null : cells;
        }
        catch (CsvFormatException)
        {
            return null;
        }
    }

    private static char DelimiterOf(string header)
    {
        var best = ',';
        var most = 0;
        foreach (var candidate in new[] { ',', ';', '\t' })
        {
            var quoted = false;
            var count = 0;
            foreach (var letter in header)
            {
                if (letter == '"')
                    quoted = !quoted;
                else if (letter == candidate && !quoted)
                    count++;
            }
            if (count > most)
                (best, most) = (candidate, count);
        }
        return best;
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }

    private static string Join(List<string> lines, int at, int count) =>
        count == 1 ? lines[at] : string.Join('\n', lines.GetRange(at, count));

    private static bool IsBlank(string line, char delimiter) => line.All(letter => char.IsWhiteSpace(letter) || letter == delimiter);

    // Spreadsheets like to end every row with delimiters of columns that nobody uses.
    private static string[] WithoutEmptyEnd(string[] cells, int least)
    {
        var count = cells.Length;
        while (count > least && string.IsNullOrWhiteSpace(cells[count - 1]))
            count--;
        return count == cells.Length ? cells : cells[..count];
    }

    private static string Shorten(string line) => line.Length <= 120 ? line : line[..119] + "…";
}
