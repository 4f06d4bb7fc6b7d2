using System.Diagnostics.CodeAnalysis;
using Playbook.Abstractions;
using Playbook.Engine.Activities;

namespace Playbook.Engine.Runs;

/// <summary>
/// What the outside could not do: the effect stays in the outbox under its own id, an incident tells people, and a retry
/// takes the same effect up again. A message keeps its key with that, so that one which did arrive is not sent twice.
/// </summary>
internal static class HeldEffects
{
    public static bool IsNew(RunState state, Stimulus.GivenUp givenUp) => !state.Incidents.Exists(i => !i.Resolved && i.Held?.OutboxId == givenUp.OutboxId);

    /// <summary>A run that has finished may still have a message on its way that nobody waits for.</summary>
    public static bool ConcernsEnded(RunState state, Stimulus stimulus) => state.SubStatus == RunSubStatus.Finished && stimulus switch
    {
        Stimulus.GivenUp { BookmarkId: null } givenUp => IsNew(state, givenUp),
        Stimulus.Repaired repaired => Find(state, repaired) is { Held.BookmarkId: null },
        _ => false,
    };

    /// <summary>Makes an incident of it. A step that waits for the answer stops there, as at any other incident; otherwise the run goes on.</summary>
    public static void Hold(Turn turn, Stimulus.GivenUp givenUp, RunBookmark? bookmark)
    {
        var state = turn.State;
        var execution = bookmark is null ? null : state.Executions.Find(e => e.Id == bookmark.Execution);
        turn.Effects.Hold(givenUp.OutboxId);
        turn.RecordHeld(givenUp, execution, bookmark?.Id);
        if (execution is null)
            return;
        execution.Status = ActivityStatus.Faulted;
        if (turn.Definition.ContinueWithIncidents || state.SubStatus != RunSubStatus.Suspended)
            return;
        RunLifecycle.Move(state, RunSubStatus.Executing, turn.Now);
        RunLifecycle.Move(state, RunSubStatus.Faulted, turn.Now);
    }

    /// <summary>Whether the stimulus settles an incident at which no step stands, so that the run itself is not moved by it.</summary>
    public static bool IsNobodysWait(RunState state, Stimulus stimulus, [NotNullWhen(true)] out Incident? incident, [NotNullWhen(true)] out Stimulus.Repaired? asked)
    {
        asked = stimulus as Stimulus.Repaired;
        incident = asked is null ? null : Find(state, asked);
        return incident is { Held.BookmarkId: null } && asked is not null;
    }

    public static void Settle(Turn turn, Incident incident, bool skip)
    {
        turn.State.Incidents[turn.State.Incidents.IndexOf(incident)] = incident with { Resolved = true };
        if (skip)
            turn.Effects.Withdraw(incident.Held!.OutboxId);
        else
            turn.Effects.Release(incident.Held!.OutboxId);
    }

    /// <summary>
    /// Has the step wait again, or skips it: without an outcome named it is told that its message was not sent. The step that
    /// is to be left through an outcome; null where it goes on by itself.
    /// </summary>
    public static ActivityExecution? Repair(Turn turn, Incident incident, HeldEffect held, Stimulus.Repaired repaired)
    {
        var state = turn.State;
        var bookmark = state.Bookmarks.Find(b => b.Id == held.BookmarkId);
        if (state.Executions.Find(e => e.Id == bookmark?.Execution) is not { } execution || bookmark is null)
            throw new InvalidOperationException($"The run's state is damaged: incident {incident.Id} has no bookmark {held.BookmarkId}.");
        execution.Status = ActivityStatus.Running;
        if (!repaired.Skip)
        {
            turn.Effects.Release(held.OutboxId);
            return null;
        }

        turn.Effects.Withdraw(held.OutboxId);
        if (repaired.Outcome is not null || bookmark.Kind != BookmarkKind.Delivery)
            return execution;
        turn.Invoke(execution, bookmark, new Stimulus.Rejected(incident.Message) { BookmarkId = bookmark.Id });
        return null;
    }

    private static Incident? Find(RunState state, Stimulus.Repaired repaired) => state.Incidents.Find(i => i.Id == repaired.IncidentId && !i.Resolved && i.Held is not null);
}
