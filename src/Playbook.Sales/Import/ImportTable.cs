namespace Playbook.Sales.Import;

/// <summary>A file as rows of cells, before anything is known about their meaning.</summary>
public sealed record ImportTable
{
    /// <summary>The name that reports use.</summary>
    public required string File { get; init; }

    public required IReadOnlyList<string> Header { get; init; }
    public required IReadOnlyList<ImportRow> Rows { get; init; }
    public char Delimiter { get; init; } = ',';
    public string Encoding { get; init; } = "UTF-8";

    /// <summary>SHA-256 of the file's bytes, in hexadecimal.</summary>
    public string Hash { get; init; } = "";

    /// <summary>What the reader should know, such as a guessed encoding.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <param name="Line">The line on which it begins, the file's first line being 1.</param>
/// <param name="Cells">Its cells as they came; the line's whole text as the only cell where it is broken.</param>
/// <param name="Broken">Why it is not a row of this table; null for a good one.</param>
public sealed record ImportRow(int Line, IReadOnlyList<string> Cells, RowProblem? Broken = null);
