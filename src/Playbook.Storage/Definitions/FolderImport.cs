namespace Playbook.Storage.Definitions;

/// <summary>Takes a playbook from disk, and never over somebody's work.</summary>
public static class FolderImport
{
    /// <summary>Stores each folder below <paramref name="path"/> that is new or changed.</summary>
    /// <param name="force">Import over a draft that was edited here; the draft stays as an older version.</param>
    /// <param name="publish">Publish what was imported.</param>
    public static async Task<IReadOnlyList<FolderResult>> ImportFolder(
        this DefinitionStore store, string path, string by, bool force = false, bool publish = false, CancellationToken cancellationToken = default)
    {
        var results = new List<FolderResult>();
        foreach (var folder in DefinitionFolder.Find(path))
            results.Add(await Import(store, folder, by, force, publish, cancellationToken));
        return results;
    }

    private static async Task<FolderResult> Import(
        DefinitionStore store, string folder, string by, bool force, bool publish, CancellationToken cancellationToken)
    {
        var id = DefinitionFolder.IdOf(folder);
        DefinitionContent content;
        try
        {
            content = await DefinitionFolder.Read(folder, cancellationToken);
        }
        catch (DefinitionException fault)
        {
            // One broken playbook must not keep the others out.
            return new(id, FolderOutcome.Refused, null, fault.Message);
        }
        var hash = DefinitionContent.Hash(content.Json, content.ByteOrderMark, content.Texts!);
        return await store.Changing(id, async database =>
        {
            var latest = await DefinitionStore.Find(database, id, VersionChoice.Latest, cancellationToken);
            if (latest is not null && latest.ContentHash != hash && latest.SourceHash == hash && !force)
                return new FolderResult(id, FolderOutcome.Unchanged, latest.Version);
            if (latest is not null && latest.ContentHash != hash && latest.IsEditedDraft && !force)
                return new FolderResult(id, FolderOutcome.Refused, latest.Version,
                    $"Version {latest.Version} of \"{id}\" is a draft that was edited here by {latest.CreatedBy}. Export or publish it first, or import with force: it stays as an older version then.");

            var same = latest?.ContentHash == hash;
            var version = same && latest!.SourceHash == hash
                ? latest
                : await Store(store, database, id, content, latest, same, hash, by, cancellationToken);
            if (publish && !version.IsPublished)
                version = await store.Publish(database, version, by, "imported", cancellationToken);
            return new FolderResult(id, latest is null ? FolderOutcome.Created : same ? FolderOutcome.Unchanged : FolderOutcome.Updated, version.Version);
        }, cancellationToken);
    }

    private static async Task<DefinitionVersion> Store(
        DefinitionStore store, PlaybookDb database, string id, DefinitionContent content, DefinitionVersion? latest, bool same, string hash, string by, CancellationToken cancellationToken)
    {
        // The same content came about here and on disk: only remember that disk has it.
        if (same)
        {
            database.Entry(latest! with { SourceHash = hash }).State = Microsoft.EntityFrameworkCore.EntityState.Modified;
            await database.SaveChangesAsync(cancellationToken);
            database.ChangeTracker.Clear();
            return latest with { SourceHash = hash };
        }
        return await store.Save(database, id, content, new DraftOrigin(by, "imported", SourceHash: hash, AsNew: latest?.IsEditedDraft ?? false), cancellationToken);
    }
}
