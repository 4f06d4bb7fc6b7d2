using Playbook.Abstractions;
using Playbook.Engine.Activities;

namespace Playbook.Engine.Runs;

/// <summary>Takes a run up again at an incident: the failed activity runs once more, or counts as done.</summary>
internal static class RunRepair
{
    public static void Repair(Turn turn, Stimulus.Repaired repaired)
    {
        var state = turn.State;
        var index = state.Incidents.FindIndex(i => i.Id == repaired.IncidentId);
        var incident = state.Incidents[index];
        state.Incidents[index] = incident with { Resolved = true };
        if (incident.Held is { } held)
        {
            if (HeldEffects.Repair(turn, incident, held, repaired) is { } left)
                Leave(turn, left, repaired.Outcome);
            return;
        }

        var execution = state.Executions.Find(e => e.Id == incident.Execution && e.Status == ActivityStatus.Faulted);
        if (execution is null)
            return;

        turn.Effects.RemoveAll(execution);
        if (repaired.Skip)
        {
            Leave(turn, execution, repaired.Outcome);
            return;
        }

        state.Executions.Remove(execution);
        turn.Schedule(execution.Parent, turn.NodeOf(execution), execution.Locals, execution.ByBackwardConnection);
    }

    /// <summary>Ends the failed activity through an outcome, as if it had been done.</summary>
    private static void Leave(Turn turn, ActivityExecution execution, string? outcome)
    {
        execution.Status = ActivityStatus.Running;
        try
        {
            turn.Complete(execution, outcome is null ? null : [outcome]);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or StackOverflowException))
        {
            turn.Fault(execution, e.Message);
        }
    }
}
