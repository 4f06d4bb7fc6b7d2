using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>
/// Elsa's token mode: a completing activity puts a token on each outbound connection of its outcomes and consumes its
/// inbound ones; the target's merge mode decides whether it runs.
/// </summary>
internal static class TokenFlow
{
    public static void ChildCompleted(Turn turn, ActivityExecution self, FlowGraph graph, int activity, IReadOnlyList<string> outcomes)
    {
        var tokens = self.Tokens ??= [];
        var active = new List<FlowConnection>();
        foreach (var c in graph.Outbound[activity])
            if (outcomes.Contains(graph.Connections[c].Port))
                active.Add(graph.Connections[c]);
        foreach (var connection in active)
            tokens.Add(new FlowToken(connection.Source, connection.Port, connection.Target));
        foreach (var token in tokens)
            if (token.Target == activity && token is { Consumed: false, Blocked: false })
                token.Consumed = true;

        foreach (var connection in active)
            Arrive(turn, self, graph, tokens, connection, activity);

        if (!FlowWork.IsPending(turn, self) && !FlowWork.HasFault(turn, self) && !tokens.Exists(t => t is { Consumed: false, Blocked: false }))
        {
            tokens.Clear();
            turn.Complete(self);
        }

        tokens.RemoveAll(t => t.Target == activity && t.Consumed);
    }

    private static void Arrive(Turn turn, ActivityExecution self, FlowGraph graph, List<FlowToken> tokens, FlowConnection connection, int completed)
    {
        var node = turn.Definition.Nodes[graph.Nodes[connection.Target]];
        var mode = ModeOf(turn, self, node);
        switch (mode)
        {
            case "Cascade" or "Race":
                // A late token goes with the one that blocked it: left behind, it would keep the flowchart from ending.
                var late = tokens.Exists(t => t.Blocked && IsOf(t, connection));
                if (late)
                    tokens.RemoveAll(t => IsOf(t, connection));
                else
                    turn.Schedule(self, node);
                // Scheduled first, so that cancelling the last other branch does not end the flowchart.
                if (mode == "Race")
                    FlowWork.CancelUpstream(turn, self, node.Index);
                if (late)
                    break;
                foreach (var c in graph.ForwardInbound[connection.Target])
                    if (graph.Connections[c].Source != completed)
                        tokens.Add(new FlowToken(graph.Connections[c].Source, graph.Connections[c].Port, connection.Target) { Blocked = true });
                break;
            case "Merge" or "Converge":
                var inbound = mode == "Merge" ? graph.ForwardInbound[connection.Target] : graph.Inbound[connection.Target];
                if (inbound.Length <= 1 || Array.TrueForAll(inbound, c => tokens.Exists(t => t is { Consumed: false, Blocked: false } && t.Source == graph.Connections[c].Source && t.Target == connection.Target && t.Port == graph.Connections[c].Port)))
                    turn.Schedule(self, node);
                break;
            default:
                var waits = Array.Exists(graph.ForwardInbound[connection.Target], c => tokens.Exists(t => t is { Consumed: false, Blocked: false } && t.Target == graph.Connections[c].Source));
                if (!waits)
                    turn.Schedule(self, node);
                break;
        }
    }

    private static bool IsOf(FlowToken token, FlowConnection connection) => token.Source == connection.Source && token.Port == connection.Port && token.Target == connection.Target;

    private static string ModeOf(Turn turn, ActivityExecution self, ActivityNode node)
    {
        if (node.Type == "Elsa.FlowJoin")
            return FlowWork.JoinMode(turn.EvaluateInput(self, node.Inputs[0]) as string) == "WaitAny" ? "Race" : "Merge";
        foreach (var mode in (string[])["Cascade", "Race", "Merge", "Converge"])
            if (mode.Equals(node.MergeMode, StringComparison.OrdinalIgnoreCase))
                return mode;
        return "Stream";
    }
}
