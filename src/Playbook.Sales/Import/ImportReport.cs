namespace Playbook.Sales.Import;

/// <summary>What became of a data row: each ends in exactly one of these.</summary>
public enum RowOutcome
{
    Created,
    Updated,
    Unchanged,

    /// <summary>Created or updated, and tied to a record whose name is spelt differently.</summary>
    LinkedWithWarning,

    /// <summary>The same record as an earlier row of this import; the earlier one counts.</summary>
    SkippedDuplicate,

    /// <summary>Not stored. The problems say why and what to do.</summary>
    Rejected,
}

public enum ProblemSeverity
{
    /// <summary>The row was stored nevertheless.</summary>
    Warning,

    /// <summary>The row was not stored.</summary>
    Error,
}

/// <param name="Column">Their name of the column; null where the whole row is meant.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Suggestion">What was probably meant; with a warning, what was stored instead.</param>
public sealed record RowProblem(
    ProblemSeverity Severity, string? Column, string? Value, string Cause, string Cure, string? Suggestion = null);

/// <summary>One data row's fate.</summary>
/// <param name="Subject">What the row is about, for people: a name or an id.</param>
/// <param name="Cells">The row as it came.</param>
public sealed record RowReport(
    int Line, RowOutcome Outcome, string Subject, Guid? RecordId, IReadOnlyList<RowProblem> Problems, IReadOnlyList<string> Cells);

/// <summary>How many rows had which outcome. <see cref="Rows"/> is always the sum of the others.</summary>
public sealed record ImportCounts(
    int Created, int Updated, int Unchanged, int LinkedWithWarning, int SkippedDuplicate, int Rejected)
{
    public int Rows => Created + Updated + Unchanged + LinkedWithWarning + SkippedDuplicate + Rejected;

    public static ImportCounts Of(IReadOnlyCollection<RowReport> rows)
    {
        var by = new int[Enum.GetValues<RowOutcome>().Length];
        foreach (var row in rows)
            by[(int)row.Outcome]++;
        return new(by[0], by[1], by[2], by[3], by[4], by[5]);
    }

    public static ImportCounts operator +(ImportCounts one, ImportCounts other) => Add(one, other);

    public static ImportCounts Add(ImportCounts one, ImportCounts other) => new(
        one.Created + other.Created, one.Updated + other.Updated, one.Unchanged + other.Unchanged,
        one.LinkedWithWarning + other.LinkedWithWarning, one.SkippedDuplicate + other.SkippedDuplicate,
        one.Rejected + other.Rejected);

    public static ImportCounts Zero { get; } = new(0, 0, 0, 0, 0, 0);
}

/// <summary>The same problem in many rows, said once.</summary>
/// <param name="FirstLine">Where it is first seen.</param>
public sealed record ProblemSummary(
    ProblemSeverity Severity, string? Column, string Cause, string Cure, int Rows, int FirstLine);

/// <summary>A column and the field of ours that it goes to; null for one that is left out.</summary>
public sealed record MappedColumn(string Column, string? Field);

public sealed record FileReport
{
    public required string File { get; init; }
    public required ImportKind Kind { get; init; }
    public required string Encoding { get; init; }
    public required char Delimiter { get; init; }
    public required string Hash { get; init; }
    public required IReadOnlyList<MappedColumn> Columns { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
    public required ImportCounts Counts { get; init; }

    /// <summary>How many rows were stored and have something to look at.</summary>
    public required int WithWarnings { get; init; }

    public required IReadOnlyList<ProblemSummary> Problems { get; init; }

    /// <summary>Records that no row of their own stands for, such as managers and teams: how many, by what they are.</summary>
    public required IReadOnlyDictionary<string, int> AlsoCreated { get; init; }

    public required IReadOnlyList<RowReport> Rows { get; init; }

    /// <summary>The first rows as they are understood: our fields with cleaned values.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, string?>> FirstRows { get; init; }
}

/// <summary>A file in the folder that was left alone, and why.</summary>
public sealed record PassedOver(string File, string Cause, string Cure);

/// <summary>What an import did or, as a preview, would do.</summary>
/// <param name="BatchId">What to undo it by; null for a preview.</param>
public sealed record ImportReport(
    Guid? BatchId, DateTimeOffset At, ImportCounts Counts, IReadOnlyList<FileReport> Files, IReadOnlyList<PassedOver> PassedOver);

/// <summary>How far an import is.</summary>
/// <param name="Step">What is being done: reading, checking, storing.</param>
public sealed record ImportProgress(string Step, string File, int Done, int Total);
