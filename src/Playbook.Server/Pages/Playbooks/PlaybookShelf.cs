using System.Text;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Sales.Phases;
using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Playbooks;

/// <summary>One playbook in the list.</summary>
/// <param name="Phase">As the document has it; empty where it has none.</param>
/// <param name="Published">What new runs take; null where nothing is published.</param>
/// <param name="Running">Runs under way, in all versions.</param>
/// <param name="Incidents">Runs that a person must look at.</param>
public sealed record PlaybookRow(
    string Id, string Name, string Description, string Phase, DefinitionVersion Latest, DefinitionVersion? Published, long Running, long Incidents, int Errors, int Warnings)
{
    public bool IsDraft => Latest.PublishedAt is null;

    public bool Matches(string search) => search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
        Name.Contains(word, StringComparison.OrdinalIgnoreCase) || Description.Contains(word, StringComparison.OrdinalIgnoreCase)
        || Phase.Contains(word, StringComparison.OrdinalIgnoreCase) || Id.Contains(word, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The playbooks of one phase.</summary>
public sealed record PlaybookPhase(string Title, IReadOnlyList<PlaybookRow> Playbooks);

/// <summary>All playbooks as the list shows them.</summary>
public sealed class PlaybookShelf(DefinitionStore store, PlaybookChecks checks, RunQueries runs)
{
    public async Task<IReadOnlyList<PlaybookRow>> Load(CancellationToken cancellationToken = default)
    {
        var published = (await store.List(published: true, cancellationToken)).ToDictionary(version => version.DefinitionId);
        var running = runs.CountByStatus().Where(count => count.Status == RunStatus.Running)
            .GroupBy(count => count.DefinitionId).ToDictionary(group => group.Key, group => group.Sum(count => count.Count));
        var rows = new List<PlaybookRow>();
        foreach (var latest in await store.List(cancellationToken: cancellationToken))
        {
            var report = await checks.Check(latest, cancellationToken);
            var head = PlaybookHead.Read(latest.Json);
            rows.Add(new PlaybookRow(
                latest.DefinitionId, latest.Name, head.Description, head.Phase, latest, published.GetValueOrDefault(latest.DefinitionId),
                running.GetValueOrDefault(latest.DefinitionId), runs.Count(new RunFilter { DefinitionId = latest.DefinitionId, WithIncidents = true }),
                report.Errors.Count(), report.Warnings.Count()));
        }

        return rows;
    }

    /// <summary>By phase, in the order in which a customer goes through them; what has no known phase comes last.</summary>
    public static IReadOnlyList<PlaybookPhase> ByPhase(IEnumerable<PlaybookRow> rows) => [.. rows
        .GroupBy(row => Phase.IsKnown(row.Phase) ? row.Phase : "")
        .OrderBy(group => group.Key.Length == 0 ? int.MaxValue : Phase.All.ToList().IndexOf(group.Key))
        .Select(group => new PlaybookPhase(group.Key.Length == 0 ? "Others" : PhaseTitle(group.Key), [.. group.OrderBy(row => row.Name, StringComparer.CurrentCultureIgnoreCase)]))];

    public static string PhaseTitle(string phase) => phase.Length == 0 ? "" : char.ToUpperInvariant(phase[0]) + phase[1..].Replace('-', ' ');
}

/// <summary>What the list tells of a document without compiling it.</summary>
public sealed record PlaybookHead(string Description, string Phase)
{
    public static PlaybookHead Read(string json)
    {
        var document = WorkflowDocument.Read(Encoding.UTF8.GetBytes(json), out _)?.Json;
        var playbook = (document?["customProperties"] as JsonObject)?["playbook"] as JsonObject;
        return new PlaybookHead(Text(document?["description"]), Text(playbook?["phase"]));
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text.Trim() : "";
}
