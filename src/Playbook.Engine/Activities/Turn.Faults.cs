using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <content>Faults, and what makes them ones that a retry can mend.</content>
public sealed partial class Turn
{
    private List<ActivityExecution>? _brokenOff;

    /// <summary>Ends an execution as faulted: an incident, and by the playbook's strategy the end of the run.</summary>
    public void Fault(ActivityExecution execution, string message)
    {
        var node = NodeOf(execution);
        _scratch.Events.Add(new RunEvent(RunEventKind.Faulted, node.Id, node.EventType, execution.Id) { Text = message });
        if (!execution.IsLive)
        {
            state.Executions.Add(execution);
            (_brokenOff ??= []).Add(execution);
        }

        execution.Status = ActivityStatus.Faulted;
        Effects.RemoveAll(execution);
        state.Incidents.Add(new Incident($"i{state.Incidents.Count + 1}", node.Id, node.Type, execution.Id, message, now));
        if (!definition.ContinueWithIncidents && state.Status == RunStatus.Running)
            RunLifecycle.Move(state, RunSubStatus.Faulted, now);
    }

    /// <summary>Makes an incident of something that the outside could not do; the execution that waits for it, where one does, keeps its bookmarks.</summary>
    internal void RecordHeld(Stimulus.GivenUp givenUp, ActivityExecution? execution, string? bookmarkId)
    {
        var node = execution is null ? definition.Nodes.FirstOrDefault(n => n.Id == givenUp.ActivityId) : NodeOf(execution);
        // Where the flow has gone on, no activity failed: the incident stands on its own.
        if (execution is not null && node is not null)
            _scratch.Events.Add(new RunEvent(RunEventKind.Faulted, node.Id, node.EventType, execution.Id) { Text = givenUp.Reason });
        state.Incidents.Add(new Incident($"i{state.Incidents.Count + 1}", givenUp.ActivityId, node?.Type ?? "", execution?.Id ?? 0, givenUp.Reason, now)
        {
            Held = new HeldEffect(givenUp.OutboxId, bookmarkId),
        });
    }

    /// <summary>
    /// Where a container's reaction to the end of its child failed, opens what had ended on the way again: a retry of the
    /// incident then reaches that container, which would otherwise wait for ever.
    /// </summary>
    internal void ReopenBrokenOff()
    {
        foreach (var faulted in _brokenOff ?? [])
        {
            var ended = new Stack<ActivityExecution>();
            var ancestor = faulted.Parent;
            for (; ancestor is { Status: ActivityStatus.Completed }; ancestor = ancestor.Parent)
                ended.Push(ancestor);
            if (ancestor is not { Status: ActivityStatus.Running } || faulted.Status != ActivityStatus.Faulted)
                continue;
            foreach (var execution in ended)
            {
                execution.Status = ActivityStatus.Running;
                state.Executions.Add(execution);
            }
        }
    }

    /// <summary>Ends whatever is scheduled as faulted, so that a retry goes on just there.</summary>
    internal void FaultScheduled(string message)
    {
        while (_scratch.Queue.TryDequeue(out var item))
        {
            var execution = Begin(item);
            Log(RunEventKind.Started, execution);
            Fault(execution, message);
        }
    }
}
