using Playbook.Engine.Definitions;

namespace Playbook.Sales.Recipes;

/// <summary>A way from one activity to the next that a reader sees; no target where the path ends.</summary>
internal sealed record FlowWay(string? Port, ActivityNode? Target);

/// <summary>The activities that a reader sees, in reading order, with the ways between them: containers are opened, bookkeeping is left out.</summary>
internal sealed class RecipeFlow
{
    private static readonly HashSet<string> Silent =
    [
        "Elsa.Start", "Elsa.SetVariable", "Elsa.RunJavaScript", "Elsa.RunCSharp", "Elsa.FlowJoin", "Elsa.SetName", "Elsa.SetOutput", "Elsa.Correlate",
        "Elsa.WriteLine", "Elsa.Break", "Playbook.SetPhase", "Elsa.Flowchart", "Elsa.Sequence", "Elsa.Workflow", "Elsa.FlowNode",
    ];

    private static readonly HashSet<string> Ends = ["Elsa.End", "Elsa.Finish", "Elsa.Complete"];

    private readonly Dictionary<ActivityNode, List<FlowWay>> _raw = [];

    private RecipeFlow()
    {
    }

    /// <summary>In reading order: what follows stands below, as far as loops allow.</summary>
    public IReadOnlyList<ActivityNode> Steps { get; private set; } = [];

    public static RecipeFlow Of(PlaybookDefinition definition)
    {
        var flow = new RecipeFlow();
        flow.Open(definition.Root, null);
        flow.Steps = flow.Order(flow.Seen(definition.Root));
        return flow;
    }

    public static bool IsEnd(ActivityNode node) => Ends.Contains(node.Type);

    /// <summary>The ways that leave a step, with bookkeeping left out.</summary>
    public IReadOnlyList<FlowWay> Ways(ActivityNode step) => [.. _raw.GetValueOrDefault(step, []).Select(way => way with { Target = Seen(way.Target) })];

    /// <summary>The first one that a reader sees from here on; null where the path ends.</summary>
    private ActivityNode? Seen(ActivityNode? node)
    {
        var passed = new HashSet<ActivityNode>();
        while (node is not null && Silent.Contains(node.Type) && passed.Add(node))
        {
            var ways = _raw.GetValueOrDefault(node, []);
            // Bookkeeping with several ways out is a decision after all.
            if (ways.Select(way => way.Target).Distinct().Count() > 1)
                return node;
            node = ways.Count == 0 ? null : ways[0].Target;
        }

        return node is not null && Silent.Contains(node.Type) && passed.Contains(node) && _raw.GetValueOrDefault(node, []).Select(way => way.Target).Distinct().Count() <= 1 ? null : node;
    }

    /// <summary>Writes down the ways of an activity and of those inside it. <paramref name="after"/> is where its container goes on.</summary>
    private void Open(ActivityNode node, ActivityNode? after)
    {
        _raw[node] = node.Type switch
        {
            "Elsa.Flowchart" => Flowchart(node, after),
            "Elsa.Sequence" => Sequence(node, after),
            "Elsa.Parallel" => [.. node.Children.Select(child => Inside(child.Node, after, null))],
            "Elsa.If" => [Branch(node, "then", "True", after), Branch(node, "else", "False", after)],
            "Elsa.Switch" => [.. node.Children.Select(child => Inside(child.Node, after, CaseOf(child, node))), .. node.Child("default") is null ? [new FlowWay("Default", after)] : Array.Empty<FlowWay>()],
            "Elsa.For" or "Elsa.ForEach" or "Elsa.While" or "Elsa.ParallelForEach" when node.Child("body") is { } body =>
                [Inside(body, node.Type == "Elsa.ParallelForEach" ? after : node, "Each"), new FlowWay("Over", after)],
            _ => node.Children.Count == 0 ? [new FlowWay(null, after)] : [.. node.Children.Select(child => Inside(child.Node, after, null))],
        };
    }

    private FlowWay Inside(ActivityNode node, ActivityNode? after, string? port)
    {
        Open(node, after);
        return new FlowWay(port, node);
    }

    private FlowWay Branch(ActivityNode node, string child, string port, ActivityNode? after) =>
        node.Child(child) is { } inside ? Inside(inside, after, port) : new FlowWay(port, after);

    private static string CaseOf(ChildPort child, ActivityNode node) =>
        child.Port.StartsWith("case:", StringComparison.Ordinal)
        && node.Json["cases"] is System.Text.Json.Nodes.JsonArray cases && int.TryParse(child.Port[5..], System.Globalization.CultureInfo.InvariantCulture, out var index) && index < cases.Count
        && cases[index]?["label"]?.ToString() is { Length: > 0 } label ? label : "Default";

    private List<FlowWay> Sequence(ActivityNode node, ActivityNode? after)
    {
        for (var i = 0; i < node.Children.Count; i++)
            Open(node.Children[i].Node, i + 1 < node.Children.Count ? node.Children[i + 1].Node : after);
        return [new FlowWay(null, node.Children.Count == 0 ? after : node.Children[0].Node)];
    }

    private List<FlowWay> Flowchart(ActivityNode node, ActivityNode? after)
    {
        if (node.Flow is not { Start: >= 0 } graph)
            return [new FlowWay(null, after)];
        var byIndex = node.Children.ToDictionary(child => child.Node.Index, child => child.Node);
        ActivityNode At(int position) => byIndex[graph.Nodes[position]];
        for (var i = 0; i < graph.Count; i++)
        {
            var activity = At(i);
            var ways = graph.Outbound[i].Select(c => new FlowWay(graph.Connections[c].Port, At(graph.Connections[c].Target))).ToList();
            if (activity.Children.Count > 0 && ways.Count <= 1)
                Open(activity, ways.Count == 0 ? after : ways[0].Target);
            else
                _raw[activity] = ways.Count > 0 || IsEnd(activity) ? ways : [new FlowWay(null, after)];
        }

        return [new FlowWay(null, At(graph.Start))];
    }

    /// <summary>The reverse of the order in which a walk leaves the steps: a step stands above what follows it, and its first way follows at once.</summary>
    private List<ActivityNode> Order(ActivityNode? first)
    {
        var left = new List<ActivityNode>();
        var met = new HashSet<ActivityNode>();
        var stack = new Stack<(ActivityNode Node, bool Leaves)>();
        if (first is not null)
            stack.Push((first, false));
        while (stack.TryPop(out var top))
        {
            if (top.Leaves)
            {
                left.Add(top.Node);
                continue;
            }

            if (!met.Add(top.Node))
                continue;
            stack.Push((top.Node, true));
            // The last one pushed is walked first and so stands furthest down.
            foreach (var way in Ways(top.Node))
                if (way.Target is { } target && !met.Contains(target))
                    stack.Push((target, false));
        }

        left.Reverse();
        return [.. left.Where(node => !IsEnd(node))];
    }
}
