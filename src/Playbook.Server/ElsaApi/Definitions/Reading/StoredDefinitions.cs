using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Server.ElsaApi.Descriptors;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Reading;

/// <summary>Finds versions as Elsa's clients ask for them, and shows them as they expect them.</summary>
internal sealed class StoredDefinitions(DefinitionStore store, Palettes palettes)
{
    /// <summary>The newest version that fits; null where there is none.</summary>
    public async Task<DefinitionVersion?> Find(string definitionId, VersionOptions options, CancellationToken cancellationToken) => options.Wish switch
    {
        VersionWish.Latest => await store.Get(definitionId, VersionChoice.Latest, cancellationToken),
        VersionWish.Published => await store.Get(definitionId, VersionChoice.Published, cancellationToken),
        VersionWish.Specific => await store.Get(definitionId, VersionChoice.Of(options.Number), cancellationToken),
        _ => (await store.Versions(definitionId, cancellationToken)).FirstOrDefault(options.Fits),
    };

    public async Task<IReadOnlyList<DefinitionVersion>> Many(IEnumerable<string> versionIds, CancellationToken cancellationToken)
    {
        var found = new List<DefinitionVersion>();
        foreach (var id in versionIds.Distinct(StringComparer.Ordinal))
            if (await store.GetVersion(id, cancellationToken) is { } version)
                found.Add(version);
        return found;
    }

    /// <param name="options">Null for every version.</param>
    /// <param name="definitionIds">Null for every definition.</param>
    public async Task<IReadOnlyList<DefinitionVersion>> All(VersionOptions? options, IReadOnlyCollection<string>? definitionIds, CancellationToken cancellationToken)
    {
        if (definitionIds is null && options?.Wish is VersionWish.Latest or VersionWish.LatestAndPublished)
            return [.. (await store.List(cancellationToken: cancellationToken)).Where(options.Fits)];
        if (definitionIds is null && options?.Wish is VersionWish.Published)
            return await store.List(published: true, cancellationToken);
        var found = new List<DefinitionVersion>();
        foreach (var id in definitionIds ?? await store.Ids(cancellationToken))
            found.AddRange((await store.Versions(id, cancellationToken)).Where(version => options?.Fits(version) ?? true));
        return found;
    }

    public async Task<WireDocument> Show(DefinitionVersion version, CancellationToken cancellationToken) =>
        WireDocument.Of(version, await palettes.Current(cancellationToken));
}
