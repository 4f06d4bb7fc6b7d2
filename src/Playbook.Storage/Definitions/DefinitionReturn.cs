using Microsoft.EntityFrameworkCore;

namespace Playbook.Storage.Definitions;

/// <summary>Going back to a version that was live before.</summary>
public static class DefinitionReturn
{
    /// <summary>Publishes an older version again; what was made after it stays. Throws <see cref="DefinitionException"/> where it never was published.</summary>
    public static async Task<DefinitionVersion> PublishVersion(this DefinitionStore store, string versionId, string? reason, string by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var wanted = await store.GetVersion(versionId, cancellationToken) ?? throw new DefinitionException("That version is gone.");
        return await store.Changing(wanted.DefinitionId, async database =>
        {
            var version = await database.DefinitionVersions.AsNoTracking().SingleAsync(one => one.Id == versionId, cancellationToken);
            return version.PublishedAt is null
                ? throw new DefinitionException($"Version {version.Version} of \"{version.Name}\" was never published. Publish it from the designer, which checks it first.")
                : version.IsPublished ? version : await store.Publish(database, version, by, reason, cancellationToken);
        }, cancellationToken);
    }
}
