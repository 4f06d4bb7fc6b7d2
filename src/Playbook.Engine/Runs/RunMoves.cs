using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;

namespace Playbook.Engine.Runs;

/// <summary>
/// Moves a run to another step at a person's word. All that is under way is given up, and the step begins as if the flow had
/// just come to it. The flowchart that holds the step stays open, and whatever is around it: their variables keep their values.
/// </summary>
public static class RunMoves
{
    private const string Join = "Elsa.FlowJoin";

    /// <summary>The steps that the run can be moved to, in the order of the drawing; empty where <see cref="Refusal(RunState)"/> says why.</summary>
    public static IReadOnlyList<ActivityNode> Places(PlaybookDefinition definition, RunState state)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (Refusal(state) is not null)
            return [];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return [.. Open(definition, state).AsEnumerable().Reverse()
            .SelectMany(flowchart => definition.Nodes[flowchart.Node].Flow!.Nodes.Select(index => definition.Nodes[index]).Where(node => CanBegin(definition, state, flowchart, node) && ids.Add(node.Id)))
            .OrderBy(node => node.Index)];
    }

    /// <summary>Why the run cannot be moved at all as it stands, and what helps; null where it can.</summary>
    public static string? Refusal(RunState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state switch
        {
            _ when RunLifecycle.IsOver(state) => "The run is over. Start the playbook again for whom it was about.",
            { Pause: not null } => "The run is paused. Resume it first; then it can be moved.",
            { SubStatus: RunSubStatus.Suspended or RunSubStatus.Faulted } => null,
            _ => "The run has not begun.",
        };
    }

    /// <summary>Why the run cannot be moved to this activity, and what helps; null where it can.</summary>
    public static string? Refusal(PlaybookDefinition definition, RunState state, string activityId)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (Refusal(state) is { } refusal)
            return refusal;
        if (Find(definition, state, activityId) is { } found)
            return CanBegin(definition, state, found.Flowchart, found.Node) ? null
                : found.Node.Type == Join ? $"'{activityId}' only gathers branches and cannot be begun. Choose the step behind it."
                : $"Nothing leads to '{activityId}' from where the run began, so the flow could not go on behind it. Connect it in a new version of the playbook.";
        return definition.Find(activityId) is null
            ? $"Version {state.DefinitionVersion} of the playbook, which this run goes by, has no step '{activityId}'. Choose one of its own steps."
            : $"'{activityId}' lies inside a part of the playbook in which the run does not stand, or beside which something else is under way. Only steps of the flowcharts in which it stands can be begun: choose the step that leads there.";
    }

    internal static bool Concerns(PlaybookDefinition definition, RunState state, Stimulus.Moved moved) =>
        (moved.Revision is null || moved.Revision == state.Revision) && Refusal(definition, state, moved.ActivityId) is null;

    internal static void Move(Turn turn, Stimulus.Moved moved)
    {
        var state = turn.State;
        var (flowchart, node) = Find(turn.Definition, state, moved.ActivityId)!.Value;
        var kept = new HashSet<ActivityExecution>();
        for (var around = flowchart; around is not null; around = around.Parent)
        {
            kept.Add(around);
            around.Status = ActivityStatus.Running;
        }

        // Nobody hears of these ends: what the flowchart is to think of them is said at once, below.
        foreach (var left in state.Executions.Where(execution => !kept.Contains(execution)).OrderByDescending(execution => execution.Id).ToList())
        {
            left.IsDetached = true;
            left.Status = ActivityStatus.Canceled;
            state.Executions.Remove(left);
            turn.Effects.RemoveAll(left);
            turn.Log(RunEventKind.Canceled, left);
        }

        turn.Effects.RemoveAll();
        turn.Effects.WithdrawHeld(null);
        foreach (var message in moved.Withdrawn)
            turn.Effects.Withdraw(message);
        for (var i = 0; i < state.Incidents.Count; i++)
            state.Incidents[i] = state.Incidents[i] with { Resolved = true };
        state.Deferred = null;
        FlowArrival.At(turn, flowchart, node);
        turn.Schedule(flowchart, node);
    }

    /// <summary>The flowcharts in which the run stands, the outermost first, as long as nothing else is under way beside them.</summary>
    private static List<ActivityExecution> Open(PlaybookDefinition definition, RunState state)
    {
        var open = new List<ActivityExecution>();
        var at = state.Executions.Find(execution => execution.Parent is null && execution.Node == definition.Root.Index);
        while (at is not null)
        {
            var isFlowchart = definition.Nodes[at.Node].Flow is { Count: > 0 } && (definition.TokenFlow || at.Counts is not null);
            if (isFlowchart)
                open.Add(at);
            else if (at.Status != ActivityStatus.Running)
                break;
            var inside = state.Executions.FindAll(execution => execution.Parent == at);
            at = inside.Count == 1 ? inside[0] : null;
        }

        return open;
    }

    /// <summary>Where the run stands in two with the same id, the inner one is meant.</summary>
    private static (ActivityExecution Flowchart, ActivityNode Node)? Find(PlaybookDefinition definition, RunState state, string activityId)
    {
        var open = Open(definition, state);
        for (var i = open.Count - 1; i >= 0; i--)
            foreach (var index in definition.Nodes[open[i].Node].Flow!.Nodes)
                if (definition.Nodes[index].Id == activityId)
                    return (open[i], definition.Nodes[index]);
        return null;
    }

    private static bool CanBegin(PlaybookDefinition definition, RunState state, ActivityExecution flowchart, ActivityNode node)
    {
        var graph = definition.Nodes[flowchart.Node].Flow!;
        if (state.TriggerActivityId is { } trigger)
            graph = graph.StartingAt(trigger);
        return node.Type != Join && graph.IsReachable(graph.PositionOf(node.Index));
    }
}
