using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Scenarios;
using Playbook.Server.Definitions;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Server.Api.Runs;

/// <summary>A step that a run can be moved to.</summary>
/// <param name="Name">What people call it; where two are called the same, with its id.</param>
/// <param name="Begins">What begins there, in words.</param>
/// <param name="IsHere">Whether the run stands at it: it would begin anew.</param>
public sealed record MovePlace(string ActivityId, string Name, string Begins, bool IsHere);

/// <summary>What moving a run would mean.</summary>
/// <param name="Revision">The state that this tells of; a move that names it happens only from there.</param>
/// <param name="Refusal">Why the run cannot be moved at all, and what helps; null where it can.</param>
/// <param name="GivesUp">What is under way and would be given up, in words.</param>
public sealed record MovePlan(long Revision, string? Refusal, IReadOnlyList<MovePlace> Places, IReadOnlyList<string> GivesUp);

/// <param name="Run">The run where it now stands; null where it was not moved.</param>
/// <param name="Refusal">Why not, and what helps; null where it was.</param>
/// <param name="IsUnknown">Whether the step, rather than the run's state, is what is wrong.</param>
public sealed record MoveResult(RunState? Run, string? Refusal, bool IsUnknown = false);

/// <summary>Moves a run to another step, for the pages and the API alike, and says before what that means.</summary>
public sealed class RunMoving(RunHost host, RunQueries runs, DefinitionCache definitions)
{
    /// <summary>Null where there is no such run.</summary>
    public async Task<MovePlan?> Plan(Guid id, CancellationToken cancellationToken = default)
    {
        if (await host.Store.Get(id, cancellationToken) is not { } state)
            return null;
        var definition = (await definitions.Version(state.DefinitionVersionId, cancellationToken)).Definition;
        var refusal = RunMoves.Refusal(state);
        return new MovePlan(state.Revision, refusal, Places(definition, state), refusal is null ? MoveWords.GivesUp(definition, state, Unsent(id)) : []);
    }

    /// <param name="id">Which run; it exists.</param>
    /// <param name="step">Where to, by the step's name or its activity's id.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who.</param>
    /// <param name="revision">The state that they looked at; null for any.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<MoveResult> Move(Guid id, string step, string reason, string? by, long? revision, CancellationToken cancellationToken = default)
    {
        if (await host.Store.Get(id, cancellationToken) is not { } state)
            return new MoveResult(null, $"There is no run {id}.");
        var definition = (await definitions.Version(state.DefinitionVersionId, cancellationToken)).Definition;
        if (RunMoves.Refusal(state) is { } refusal)
            return new MoveResult(null, refusal);
        var places = Places(definition, state);
        var place = places.FirstOrDefault(p => p.ActivityId == step) ?? places.FirstOrDefault(p => string.Equals(p.Name, step, StringComparison.OrdinalIgnoreCase));
        if (place is null)
            return new MoveResult(null, Unknown(definition, state, step, places), IsUnknown: true);
        var moved = new Stimulus.Moved(place.ActivityId, reason, by) { Revision = revision, Withdrawn = [.. Unsent(id).Select(message => message.Id)] };
        return await host.Take(id, moved, null, cancellationToken) is { } run
            ? new MoveResult(run, null)
            : new MoveResult(null, "The run has gone on meanwhile and was not moved. Look at where it stands now.");
    }

    private static string Unknown(PlaybookDefinition definition, RunState state, string step, IReadOnlyList<MovePlace> places)
    {
        var id = definition.Find(step)?.Id ?? definition.Nodes.FirstOrDefault(node => ActivityTitle.Of(node) == step)?.Id;
        if (id is not null && RunMoves.Refusal(definition, state, id) is { } refusal)
            return refusal;
        var meant = DidYouMean.Suggest(step, places.Select(place => place.Name));
        return $"The run cannot be moved to '{step}'. {(meant is null ? $"It can be moved to: {string.Join(", ", places.Select(place => $"'{place.Name}'"))}." : $"Did you mean '{meant}'?")}";
    }

    private static IReadOnlyList<MovePlace> Places(PlaybookDefinition definition, RunState state)
    {
        var here = state.Executions.Select(execution => definition.Nodes[execution.Node].Id).ToHashSet(StringComparer.Ordinal);
        var nodes = RunMoves.Places(definition, state);
        var names = nodes.GroupBy(ActivityTitle.Of).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        return [.. nodes.Select(node => new MovePlace(
            node.Id, ActivityTitle.Of(node) is var name && names.Contains(name) ? $"{name} ({node.Id})" : ActivityTitle.Of(node), MoveWords.Begins(node), here.Contains(node.Id)))];
    }

    /// <summary>Messages on their way that no step waits for: those of the steps under way go with their steps.</summary>
    private IReadOnlyList<RunMessage> Unsent(Guid id) =>
        [.. runs.Messages(id).Where(message => message.State is OutboxStatus.Waiting or OutboxStatus.Claimed)];
}
