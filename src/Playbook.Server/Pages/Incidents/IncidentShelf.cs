using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Server.Definitions;
using Playbook.Server.Pages.Runs;
using Playbook.Server.Sending;
using Playbook.Storage.Inbound;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Incidents;

/// <summary>One run that stands at a fault.</summary>
/// <param name="Message">The whole cause, with the cure.</param>
/// <param name="Outcomes">The ways on, where the step is left as done.</param>
public sealed record Stopped(Guid RunId, string IncidentId, string Who, string Playbook, string Step, string Message, DateTimeOffset At, IReadOnlyList<string> Outcomes);

/// <summary>Runs that stand for the same reason.</summary>
/// <param name="Cause">What they have in common.</param>
/// <param name="Outcomes">The ways on that all of them have.</param>
public sealed record IncidentGroup(string Cause, IReadOnlyList<Stopped> Runs, IReadOnlyList<string> Outcomes)
{
    public DateTimeOffset Since => Runs.Min(run => run.At);
}

/// <summary>All that a person must look at.</summary>
/// <param name="Unmatched">What came in from people whom nobody knows.</param>
/// <param name="IsCut">Whether there are more stopped runs than were looked at.</param>
public sealed record IncidentList(
    IReadOnlyList<IncidentGroup> Groups, bool IsCut, IReadOnlyList<ChannelIncident> Channels, IReadOnlyList<ChannelState> Resting, IReadOnlyList<InboundEvent> Unmatched, long UnmatchedCount)
{
    public int Stopped => Groups.Sum(group => group.Runs.Count);
}

/// <summary>Reads what stands still, and why.</summary>
public sealed class IncidentShelf(RunStore store, DefinitionCache definitions, RunNames names, ChannelGates gates)
{
    private const int MostRuns = 1_000;
    private const int MostUnmatched = 50;

    public async Task<IncidentList> Load(CancellationToken cancellationToken = default)
    {
        var runs = store.Queries.List(new RunFilter { WithIncidents = true }, 0, MostRuns);
        var who = await names.Of(runs.Where(run => run.SubjectId.Length > 0).Select(run => (run.SubjectKind, run.SubjectId)), cancellationToken);
        var stopped = new List<Stopped>();
        foreach (var run in runs)
        {
            if (await store.Get(run.Id, cancellationToken) is not { } state)
                continue;
            var definition = (await definitions.Version(state.DefinitionVersionId, cancellationToken)).Definition;
            stopped.AddRange(state.Incidents.Where(incident => !incident.Resolved).Select(incident => new Stopped(
                run.Id, incident.Id, who.GetValueOrDefault((run.SubjectKind, run.SubjectId), run.Name ?? "somebody"), definition.Name ?? run.DefinitionId,
                NameOf(definition, incident.ActivityId), incident.Message, incident.At, OutcomesOf(definition, incident.ActivityId))));
        }

        var unmatched = new EventFilter { State = EventState.Unmatched };
        return new(
            [.. stopped.GroupBy(one => IncidentWords.Cause(one.Message)).Select(group => new IncidentGroup(group.Key, [.. group], Common(group))).OrderByDescending(group => group.Runs.Count).ThenBy(group => group.Since)],
            runs.Count == MostRuns, store.Inbound.Incidents(withResolved: false), [.. gates.States.Where(state => state.RestsUntil is not null || state.Hanging > 0)],
            store.Inbound.List(unmatched, 0, MostUnmatched), store.Inbound.Count(unmatched));
    }

    private static IReadOnlyList<string> Common(IEnumerable<Stopped> runs) =>
        runs.Select(run => (IEnumerable<string>)run.Outcomes).Aggregate((all, some) => all.Intersect(some)).ToList();

    private static string NameOf(PlaybookDefinition definition, string activityId) => definition.Find(activityId) is { } node
        ? (node.Json["metadata"] as System.Text.Json.Nodes.JsonObject)?["displayText"]?.ToString() is { Length: > 0 } text ? text : node.Name ?? node.Description?.DisplayName ?? activityId
        : activityId;

    private static IReadOnlyList<string> OutcomesOf(PlaybookDefinition definition, string activityId) =>
        definition.Find(activityId) is { Parent.Flow: { } graph } node ? [.. graph.Outbound[graph.PositionOf(node.Index)].Select(c => graph.Connections[c].Port).Distinct()] : [];
}
