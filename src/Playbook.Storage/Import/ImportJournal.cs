using Playbook.Sales.Import;

namespace Playbook.Storage.Import;

/// <summary>
/// Writes a batch's rows and changes by prepared commands: they are most of what an import writes, and nobody tracks them.
/// </summary>
internal static class ImportJournal
{
    public static async Task Write(PlaybookDb database, Guid batchId, ImportPlan plan, CancellationToken cancellationToken)
    {
        await using var rows = PreparedInsert.Into<ImportedRow>(database, nameof(ImportedRow.BatchId), nameof(ImportedRow.File), nameof(ImportedRow.Line),
            nameof(ImportedRow.Outcome), nameof(ImportedRow.RecordId), nameof(ImportedRow.Cells), nameof(ImportedRow.Problems));
        foreach (var file in plan.Files)
            foreach (var row in file.Rows.Where(row => row.Outcome != RowOutcome.Unchanged))
                await rows.Insert(cancellationToken, batchId, file.File, row.Line, row.Outcome, row.RecordId,
                    RecordJson.Write(row.Cells), row.Problems.Count == 0 ? null : RecordJson.Write(row.Problems));

        await using var changes = PreparedInsert.Into<ImportedChange>(database, nameof(ImportedChange.BatchId), nameof(ImportedChange.Kind),
            nameof(ImportedChange.RecordId), nameof(ImportedChange.Before), nameof(ImportedChange.After));
        foreach (var change in plan.Changes)
            await changes.Insert(cancellationToken, batchId, change.Kind, change.Id,
                change.Before is null ? null : RecordJson.WriteRecord(change.Before), RecordJson.WriteRecord(change.After));
    }
}
