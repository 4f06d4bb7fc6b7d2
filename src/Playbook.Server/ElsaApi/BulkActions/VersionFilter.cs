using System.Globalization;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.ElsaApi.BulkActions;

/// <summary>Which versions of a definition are meant, in Elsa's words.</summary>
internal sealed class VersionFilter
{
    private readonly Func<DefinitionVersion, bool>? _chosen;

    private VersionFilter(Func<DefinitionVersion, bool>? chosen) => _chosen = chosen;

    /// <summary>Null where the words are none that Elsa knows.</summary>
    public static VersionFilter? Parse(string words) => words.ToUpperInvariant() switch
    {
        "ALLVERSIONS" or "ALL" => new(null),
        "LATEST" => new(version => version.IsLatest),
        "PUBLISHED" => new(version => version.IsPublished),
        "LATESTORPUBLISHED" => new(version => version.IsLatest || version.IsPublished),
        "LATESTANDPUBLISHED" => new(version => version.IsLatest && version.IsPublished),
        "DRAFT" => new(version => !version.IsPublished),
        _ => int.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(version => version.Version == number) : null,
    };

    /// <summary>One search for each version that is meant, or one for all.</summary>
    public async ValueTask<IReadOnlyList<RunSearch>> Searches(string definitionId, DefinitionStore definitions, CancellationToken cancellationToken) =>
        _chosen is null
            ? [new RunSearch { DefinitionIds = [definitionId] }]
            : [.. (await definitions.Versions(definitionId, cancellationToken)).Where(_chosen).Select(version => new RunSearch { DefinitionIds = [definitionId], DefinitionVersionId = version.Id })];
}
