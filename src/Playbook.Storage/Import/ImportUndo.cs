using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Import;

namespace Playbook.Storage.Import;

/// <summary>What undoing a batch did; with conflicts, nothing was done.</summary>
/// <param name="Removed">How many records that the batch created are gone.</param>
/// <param name="Restored">How many records that it updated are as they were.</param>
public sealed record UndoReport(Guid BatchId, bool Undone, int Removed, int Restored, IReadOnlyList<UndoConflict> Conflicts);

/// <summary>A record that stands in the way of undoing.</summary>
public sealed record UndoConflict(RecordKind Kind, Guid RecordId, string Name, string Cause, string Cure);

internal static class ImportUndo
{
    public static async Task<UndoReport> Undo(PlaybookDb database, Guid batchId, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var batch = await database.ImportBatches.SingleOrDefaultAsync(batch => batch.Id == batchId, cancellationToken)
            ?? throw new ImportException(new ImportFailure($"batch {batchId}", "There is no such import.", "List the imports to find its id."));
        if (batch.UndoneAt is { } when)
            throw new ImportException(new ImportFailure($"batch {batchId}", $"It was undone on {Day(when)} already.", "Nothing is left to do."));
        var changes = await database.ImportedChanges.AsNoTracking().Where(change => change.BatchId == batchId).ToListAsync(cancellationToken);
        var book = await BookStore.Load(database, cancellationToken);

        var conflicts = await Changed(database, batch, changes, book, cancellationToken);
        conflicts.AddRange(Dangling(changes, book));
        if (conflicts.Count > 0)
            return new(batchId, false, 0, 0, conflicts);

        database.ChangeTracker.Clear();
        var restored = 0;
        foreach (var change in changes.Where(change => change.Before is not null))
        {
            database.Entry(RecordJson.ReadRecord(change.Kind, change.Before!)).State = EntityState.Modified;
            restored++;
        }
        database.Entry(batch with { UndoneAt = now, UndoneBy = by }).State = EntityState.Modified;
        await database.SaveChangesAsync(cancellationToken);
        var removed = await RemoveCreated(database, batchId, cancellationToken);
        // The records are gone; a copy of each kept for an undo that has been done would outlive every wish to be forgotten.
        await database.ImportedChanges.Where(change => change.BatchId == batchId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(batchId, true, removed, restored, []);
    }

    private static async Task<int> RemoveCreated(PlaybookDb database, Guid batchId, CancellationToken cancellationToken)
    {
        // What refers goes before what it refers to; those that refer to their own kind let go of each other first.
        var removed = await Created(database.Opportunities).ExecuteDeleteAsync(cancellationToken)
            + await Created(database.Contacts).ExecuteDeleteAsync(cancellationToken);
        await Created(database.Accounts).ExecuteUpdateAsync(set => set.SetProperty(account => account.ParentId, (Guid?)null), cancellationToken);
        removed += await Created(database.Accounts).ExecuteDeleteAsync(cancellationToken);
        await Created(database.Reps).ExecuteUpdateAsync(set => set.SetProperty(rep => rep.ManagerId, (Guid?)null), cancellationToken);
        return removed + await Created(database.Reps).ExecuteDeleteAsync(cancellationToken)
            + await Created(database.Teams).ExecuteDeleteAsync(cancellationToken)
            + await Created(database.Products).ExecuteDeleteAsync(cancellationToken);

        IQueryable<T> Created<T>(IQueryable<T> records)
            where T : class =>
            records.Where(record => database.ImportedChanges.Any(change =>
                change.BatchId == batchId && change.Before == null && change.RecordId == EF.Property<Guid>(record, "Id")));
    }

    private static async Task<List<UndoConflict>> Changed(
        PlaybookDb database, ImportBatch batch, List<ImportedChange> changes, CrmBook book, CancellationToken cancellationToken)
    {
        var conflicts = new List<UndoConflict>();
        foreach (var change in changes)
        {
            var after = RecordJson.ReadRecord(change.Kind, change.After);
            var current = BookStore.Get(book, change.Kind, change.RecordId);
            // Somebody deleted what the batch created: that is what undoing would do.
            if (Equals(current, after) || (current is null && change.Before is null))
                continue;
            var name = BookStore.Label(after).Name;
            if (current is null)
                conflicts.Add(new(change.Kind, change.RecordId, name, "It was deleted since.", "Create it again as the import left it, or keep the import."));
            else if (await LaterBatch(database, batch, change.RecordId, cancellationToken) is { } later)
                conflicts.Add(new(change.Kind, change.RecordId, name, $"The import of {Day(later.At)} changed it since ({later.Id}).", "Undo that import first."));
            else
                conflicts.Add(new(change.Kind, change.RecordId, name,
                    $"It was changed since, on {Day(BookStore.Label(current).UpdatedAt)}: {Differences(after, current)}.", "Change it back, or keep the import."));
        }
        return conflicts;
    }

    // What was tied to the batch's records by hand or by a later import would hang in the air.
    private static IEnumerable<UndoConflict> Dangling(List<ImportedChange> changes, CrmBook book)
    {
        var created = changes.Where(change => change.Before is null).ToDictionary(change => change.RecordId);
        var existing = new HashSet<Guid>();
        var restored = changes.Where(change => change.Before is not null).Select(change => change.RecordId).ToHashSet();
        foreach (var record in BookStore.All(book))
        {
            var (id, name, _) = BookStore.Label(record);
            existing.Add(id);
            if (created.ContainsKey(id) || restored.Contains(id))
                continue;
            foreach (var reference in BookStore.References(record))
                if (created.TryGetValue(reference, out var change))
                    yield return new(change.Kind, reference, BookStore.Label(RecordJson.ReadRecord(change.Kind, change.After)).Name,
                        $"\"{name}\" was tied to it since.", $"Untie or delete \"{name}\" first.");
        }
        foreach (var change in changes.Where(change => change.Before is not null))
        {
            var before = RecordJson.ReadRecord(change.Kind, change.Before!);
            if (BookStore.References(before).Any(reference => !existing.Contains(reference)))
                yield return new(change.Kind, change.RecordId, BookStore.Label(before).Name,
                    "It was tied to a record that was deleted since.", "Keep the import, or create that record again.");
        }
    }

    private static Task<ImportBatch?> LaterBatch(PlaybookDb database, ImportBatch batch, Guid recordId, CancellationToken cancellationToken) =>
        (from change in database.ImportedChanges
         join other in database.ImportBatches on change.BatchId equals other.Id
         where change.RecordId == recordId && other.Id != batch.Id && other.UndoneAt == null && other.At >= batch.At
         orderby other.At descending
         select other).AsNoTracking().FirstOrDefaultAsync(cancellationToken);

    private static string Differences(object after, object current)
    {
        var differing = after.GetType().GetProperties()
            .Where(property => property.Name is not ("UpdatedAt" or "EqualityContract") && !Equals(property.GetValue(after), property.GetValue(current)))
            .Select(property => property.Name);
        return string.Join(", ", differing);
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
