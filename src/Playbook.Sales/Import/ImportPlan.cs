namespace Playbook.Sales.Import;

/// <summary>Everything that an import would write, and the report on why.</summary>
public sealed record ImportPlan(IReadOnlyList<FileReport> Files, IReadOnlyList<RecordChange> Changes)
{
    public ImportCounts Counts => Files.Aggregate(ImportCounts.Zero, (sum, file) => sum + file.Counts);
}

public enum RecordKind
{
    Product,
    Team,
    Rep,
    Account,
    Contact,
    Opportunity,
}

/// <param name="Before">The record as it was; null for a new one.</param>
/// <param name="After">The record as it shall be.</param>
public sealed record RecordChange(RecordKind Kind, Guid Id, object? Before, object After);
