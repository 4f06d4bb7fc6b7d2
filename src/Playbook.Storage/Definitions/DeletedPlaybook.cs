using Microsoft.EntityFrameworkCore;

namespace Playbook.Storage.Definitions;

/// <summary>All versions of a playbook that was deleted, for whoever thinks better of it.</summary>
public sealed record DeletedPlaybook(string DefinitionId, IReadOnlyList<DefinitionVersion> Versions, IReadOnlyList<DefinitionText> Texts);

/// <summary>Deleting with a way back.</summary>
public static class DefinitionBin
{
    /// <summary>Deletes a definition with all its versions and gives what was there. Whether runs still need it is for the caller to ask first.</summary>
    public static Task<DeletedPlaybook> TakeOut(this DefinitionStore store, string definitionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Changing(definitionId, async database =>
        {
            var versions = await database.DefinitionVersions.AsNoTracking().Where(version => version.DefinitionId == definitionId).ToListAsync(cancellationToken);
            var ids = versions.Select(version => version.Id).ToList();
            var texts = await database.DefinitionTexts.AsNoTracking().Where(text => ids.Contains(text.VersionId)).ToListAsync(cancellationToken);
            await database.DefinitionVersions.Where(version => version.DefinitionId == definitionId).ExecuteDeleteAsync(cancellationToken);
            return new DeletedPlaybook(definitionId, versions, texts);
        }, cancellationToken);
    }

    /// <summary>Puts it back as it was. Throws <see cref="DefinitionException"/> where its id was given to another meanwhile.</summary>
    public static Task<int> PutBack(this DefinitionStore store, DeletedPlaybook deleted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Changing(deleted.DefinitionId, async database =>
        {
            if (await database.DefinitionVersions.AnyAsync(version => version.DefinitionId == deleted.DefinitionId, cancellationToken))
                throw new DefinitionException($"There is a new playbook with the id \"{deleted.DefinitionId}\" meanwhile. Rename or delete that one first.");
            database.AddRange(deleted.Versions);
            database.AddRange(deleted.Texts);
            return await database.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
    }
}
