using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Server.Host;

namespace Playbook.Server.Tests.Crash;

/// <summary>What a run must be, by its journal alone.</summary>
internal static class Replay
{
    private static readonly RunEngine Engine = new(Composition.Catalog, new ExpressionEvaluator());

    /// <summary>Null where the run is what its journal says, otherwise the first difference.</summary>
    public static string? Difference(PlaybookDefinition definition, RunState stored, IReadOnlyList<JournalEntry> journal)
    {
        if (journal.Count != stored.Revision)
            return $"{journal.Count} turns in the journal, revision {stored.Revision}";
        var state = RunEngine.NewRun(definition, stored.Id, stored.Subject, journal[0].At, stored.CorrelationId, stored.ParentRunId, stored.ParentBookmarkId);
        foreach (var turn in journal)
        {
            if (Engine.Advance(definition, state, turn.Stimulus, turn.At) is not { } transition)
                return $"turn {turn.Revision} ({turn.Stimulus.GetType().Name}) is refused when replayed";
            if (Words(transition.Events) is var replayed && Words(turn.Events) is var kept && replayed != kept)
                return $"turn {turn.Revision} gives {replayed}, and the journal says {kept}";
            state = transition.State;
        }

        return (Words(state), Words(stored)) is var (here, there) && here != there ? $"replaying gives {here}, and the store has {there}" : null;
    }

    private static string Words(IReadOnlyList<RunEvent> events) =>
        string.Join("; ", events.Select(e => $"{e.Kind} {e.ActivityId} {e.Execution} {string.Join(',', e.Outcomes ?? [])} {e.Text} {JsonSerializer.Serialize(e.Data)}"));

    private static string Words(RunState state) => string.Join("; ",
        state.Status, state.SubStatus, state.NextBookmark, state.NextEffect, state.NextExecution,
        string.Join(',', state.Bookmarks.Select(b => $"{b.Id} {b.Kind} {b.Key} {b.ActivityId}")),
        string.Join(',', state.Executions.Select(e => $"{e.Id} {e.Node} {e.Status}")),
        string.Join(',', state.Incidents.Select(i => $"{i.Id} {i.Message} {i.Resolved}")),
        JsonSerializer.Serialize(state.Variables), JsonSerializer.Serialize(state.Output));
}
