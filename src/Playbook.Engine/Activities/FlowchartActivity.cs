using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>
/// Elsa's flowchart. In counter mode each activity and connection counts its visits: a target with several forward
/// inbound connections is an implicit join, and a path not taken is drained through the graph as visits that were not
/// followed. In token mode <see cref="TokenFlow"/> decides.
/// </summary>
/// <remarks>
/// <see cref="ActivityExecution.Counts"/> holds, for n activities and m connections: n visits of activities, m visits
/// of connections, and m flags whether the latest visit was followed.
/// </remarks>
internal sealed class FlowchartActivity : ActivityBehavior
{
    private static readonly string[] Done = ["Done"];

    public override ActivityDescription Description { get; } = new("Elsa.Flowchart", "Flow", "Flowchart", "A flowchart is a collection of activities and connections between them.");

    public override void Execute(Turn turn, ActivityExecution self)
    {
        Containers.Declare(turn, self);
        var graph = turn.GraphOf(self);
        if (graph.Start < 0)
        {
            turn.Complete(self);
            return;
        }

        if (turn.Definition.TokenFlow)
            self.Tokens = [];
        else
            self.Counts = new int[graph.Count + 2 * graph.Connections.Count];
        turn.Schedule(self, turn.Definition.Nodes[graph.Nodes[graph.Start]]);
    }

    public override void ChildCompleted(Turn turn, ActivityExecution self, ActivityExecution child, IReadOnlyList<string>? outcomes)
    {
        var graph = turn.GraphOf(self);
        var activity = graph.PositionOf(child.Node);
        if (turn.NodeOf(child).Description?.IsTerminal == true)
        {
            self.Tokens?.Clear();
            turn.Complete(self);
            return;
        }

        if (turn.Definition.TokenFlow)
        {
            TokenFlow.ChildCompleted(turn, self, graph, activity, outcomes ?? Done);
            return;
        }

        if (!Leave(turn, self, graph, activity, outcomes ?? Done, child.ByBackwardConnection))
            CompleteIfNothingIsPending(turn, self);
    }

    public override void ChildCanceled(Turn turn, ActivityExecution self, ActivityExecution child)
    {
        var graph = turn.GraphOf(self);
        var activity = graph.PositionOf(child.Node);
        if (turn.Definition.TokenFlow)
        {
            self.Tokens?.RemoveAll(t => t.Source == activity || t.Target == activity);
            if (self.Tokens?.Exists(t => t is { Consumed: false, Blocked: false }) != true)
                CompleteIfNothingIsPending(turn, self);
            return;
        }

        if (self.IsCompleting)
            return;
        CompleteIfNothingIsPending(turn, self);
        if (graph.IsReachable(activity))
            Leave(turn, self, graph, activity, [], false);
    }

    private static void CompleteIfNothingIsPending(Turn turn, ActivityExecution self)
    {
        if (!FlowWork.IsPending(turn, self) && !FlowWork.HasFault(turn, self))
            turn.Complete(self);
    }

    /// <summary>Visits the outbound connections of an activity; true where that scheduled anything.</summary>
    private static bool Leave(Turn turn, ActivityExecution self, FlowGraph graph, int activity, IReadOnlyList<string> outcomes, bool byBackwardConnection)
    {
        if (!graph.IsReachable(activity))
            throw new InvalidOperationException($"Activity {turn.Definition.Nodes[graph.Nodes[activity]].Id} is not reachable from the flowchart graph. Unable to schedule its outbound activities.");
        var counts = self.Counts!;
        var visits = graph.Count;
        var flags = visits + graph.Connections.Count;
        if (!byBackwardConnection)
            counts[activity]++;
        var scheduled = false;
        foreach (var c in graph.Outbound[activity])
        {
            var connection = graph.Connections[c];
            var followed = Contains(outcomes, connection.Port);
            counts[visits + c]++;
            counts[flags + c] = followed ? 1 : 0;
            scheduled |= graph.IsForward(c) ? Arrive(turn, self, graph, c) : followed && GoBack(turn, self, graph, c);
        }

        return scheduled;
    }

    private static bool GoBack(Turn turn, ActivityExecution self, FlowGraph graph, int c)
    {
        var connection = graph.Connections[c];
        if (!graph.IsValidLoop[c])
            throw new InvalidOperationException($"Invalid backward connection: Every path from the source ('{turn.Definition.Nodes[graph.Nodes[connection.Source]].Id}') must go through the target ('{turn.Definition.Nodes[graph.Nodes[connection.Target]].Id}') when tracing back to the start.");
        turn.Schedule(self, turn.Definition.Nodes[graph.Nodes[connection.Target]], byBackwardConnection: true);
        return true;
    }

    private static bool Arrive(Turn turn, ActivityExecution self, FlowGraph graph, int c)
    {
        var target = graph.Connections[c].Target;
        var node = turn.Definition.Nodes[graph.Nodes[target]];
        return JoinMode(turn, self, node) switch
        {
            "WaitAll" => AllVisited(self, graph, target) && (AllFollowed(self, graph, target) ? Run(turn, self, node) : Leave(turn, self, graph, target, [], false)),
            "WaitAny" => ArriveAny(turn, self, graph, c, target, node),
            _ => AllVisited(self, graph, target) && (AnyFollowed(self, graph, target) ? Run(turn, self, node) : Leave(turn, self, graph, target, [], false)),
        };
    }

    private static bool ArriveAny(Turn turn, ActivityExecution self, FlowGraph graph, int c, int target, ActivityNode node)
    {
        if (self.Counts![graph.Count + c] <= self.Counts[target])
            return false;
        foreach (var item in turn.Scheduled)
            if (item.Owner == self && item.Node == node.Index)
                return false;
        if (AnyFollowed(self, graph, target))
        {
            Run(turn, self, node);
            FlowWork.CancelUpstream(turn, self, node.Index);
            return true;
        }

        return AllVisited(self, graph, target) && Leave(turn, self, graph, target, [], false);
    }

    private static bool Run(Turn turn, ActivityExecution self, ActivityNode node)
    {
        turn.Schedule(self, node);
        return true;
    }

    private static string? JoinMode(Turn turn, ActivityExecution self, ActivityNode node)
    {
        if (node.Type != "Elsa.FlowJoin")
            return null;
        return FlowWork.JoinMode(turn.EvaluateInput(self, node.Inputs[0]) as string);
    }

    private static bool AllVisited(ActivityExecution self, FlowGraph graph, int target)
    {
        var counts = self.Counts!;
        var visited = counts[target];
        foreach (var c in graph.ForwardInbound[target])
            if (counts[graph.Count + c] <= visited)
                return false;
        return true;
    }

    private static bool AnyFollowed(ActivityExecution self, FlowGraph graph, int target) => Latest(self, graph, target, all: false);

    private static bool AllFollowed(ActivityExecution self, FlowGraph graph, int target) => Latest(self, graph, target, all: true);

    /// <summary>Whether any (all) of the most visited inbound connections was followed at its latest visit.</summary>
    private static bool Latest(ActivityExecution self, FlowGraph graph, int target, bool all)
    {
        var counts = self.Counts!;
        var visits = graph.Count;
        var flags = visits + graph.Connections.Count;
        var most = 0;
        foreach (var c in graph.ForwardInbound[target])
            most = Math.Max(most, counts[visits + c]);
        if (most <= counts[target])
            return false;
        foreach (var c in graph.ForwardInbound[target])
            if ((counts[visits + c] == most && counts[flags + c] == 1) != all)
                return !all;
        return all;
    }

    private static bool Contains(IReadOnlyList<string> outcomes, string port)
    {
        for (var i = 0; i < outcomes.Count; i++)
            if (outcomes[i] == port)
                return true;
        return false;
    }
}
