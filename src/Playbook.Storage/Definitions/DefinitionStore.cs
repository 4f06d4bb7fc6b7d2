using Microsoft.EntityFrameworkCore;

namespace Playbook.Storage.Definitions;

/// <summary>
/// Playbooks and their versions. Saving over a version that was published makes the next version, a draft; a draft is
/// overwritten. At most one version of a definition is the latest, and at most one is published.
/// <code>
/// var draft = await store.SaveDraft("first-call", new("First call", json), by: "anna", reason: "shorter intro");
/// await store.Publish("first-call", "shorter intro, reviewed by Bo", by: "anna");
/// </code>
/// </summary>
public sealed class DefinitionStore(IDbContextFactory<PlaybookDb> databases, TimeProvider time)
{
    /// <summary>Raised with the definition's id after each change is on disk; on whatever thread made the change.</summary>
    public event Action<string>? Changed;

    /// <summary>Saves the document; content that is there already changes nothing and makes no draft.</summary>
    /// <param name="base">What the writer began from; null where that does not matter.</param>
    /// <exception cref="DefinitionConflictException">Somebody else changed the document since then.</exception>
    public Task<DefinitionVersion> SaveDraft(
        string definitionId, DefinitionContent content, string by, string? reason = null, DraftBase? @base = null, CancellationToken cancellationToken = default) =>
        Changing(definitionId, database => Save(database, definitionId, content, new DraftOrigin(by, reason, Base: @base), cancellationToken), cancellationToken);

    /// <summary>Saves scripts and scenarios and leaves the document as it is.</summary>
    /// <exception cref="DefinitionConflictException">Somebody else changed one of them meanwhile.</exception>
    public Task<DefinitionVersion> SaveTexts(
        string definitionId, IReadOnlyList<TextChange> changes, string by, string? reason = null, CancellationToken cancellationToken = default) =>
        Changing(definitionId, async database =>
        {
            var latest = await Find(database, definitionId, VersionChoice.Latest, cancellationToken) ?? throw Unknown(definitionId);
            var texts = TextChange.Apply(await TextsOf(database, latest.Id, cancellationToken), changes, latest);
            return await Save(database, definitionId, new(latest.Name, latest.Json, texts, latest.ByteOrderMark), new DraftOrigin(by, reason), cancellationToken);
        }, cancellationToken);

    /// <summary>Keeps a draft as it is, because a run is to be started on it.</summary>
    public Task<DefinitionVersion> Pin(string versionId, CancellationToken cancellationToken = default) =>
        InTransaction(async database =>
        {
            var version = await database.DefinitionVersions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == versionId, cancellationToken)
                ?? throw new DefinitionException($"There is no playbook version \"{versionId}\".");
            return version.IsFixed ? version : await Update(database, version with { PinnedAt = time.GetUtcNow() }, cancellationToken);
        }, cancellationToken);

    /// <summary>Publishes the latest version in place of the one that is published now.</summary>
    /// <param name="contentHash">Only if the latest still has this content; null where that does not matter.</param>
    public Task<DefinitionVersion> Publish(string definitionId, string? reason, string by, string? contentHash = null, CancellationToken cancellationToken = default) =>
        Changing(definitionId, async database =>
        {
            var latest = await Find(database, definitionId, VersionChoice.Latest, cancellationToken) ?? throw Unknown(definitionId);
            if (contentHash is not null && contentHash != latest.ContentHash)
                throw new DefinitionConflictException($"\"{latest.Name}\" was changed by {latest.CreatedBy} while it was being published. Look at the change and publish again.", latest);
            return latest.IsPublished ? latest : await Publish(database, latest, by, reason, cancellationToken);
        }, cancellationToken);

    /// <summary>Takes the published version back: nothing new starts on it, runs that are under way finish on it.</summary>
    public Task<DefinitionVersion> Retract(string definitionId, string? reason, string by, CancellationToken cancellationToken = default) =>
        Changing(definitionId, async database =>
        {
            var published = await Find(database, definitionId, VersionChoice.Published, cancellationToken)
                ?? throw new DefinitionException($"\"{definitionId}\" has no published version to retract.");
            var retracted = published with { IsPublished = false, PublishReason = reason, PublishedBy = by };
            return await Update(database, retracted, cancellationToken);
        }, cancellationToken);

    public Task<DefinitionVersion?> Get(string definitionId, VersionChoice choice = default, CancellationToken cancellationToken = default) =>
        Reading(database => Find(database, definitionId, choice, cancellationToken), cancellationToken);

    public Task<DefinitionVersion?> GetVersion(string versionId, CancellationToken cancellationToken = default) =>
        Reading(database => database.DefinitionVersions.AsNoTracking().SingleOrDefaultAsync(version => version.Id == versionId, cancellationToken), cancellationToken);

    /// <summary>The scripts and scenarios of a version, by kind and name.</summary>
    public Task<IReadOnlyList<ContentText>> Texts(string versionId, CancellationToken cancellationToken = default) =>
        Reading(database => TextsOf(database, versionId, cancellationToken), cancellationToken);

    /// <summary>One version of each definition: the latest ones or the published ones.</summary>
    public Task<IReadOnlyList<DefinitionVersion>> List(bool published = false, CancellationToken cancellationToken = default) =>
        Reading<IReadOnlyList<DefinitionVersion>>(async database => await database.DefinitionVersions.AsNoTracking()
            .Where(version => published ? version.IsPublished : version.IsLatest)
            .OrderBy(version => version.DefinitionId).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>The ids of all definitions.</summary>
    public Task<IReadOnlyList<string>> Ids(CancellationToken cancellationToken = default) =>
        Reading<IReadOnlyList<string>>(async database => await database.DefinitionVersions.AsNoTracking()
            .Where(version => version.IsLatest).Select(version => version.DefinitionId).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>All versions of a definition, the newest first.</summary>
    public Task<IReadOnlyList<DefinitionVersion>> Versions(string definitionId, CancellationToken cancellationToken = default) =>
        Reading<IReadOnlyList<DefinitionVersion>>(async database => await database.DefinitionVersions.AsNoTracking()
            .Where(version => version.DefinitionId == definitionId)
            .OrderByDescending(version => version.Version).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>Deletes a definition with all its versions. Whether runs still need one is for the caller to ask first.</summary>
    /// <returns>How many versions are gone.</returns>
    public Task<int> Delete(string definitionId, CancellationToken cancellationToken = default) =>
        Changing(definitionId, database => database.DefinitionVersions.Where(version => version.DefinitionId == definitionId).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    /// <summary>Deletes one version; if it was the latest, the one before is from now on.</summary>
    public async Task<bool> DeleteVersion(string versionId, CancellationToken cancellationToken = default)
    {
        var deleted = await InTransaction(async database =>
        {
            var gone = await database.DefinitionVersions.AsNoTracking().SingleOrDefaultAsync(version => version.Id == versionId, cancellationToken);
            if (gone is null)
                return null;
            await database.DefinitionVersions.Where(version => version.Id == versionId).ExecuteDeleteAsync(cancellationToken);
            var before = await database.DefinitionVersions.AsNoTracking().Where(version => version.DefinitionId == gone.DefinitionId)
                .OrderByDescending(version => version.Version).FirstOrDefaultAsync(cancellationToken);
            if (before is { IsLatest: false })
                await Update(database, before with { IsLatest = true }, cancellationToken);
            return gone;
        }, cancellationToken);
        if (deleted is not null)
            Changed?.Invoke(deleted.DefinitionId);
        return deleted is not null;
    }

    /// <summary>Writes the latest or published version of each definition below <paramref name="path"/>, as it was imported.</summary>
    /// <param name="only">Only these; all where null. Throws <see cref="DefinitionException"/>, with nothing written, where one is not there.</param>
    /// <returns>The names of the folders.</returns>
    public async Task<IReadOnlyList<string>> ExportFolder(
        string path, bool published = false, IReadOnlyCollection<string>? only = null, CancellationToken cancellationToken = default)
    {
        var versions = await List(published, cancellationToken);
        if (only?.FirstOrDefault(id => versions.All(version => version.DefinitionId != id)) is { } missing)
            throw new DefinitionException($"There is no {(published ? "published " : "")}playbook \"{missing}\". There are: {string.Join(", ", versions.Select(version => version.DefinitionId))}.");
        var names = new List<string>();
        foreach (var version in versions.Where(version => only?.Contains(version.DefinitionId) != false))
        {
            await DefinitionFolder.Write(path, version, await Texts(version.Id, cancellationToken), cancellationToken);
            names.Add(version.DefinitionId);
        }
        return names;
    }

    internal async Task<DefinitionVersion> Save(
        PlaybookDb database, string definitionId, DefinitionContent content, DraftOrigin origin, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(definitionId))
            throw new DefinitionException("A definition needs an id. Give it one, such as \"first-call\".");
        var latest = await Find(database, definitionId, VersionChoice.Latest, cancellationToken);
        var texts = content.Texts ?? (latest is null ? [] : await TextsOf(database, latest.Id, cancellationToken));
        var hash = DefinitionContent.Hash(content.Json, content.ByteOrderMark, texts);
        if (latest is not null && latest.ContentHash == hash && origin.SourceHash is null)
            return latest;
        var isNewDocument = latest is null || latest.Json != content.Json;
        if (isNewDocument && latest is not null)
            origin.Base?.Check(latest);
        // A version that runs may be pinned to stays as it is, even when it was retracted.
        var overwrite = latest is { IsFixed: false } && !origin.AsNew;
        var draft = new DefinitionVersion
        {
            Id = overwrite ? latest!.Id : Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
            DefinitionId = definitionId,
            Version = overwrite ? latest!.Version : (latest?.Version ?? 0) + 1,
            Name = content.Name,
            IsLatest = true,
            CreatedAt = time.GetUtcNow(),
            CreatedBy = origin.By,
            Reason = origin.Reason,
            DocumentAt = isNewDocument ? DraftBase.Next(latest?.DocumentAt, time.GetUtcNow()) : latest!.DocumentAt,
            Editor = isNewDocument ? origin.Base?.Editor : latest!.Editor,
            ContentHash = hash,
            SourceHash = origin.SourceHash ?? latest?.SourceHash,
            Json = content.Json,
            ByteOrderMark = content.ByteOrderMark,
        };
        if (overwrite)
            await database.DefinitionVersions.Where(version => version.Id == draft.Id).ExecuteDeleteAsync(cancellationToken);
        else if (latest is not null)
            await Update(database, latest with { IsLatest = false }, cancellationToken);
        database.Add(draft);
        database.AddRange(texts.Select(text => new DefinitionText
        {
            VersionId = draft.Id, Kind = text.Kind, Name = text.Name, Text = text.Text, ByteOrderMark = text.ByteOrderMark,
        }));
        await database.SaveChangesAsync(cancellationToken);
        database.ChangeTracker.Clear();
        return draft;
    }

    internal async Task<DefinitionVersion> Publish(PlaybookDb database, DefinitionVersion version, string by, string? reason, CancellationToken cancellationToken)
    {
        // First the old one: for a moment two would be published, which the index forbids.
        await database.DefinitionVersions.Where(other => other.DefinitionId == version.DefinitionId && other.IsPublished)
            .ExecuteUpdateAsync(set => set.SetProperty(other => other.IsPublished, false), cancellationToken);
        return await Update(database, version with { IsPublished = true, PublishedAt = time.GetUtcNow(), PublishedBy = by, PublishReason = reason }, cancellationToken);
    }

    internal static Task<DefinitionVersion?> Find(PlaybookDb database, string definitionId, VersionChoice choice, CancellationToken cancellationToken) =>
        database.DefinitionVersions.AsNoTracking().Where(version => version.DefinitionId == definitionId).SingleOrDefaultAsync(
            version => choice.Number == 0 ? version.IsLatest : choice.Number == -1 ? version.IsPublished : version.Version == choice.Number, cancellationToken);

    internal async Task<T> Changing<T>(string definitionId, Func<PlaybookDb, Task<T>> work, CancellationToken cancellationToken)
    {
        var result = await InTransaction(work, cancellationToken);
        Changed?.Invoke(definitionId);
        return result;
    }

    private async Task<T> InTransaction<T>(Func<PlaybookDb, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var result = await work(database);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private async Task<T> Reading<T>(Func<PlaybookDb, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await work(database);
    }

    private static async Task<IReadOnlyList<ContentText>> TextsOf(PlaybookDb database, string versionId, CancellationToken cancellationToken) =>
        await database.DefinitionTexts.AsNoTracking().Where(text => text.VersionId == versionId).OrderBy(text => text.Kind).ThenBy(text => text.Name)
            .Select(text => new ContentText(text.Kind, text.Name, text.Text, text.ByteOrderMark)).ToListAsync(cancellationToken);

    private static async Task<DefinitionVersion> Update(PlaybookDb database, DefinitionVersion version, CancellationToken cancellationToken)
    {
        database.Entry(version).State = EntityState.Modified;
        await database.SaveChangesAsync(cancellationToken);
        database.ChangeTracker.Clear();
        return version;
    }

    private static DefinitionException Unknown(string definitionId) => new($"There is no definition \"{definitionId}\". Save a draft of it first.");
}
