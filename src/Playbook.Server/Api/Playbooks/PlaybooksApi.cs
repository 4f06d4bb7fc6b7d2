using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Api.Playbooks;

/// <summary>Which playbooks there are.</summary>
internal static class PlaybooksApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/playbooks", List).WithTags("Playbooks").WithSummary("Which playbooks there are, and what is under way in them");

    private static async Task<IReadOnlyList<PlaybookSummary>> List(DefinitionStore definitions, DefinitionCache cache, RunQueries runs, CancellationToken cancellationToken)
    {
        var published = (await definitions.List(published: true, cancellationToken)).ToDictionary(version => version.DefinitionId);
        var running = runs.CountByStatus().Where(count => count.Status == Engine.Runs.RunStatus.Running).GroupBy(count => count.DefinitionId)
            .ToDictionary(group => group.Key, group => group.Sum(count => count.Count));
        var all = new List<PlaybookSummary>();
        foreach (var latest in await definitions.List(cancellationToken: cancellationToken))
        {
            var version = published.GetValueOrDefault(latest.DefinitionId);
            var phase = version is null ? null : (await cache.Published(latest.DefinitionId, cancellationToken))?.Definition.PlaybookProperties?["phase"];
            all.Add(new PlaybookSummary(latest.DefinitionId, latest.Name, (phase as System.Text.Json.Nodes.JsonValue)?.ToString(), version?.Version, latest.Version, running.GetValueOrDefault(latest.DefinitionId)));
        }

        return all;
    }
}

/// <param name="Published">The version that new runs take; none where it is not published.</param>
/// <param name="Running">Runs under way, in all versions.</param>
internal sealed record PlaybookSummary(string Id, string Name, string? Phase, int? Published, int Latest, long Running);
