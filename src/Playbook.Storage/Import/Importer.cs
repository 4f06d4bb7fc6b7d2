using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Import;

namespace Playbook.Storage.Import;

/// <summary>
/// Takes CSV files into the database: a whole import in one transaction, or nothing.
/// <code>
/// var report = await importer.Run(["exports/"], new ImportOptions { By = "anna" });
/// await importer.Undo(report.BatchId!.Value, by: "anna");
/// </code>
/// </summary>
public sealed class Importer(IDbContextFactory<PlaybookDb> databases, TimeProvider time)
{
    private const int RowsPerSave = 1000;

    /// <summary>
    /// What <see cref="Run"/> would do, with nothing written. Paths are files, or folders of .csv, .tsv and .txt files.
    /// Throws <see cref="ImportException"/> with all that is in the way of an import.
    /// </summary>
    public async Task<ImportReport> Preview(
        IReadOnlyList<string> paths, ImportOptions? options = null, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var (tables, passedOver) = await ImportFiles.Read(paths, options, progress, cancellationToken);
        return await Guarded(async database =>
        {
            var plan = ImportPlanner.Plan(tables, await BookStore.Load(database, cancellationToken), options, time, progress);
            return Report(null, plan, passedOver);
        }, cancellationToken);
    }

    /// <summary>Imports. Throws <see cref="ImportException"/>, with nothing written, where it cannot be done.</summary>
    public async Task<ImportReport> Run(
        IReadOnlyList<string> paths, ImportOptions? options = null, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var (tables, passedOver) = await ImportFiles.Read(paths, options, progress, cancellationToken);
        return await Guarded(async database =>
        {
            // The plan is made inside the transaction: nobody can create the same account between plan and deed.
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            var plan = ImportPlanner.Plan(tables, await BookStore.Load(database, cancellationToken), options, time, progress);
            var report = Report(Guid.CreateVersion7(time.GetUtcNow()), plan, passedOver);
            await Store(database, plan, report, options, progress, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return report;
        }, cancellationToken);
    }

    /// <summary>
    /// Takes back what a batch created and restores what it updated: all of it, or, where something was changed since,
    /// nothing, with the conflicts. Throws <see cref="ImportException"/> for a batch that is unknown or undone already.
    /// </summary>
    public Task<UndoReport> Undo(Guid batchId, string by, CancellationToken cancellationToken = default) =>
        Guarded(database => ImportUndo.Undo(database, batchId, by, time.GetUtcNow(), cancellationToken), cancellationToken);

    /// <summary>All imports, the latest first.</summary>
    public Task<IReadOnlyList<ImportBatch>> Batches(CancellationToken cancellationToken = default) =>
        Guarded<IReadOnlyList<ImportBatch>>(async database =>
            await database.ImportBatches.AsNoTracking().OrderByDescending(batch => batch.At).ThenByDescending(batch => batch.Id).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>The rows of a batch that did something or could not.</summary>
    public Task<IReadOnlyList<ImportedRow>> Rows(Guid batchId, CancellationToken cancellationToken = default) =>
        Guarded<IReadOnlyList<ImportedRow>>(async database =>
            await database.ImportedRows.AsNoTracking().Where(row => row.BatchId == batchId).OrderBy(row => row.Id).ToListAsync(cancellationToken), cancellationToken);

    private ImportReport Report(Guid? batchId, ImportPlan plan, List<PassedOver> passedOver) =>
        new(batchId, time.GetUtcNow(), plan.Counts, plan.Files, passedOver);

    private static async Task Store(
        PlaybookDb database, ImportPlan plan, ImportReport report, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        database.ChangeTracker.AutoDetectChangesEnabled = false;
        var batchId = report.BatchId!.Value;
        database.Add(new ImportBatch
        {
            Id = batchId,
            At = report.At,
            By = options.By,
            Files = [.. plan.Files.Select(file => new ImportedFile(file.File, file.Kind, file.Hash, file.Counts))],
        });
        await Save(database, cancellationToken);

        var total = plan.Changes.Count + plan.Counts.Rows;
        var done = 0;
        // A kind is saved after those that it refers to.
        foreach (var kind in plan.Changes.GroupBy(change => change.Kind).OrderBy(group => group.Key))
        {
            foreach (var some in kind.Chunk(kind.Key is RecordKind.Account or RecordKind.Rep ? int.MaxValue : RowsPerSave))
            {
                await Store(database, kind.Key, some, cancellationToken);
                done += some.Length;
                progress?.Report(new("storing", kind.Key.ToString(), done, total));
            }
        }
        await ImportJournal.Write(database, batchId, plan, cancellationToken);
        progress?.Report(new("storing", "", total, total));
    }

    private static async Task Store(PlaybookDb database, RecordKind kind, RecordChange[] changes, CancellationToken cancellationToken)
    {
        // Accounts and reps refer to their own kind, in any order: sorting parents before children is left to EF.
        var fast = kind is not (RecordKind.Account or RecordKind.Rep);
        foreach (var change in changes.Where(change => !fast || change.Before is not null))
            database.Entry(change.After).State = change.Before is null ? EntityState.Added : EntityState.Modified;
        await Save(database, cancellationToken);
        if (!fast)
            return;
        await using var insert = PreparedInsert.Into(database, changes[0].After.GetType());
        foreach (var change in changes.Where(change => change.Before is null))
            await insert.Insert(change.After, cancellationToken);
    }

    private static async Task Save(PlaybookDb database, CancellationToken cancellationToken)
    {
        await database.SaveChangesAsync(cancellationToken);
        database.ChangeTracker.Clear();
    }

    private async Task<T> Guarded<T>(Func<PlaybookDb, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            return await work(database);
        }
        catch (Exception fault)
        {
            if (DatabaseFault.Explain(fault) is { } explained)
                throw explained;
            throw;
        }
    }
}
