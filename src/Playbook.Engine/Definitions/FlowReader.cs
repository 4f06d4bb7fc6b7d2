using System.Text.Json.Nodes;

namespace Playbook.Engine.Definitions;

/// <summary>Reads a flowchart's connections and finds its start.</summary>
internal static class FlowReader
{
    /// <summary>How many dangling connections get a suggestion: each is compared with every activity.</summary>
    private const int MaxSuggestions = 20;

    public static FlowGraph Read(ActivityNode flowchart, List<Diagnostic> diagnostics)
    {
        var activities = flowchart.Children.ConvertAll(c => c.Node);
        var position = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < activities.Count; i++)
            position.TryAdd(activities[i].Id, i);
        var connections = new List<FlowConnection>();
        var seen = new HashSet<FlowConnection>();
        var index = 0;
        var suggestions = 0;
        foreach (var json in JsonRead.Objects(flowchart.Json["connections"]))
        {
            var path = $"{flowchart.Path}.connections[{index++}]";
            var source = End(json, "source");
            var target = End(json, "target");
            var found = true;
            foreach (var (name, end) in new[] { ("source", source), ("target", target) })
            {
                if (end.Activity is not null && position.ContainsKey(end.Activity))
                    continue;
                found = false;
                diagnostics.Add(new(DiagnosticCodes.DanglingConnection, Severity.Error, $"{path}.{name}", end.Activity,
                    end.Activity is null ? $"This connection names no {name}." : $"This connection's {name} '{end.Activity}' does not exist in the flowchart; connect it to an activity or remove it.",
                    end.Activity is null || suggestions++ >= MaxSuggestions ? null : Expressions.DidYouMean.Suggest(end.Activity, position.Keys)));
            }

            if (!found || activities[position[source.Activity!]].Description is null)
                continue;
            var connection = new FlowConnection(position[source.Activity!], source.Port ?? "Done", position[target.Activity!]);
            if (seen.Add(connection))
                connections.Add(connection);
        }

        return new FlowGraph([.. activities.Select(a => a.Index)], [.. activities.Select(a => a.Id)], connections, FindStart(activities, connections));
    }

    private static (string? Activity, string? Port) End(JsonObject connection, string name) => connection[name] switch
    {
        JsonObject end => (JsonRead.Text(end["activity"]), JsonRead.Text(end["port"])),
        JsonValue value => (JsonRead.Text(value), JsonRead.Text(connection[name + "Port"])),
        _ => (null, null),
    };

    private static int FindStart(List<ActivityNode> activities, List<FlowConnection> connections)
    {
        var start = activities.FindIndex(a => a.Type == "Elsa.Start");
        if (start < 0)
            start = activities.FindIndex(a => a.CanStartWorkflow);
        if (start < 0)
            start = Enumerable.Range(0, activities.Count).FirstOrDefault(i => !connections.Exists(c => c.Target == i), -1);
        return start >= 0 || activities.Count == 0 ? start : 0;
    }
}
