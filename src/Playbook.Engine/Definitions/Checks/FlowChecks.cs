using Playbook.Engine.Expressions;

namespace Playbook.Engine.Definitions.Checks;

/// <summary>Connections: what cannot be reached, leads nowhere, or goes round without a wait.</summary>
internal static class FlowChecks
{
    public static void Check(CheckContext context)
    {
        foreach (var flowchart in context.Definition.Nodes)
            if (flowchart.Flow is { } graph)
            {
                var reached = Reach(graph);
                CheckReach(context, graph, reached);
                CheckPorts(context, graph, reached);
                CheckLoops(context, graph, reached);
            }
    }

    private static ActivityNode Node(CheckContext context, FlowGraph graph, int position) => context.Definition.Nodes[graph.Nodes[position]];

    private static bool[] Reach(FlowGraph graph)
    {
        var reached = new bool[graph.Count];
        var stack = new Stack<int>();
        if (graph.Start >= 0)
            stack.Push(graph.Start);
        while (stack.TryPop(out var current))
        {
            if (reached[current])
                continue;
            reached[current] = true;
            foreach (var c in graph.Outbound[current])
                stack.Push(graph.Connections[c].Target);
        }

        return reached;
    }

    private static void CheckReach(CheckContext context, FlowGraph graph, bool[] reached)
    {
        for (var i = 0; i < graph.Count; i++)
        {
            if (reached[i])
                continue;
            var node = Node(context, graph, i);
            if (graph.Inbound[i].Length == 0 && graph.Outbound[i].Length == 0)
                context.Error(DiagnosticCodes.MissingConnection, node, "", $"'{node.Id}' is connected to nothing, so it never runs; connect it or remove it.");
            else
                context.Warn(DiagnosticCodes.Unreachable, node, "", $"No path leads from the start '{Node(context, graph, graph.Start).Id}' to '{node.Id}', so it never runs; connect it or remove it.");
        }
    }

    private static void CheckPorts(CheckContext context, FlowGraph graph, bool[] reached)
    {
        for (var i = 0; i < graph.Count; i++)
        {
            var node = Node(context, graph, i);
            if (!reached[i] || Ports.Of(node) is not { } ports)
                continue;
            var used = graph.Outbound[i].Select(c => graph.Connections[c].Port).ToHashSet(StringComparer.Ordinal);
            foreach (var port in used.Where(p => !ports.Contains(p) && !(p == "Done" && ports.Count == 0)))
                context.Error(DiagnosticCodes.UnknownPort, node, "", $"A connection leaves '{node.Id}' through the port '{port}', which it does not have, so it is never followed.", DidYouMean.Suggest(port, ports));
            // One outcome that leads nowhere is the end of the path; of several, it is mostly forgotten.
            if (node.Description!.IsTerminal || ports.Count < 2 || node.Type is "Elsa.BulkDispatchWorkflows" or "Elsa.FlowSendHttpRequest" or "Elsa.RunJavaScript")
                continue;
            foreach (var port in ports.Where(p => !used.Contains(p) && !node.Description.OptionalOutcomes.Contains(p)))
                context.Warn(DiagnosticCodes.OutcomeLeadsNowhere, node, "", $"The outcome '{port}' of '{node.Id}' leads nowhere: the path silently ends there. Connect it, if only to an End.");
        }
    }

    private static void CheckLoops(CheckContext context, FlowGraph graph, bool[] reached)
    {
        for (var c = 0; c < graph.Connections.Count; c++)
        {
            var connection = graph.Connections[c];
            if (reached[connection.Source] && !graph.IsForward(c) && !graph.IsValidLoop[c])
                context.Error(DiagnosticCodes.InvalidLoop, Node(context, graph, connection.Source), "",
                    $"The connection from '{Node(context, graph, connection.Source).Id}' back to '{Node(context, graph, connection.Target).Id}' is no loop: there is a way to the former that does not go through the latter, and the run faults there. Lead it back to a step that every path has passed.");
        }

        var quick = new bool[graph.Count];
        for (var i = 0; i < graph.Count; i++)
            quick[i] = reached[i] && !Waits(context, Node(context, graph, i));
        if (FindCycle(graph, quick) is { } cycle)
            context.Error(DiagnosticCodes.CycleWithoutWait, Node(context, graph, cycle[0]), "",
                $"{string.Join(" → ", cycle.Select(i => $"'{Node(context, graph, i).Id}'"))} → '{Node(context, graph, cycle[0]).Id}' goes round without a wait. Put a wait or a step that a person does into the loop.");
    }

    private static bool Waits(CheckContext context, ActivityNode node) =>
        node.Description is { } description && (description.Waits || description.IsHumanStep || description.Type is "Playbook.WaitUntil" || description.Outcomes is ["Sent", "Failed", ..])
        || node.Children.Exists(child => Waits(context, child.Node));

    private static List<int>? FindCycle(FlowGraph graph, bool[] quick)
    {
        var state = new byte[graph.Count];
        var path = new List<int>();
        for (var start = 0; start < graph.Count; start++)
        {
            if (!quick[start] || state[start] != 0)
                continue;
            var stack = new Stack<(int Node, int Next)>();
            stack.Push((start, 0));
            while (stack.TryPop(out var top))
            {
                if (top.Next == 0)
                {
                    state[top.Node] = 1;
                    path.Add(top.Node);
                }

                var outbound = graph.Outbound[top.Node];
                var next = top.Next;
                while (next < outbound.Length && !(quick[graph.Connections[outbound[next]].Target] && state[graph.Connections[outbound[next]].Target] != 2))
                    next++;
                if (next == outbound.Length)
                {
                    state[top.Node] = 2;
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                var target = graph.Connections[outbound[next]].Target;
                if (state[target] == 1)
                    return path[path.IndexOf(target)..];
                stack.Push((top.Node, next + 1));
                stack.Push((target, 0));
            }
        }

        return null;
    }
}
