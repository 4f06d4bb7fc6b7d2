namespace Playbook.Engine.Definitions;

/// <summary>A connection of a flowchart between two of its activities, numbered by their position in it.</summary>
public readonly record struct FlowConnection(int Source, string Port, int Target);

/// <summary>
/// A flowchart's activities and connections as the run needs them. Forward connections are those that Elsa's
/// breadth-first walk from the start finds without closing a circle; the others are backward (loops).
/// </summary>
public sealed class FlowGraph
{
    private readonly bool[] _forward;
    private readonly bool[] _reachable;
    private readonly int[][] _ancestors;
    private readonly int[] _positions;
    private readonly string[] _ids;
    private FlowGraph? _startedElsewhere;

    /// <param name="nodes">The indexes of the flowchart's activities in the definition, ascending.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="connections">The connections between them.</param>
    /// <param name="start">The position of the one that runs first; -1 for none.</param>
    public FlowGraph(int[] nodes, string[] ids, IReadOnlyList<FlowConnection> connections, int start)
    {
        Nodes = nodes;
        _ids = ids;
        Connections = connections;
        Start = start;
        var count = nodes.Length;
        _positions = new int[count == 0 ? 0 : nodes[^1] - nodes[0] + 1];
        for (var i = 0; i < count; i++)
            _positions[nodes[i] - nodes[0]] = i;
        Outbound = Group(count, connections, c => c.Source);
        Inbound = Group(count, connections, c => c.Target);
        _forward = start < 0 ? new bool[connections.Count] : FindForward(count, connections, start);
        ForwardInbound = new int[count][];
        _reachable = new bool[count];
        for (var i = 0; i < count; i++)
        {
            ForwardInbound[i] = [.. Inbound[i].Where(c => _forward[c])];
            _reachable[i] = i == start || ForwardInbound[i].Length > 0;
        }

        _ancestors = new int[count][];
        IsValidLoop = new bool[connections.Count];
        for (var c = 0; c < connections.Count; c++)
            IsValidLoop[c] = !_forward[c] && Dominates(connections[c].Target, connections[c].Source);
    }

    /// <summary>The index in the definition of each of the flowchart's activities.</summary>
    public int[] Nodes { get; }

    /// <summary>How many activities it has.</summary>
    public int Count => Nodes.Length;

    public IReadOnlyList<FlowConnection> Connections { get; }

    /// <summary>Position of the activity that runs first; -1 for an empty flowchart.</summary>
    public int Start { get; }

    /// <summary>Connections leaving each activity, in document order.</summary>
    public int[][] Outbound { get; }

    /// <summary>Connections arriving at each activity.</summary>
    public int[][] Inbound { get; }

    /// <summary>Forward connections arriving at each activity.</summary>
    public int[][] ForwardInbound { get; }

    /// <summary>Whether a backward connection is a loop whose every path to the start goes through its target.</summary>
    public bool[] IsValidLoop { get; }

    public bool IsForward(int connection) => _forward[connection];

    /// <summary>Whether the activity is the start or the target of a forward connection.</summary>
    public bool IsReachable(int activity) => _reachable[activity];

    /// <summary>Activities from which forward connections lead to <paramref name="activity"/>.</summary>
    public int[] Ancestors(int activity) => _ancestors[activity] ??= FindAncestors(activity);

    /// <summary>For each activity whether it is <paramref name="activity"/> or forward connections lead to it from there.</summary>
    public bool[] Ahead(int activity)
    {
        var ahead = new bool[Count];
        var stack = new Stack<int>();
        stack.Push(activity);
        while (stack.TryPop(out var current))
        {
            if (ahead[current])
                continue;
            ahead[current] = true;
            foreach (var c in Outbound[current])
                if (_forward[c])
                    stack.Push(Connections[c].Target);
        }

        return ahead;
    }

    /// <summary>The position of one of the flowchart's own activities, by its index in the definition.</summary>
    public int PositionOf(int nodeIndex) => _positions[nodeIndex - Nodes[0]];

    /// <summary>The same flowchart started at one of its activities, as by a trigger.</summary>
    public FlowGraph StartingAt(string activityId)
    {
        for (var i = 0; i < Count; i++)
            if (_ids[i] == activityId && i != Start)
                return _startedElsewhere is { } known && known.Start == i ? known : _startedElsewhere = new FlowGraph(Nodes, _ids, Connections, i);
        return this;
    }

    private static int[][] Group(int count, IReadOnlyList<FlowConnection> connections, Func<FlowConnection, int> key)
    {
        var lists = new List<int>[count];
        for (var c = 0; c < connections.Count; c++)
            (lists[key(connections[c])] ??= []).Add(c);
        return [.. lists.Select(list => list?.ToArray() ?? [])];
    }

    private bool[] FindForward(int count, IReadOnlyList<FlowConnection> connections, int start)
    {
        var forward = new bool[connections.Count];
        var edges = new HashSet<(int, int)>();
        var next = new List<int>[count];
        var visited = new bool[count];
        var queue = new Queue<int>();
        queue.Enqueue(start);
        while (queue.TryDequeue(out var source))
        {
            visited[source] = true;
            foreach (var c in Outbound[source])
            {
                var target = connections[c].Target;
                if (edges.Contains((source, target)) || HasPath(next, target, source))
                    continue;
                edges.Add((source, target));
                (next[source] ??= []).Add(target);
                if (!visited[target])
                    queue.Enqueue(target);
            }
        }

        for (var c = 0; c < connections.Count; c++)
            forward[c] = edges.Contains((connections[c].Source, connections[c].Target));
        return forward;
    }

    private static bool HasPath(List<int>[] next, int from, int to)
    {
        if (from == to)
            return true;
        var seen = new bool[next.Length];
        var stack = new Stack<int>();
        stack.Push(from);
        while (stack.TryPop(out var current))
        {
            if (current == to)
                return true;
            if (seen[current])
                continue;
            seen[current] = true;
            if (next[current] is { } targets)
                foreach (var target in targets)
                    if (!seen[target])
                        stack.Push(target);
        }

        return false;
    }

    /// <summary>Whether no forward path leads back from <paramref name="source"/> to the start without <paramref name="target"/>.</summary>
    private bool Dominates(int target, int source)
    {
        if (source == target || target == Start)
            return true;
        var seen = new bool[Count];
        var stack = new Stack<int>();
        stack.Push(source);
        while (stack.TryPop(out var current))
        {
            if (current == Start)
                return false;
            if (seen[current])
                continue;
            seen[current] = true;
            foreach (var c in ForwardInbound[current])
                if (Connections[c].Source != target)
                    stack.Push(Connections[c].Source);
        }

        return true;
    }

    private int[] FindAncestors(int activity)
    {
        var found = new HashSet<int>();
        var queue = new Queue<int>();
        queue.Enqueue(activity);
        while (queue.TryDequeue(out var current))
            foreach (var c in ForwardInbound[current])
                if (found.Add(Connections[c].Source))
                    queue.Enqueue(Connections[c].Source);
        return [.. found];
    }
}
