using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>
/// Makes the books of a flowchart say that the flow has come to one of its activities and is nowhere else: whatever does
/// not lie ahead of it counts as passed once, so that a join ahead does not wait for a branch that was given up.
/// </summary>
internal static class FlowArrival
{
    public static void At(Turn turn, ActivityExecution flowchart, ActivityNode node)
    {
        var graph = turn.GraphOf(flowchart);
        var activity = graph.PositionOf(node.Index);
        var ahead = graph.Ahead(activity);
        if (turn.Definition.TokenFlow)
            flowchart.Tokens = [.. InTokens(turn, flowchart, graph, activity, ahead)];
        else
            flowchart.Counts = InCounts(turn, flowchart, graph, activity, ahead);
    }

    /// <remarks>See <see cref="FlowchartActivity"/> for what the numbers are.</remarks>
    private static int[] InCounts(Turn turn, ActivityExecution flowchart, FlowGraph graph, int activity, bool[] ahead)
    {
        var visits = graph.Count;
        var flags = visits + graph.Connections.Count;
        var counts = new int[flags + graph.Connections.Count];
        for (var i = 0; i < graph.Count; i++)
            counts[i] = ahead[i] ? 0 : 1;
        for (var c = 0; c < graph.Connections.Count; c++)
        {
            var (source, _, target) = graph.Connections[c];
            if (ahead[source])
                continue;
            counts[visits + c] = 1;
            // A branch given up counts as done where all must be done, and as not taken everywhere else.
            if (target != activity && ahead[target] && NeedsAll(turn, flowchart, graph, target))
                counts[flags + c] = 1;
        }

        return counts;
    }

    private static IEnumerable<FlowToken> InTokens(Turn turn, ActivityExecution flowchart, FlowGraph graph, int activity, bool[] ahead)
    {
        foreach (var connection in graph.Connections)
            if (!ahead[connection.Source] && ahead[connection.Target] && connection.Target != activity && NeedsAll(turn, flowchart, graph, connection.Target))
                yield return new FlowToken(connection.Source, connection.Port, connection.Target);
    }

    private static bool NeedsAll(Turn turn, ActivityExecution flowchart, FlowGraph graph, int target)
    {
        var node = turn.Definition.Nodes[graph.Nodes[target]];
        if (node.Type != "Elsa.FlowJoin")
            return turn.Definition.TokenFlow && node.MergeMode?.ToUpperInvariant() is "MERGE" or "CONVERGE";
        try
        {
            var mode = FlowWork.JoinMode(turn.EvaluateInput(flowchart, node.Inputs[0]) as string);
            return mode == "WaitAll" || (turn.Definition.TokenFlow && mode != "WaitAny");
        }
        catch (ExpressionException)
        {
            // The join will say so itself when the flow gets there.
            return false;
        }
    }
}
