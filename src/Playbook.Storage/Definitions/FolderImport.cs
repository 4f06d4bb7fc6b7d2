namespace Playbook.Storage.Definitions;

/// <summary>What became of a playbook's folder.</summary>
public enum FolderOutcome
{
    /// <summary>A new definition.</summary>
    Created,

    /// <summary>The folder had changed; it is the latest version now.</summary>
    Updated,

    /// <summary>The folder is as it was imported last. What was edited here since stays.</summary>
    Unchanged,

    /// <summary>Nothing was stored, and <see cref="FolderResult.Cause"/> says why.</summary>
    Refused,
}

public sealed record FolderResult(string DefinitionId, FolderOutcome Outcome, int? Version = null, string? Cause = null);

/// <summary>Takes a playbook from disk, and never over somebody's work.</summary>
internal static class FolderImport
{
    public static async Task<FolderResult> Import(
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
        return await store.InTransaction(async database =>
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
        return await store.Save(database, id, content, by, "imported", source: hash, asNew: latest?.IsEditedDraft ?? false, cancellationToken);
    }
}
