using System.Text.Json.Nodes;

namespace Playbook.Engine.Definitions.Comparison;

/// <summary>A step that is in one document only.</summary>
public sealed record StepName(string Id, string Name, string Type);

/// <summary>An input, or another member, whose value differs; null where it is not set.</summary>
public sealed record ChangedMember(string Name, string? Before, string? After);

/// <summary>A step that is in both and differs.</summary>
/// <param name="Moved">Only its place on the canvas differs.</param>
public sealed record ChangedStep(StepName Step, IReadOnlyList<ChangedMember> Members, bool Moved);

/// <summary>A connection, by the names of its ends.</summary>
public sealed record ConnectionName(string From, string Port, string To);

/// <summary>What differs between two documents, as a designer sees it. Identity, dates and the order of members do not count.</summary>
public sealed record DocumentDifference(
    IReadOnlyList<StepName> Added, IReadOnlyList<StepName> Removed, IReadOnlyList<ChangedStep> Changed,
    IReadOnlyList<ConnectionName> NewConnections, IReadOnlyList<ConnectionName> LostConnections, IReadOnlyList<ChangedMember> Playbook)
{
    public bool IsEmpty => Added.Count + Removed.Count + Changed.Count + NewConnections.Count + LostConnections.Count + Playbook.Count == 0;
}

/// <summary>Compares two documents, whether they compile or not.</summary>
public static class DocumentComparison
{
    private static readonly HashSet<string> OfTheVersion = new(StringComparer.Ordinal)
    {
        "$schema", "id", "version", "createdAt", "toolVersion", "isLatest", "isPublished", "links", "root",
    };

    private static readonly HashSet<string> NoValues = new(StringComparer.Ordinal) { "id", "nodeId", "activities", "connections", "metadata", "customProperties", "type" };

    /// <summary>Members that hold steps of their own, which are compared by themselves.</summary>
    private static readonly HashSet<string> Ports = new(StringComparer.Ordinal) { "body", "then", "else", "default", "root", "next" };

    public static DocumentDifference Compare(WorkflowDocument before, WorkflowDocument after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var old = new Drawn(before.Json);
        var @new = new Drawn(after.Json);
        return new DocumentDifference(
            [.. @new.Steps.Keys.Where(id => !old.Steps.ContainsKey(id)).Select(@new.Name)],
            [.. old.Steps.Keys.Where(id => !@new.Steps.ContainsKey(id)).Select(old.Name)],
            [.. @new.Steps.Where(step => old.Steps.ContainsKey(step.Key)).Select(step => Changes(@new.Name(step.Key), old.Steps[step.Key], step.Value)).OfType<ChangedStep>()],
            [.. @new.Connections.Except(old.Connections).Select(@new.Connection)],
            [.. old.Connections.Except(@new.Connections).Select(old.Connection)],
            [.. Members(before.Json, after.Json, name => !OfTheVersion.Contains(name))]);
    }

    private static ChangedStep? Changes(StepName step, JsonObject before, JsonObject after)
    {
        var members = Members(before, after, name => !NoValues.Contains(name) && !Ports.Contains(name)).ToList();
        AddText(members, "type", before["type"], after["type"]);
        AddText(members, "title", Metadata(before, "displayText"), Metadata(after, "displayText"));
        AddText(members, "description", Metadata(before, "description"), Metadata(after, "description"));
        members.AddRange(Members(before["customProperties"] as JsonObject ?? [], after["customProperties"] as JsonObject ?? [], _ => true));
        var moved = !JsonNode.DeepEquals(Metadata(before, "designer")?["position"], Metadata(after, "designer")?["position"]);
        return members.Count == 0 && !moved ? null : new ChangedStep(step, members, members.Count == 0);
    }

    private static JsonNode? Metadata(JsonObject step, string name) => (step["metadata"] as JsonObject)?[name];

    private static void AddText(List<ChangedMember> members, string name, JsonNode? before, JsonNode? after)
    {
        if (Told(before) != Told(after))
            members.Add(new(name, Told(before), Told(after)));
    }

    private static IEnumerable<ChangedMember> Members(JsonObject before, JsonObject after, Func<string, bool> counts) =>
        from name in before.Select(member => member.Key).Union(after.Select(member => member.Key), StringComparer.Ordinal)
        where counts(name)
        let old = Told(before[name])
        let @new = Told(after[name])
        where old != @new
        select new ChangedMember(name, old, @new);

    /// <summary>A value as a reader wants it: of an input only its value, with the language where it is a formula.</summary>
    private static string? Told(JsonNode? node)
    {
        if (node is JsonObject input && input["expression"] is JsonObject expression)
        {
            var value = Told(expression["value"]);
            var language = JsonRead.Text(expression["type"]);
            return value is null ? null : language is null or "Literal" or "Object" ? value : $"{value} ({language})";
        }

        return node switch
        {
            null => null,
            JsonValue => JsonRead.Text(node) is { Length: > 0 } text ? text : null,
            JsonObject { Count: 0 } or JsonArray { Count: 0 } => null,
            _ => node.ToJsonString(),
        };
    }

    /// <summary>The steps and connections of a document, however deep they stand.</summary>
    private sealed class Drawn
    {
        public Drawn(JsonObject document) => Collect(document["root"], isRoot: true);

        public Dictionary<string, JsonObject> Steps { get; } = new(StringComparer.Ordinal);

        /// <summary>Source, port and target.</summary>
        public HashSet<(string Source, string Port, string Target)> Connections { get; } = [];

        public StepName Name(string id) => Steps.TryGetValue(id, out var step)
            ? new(id, Filled(Metadata(step, "displayText")) ?? Filled(step["name"]) ?? id, JsonRead.Text(step["type"]) ?? "")
            : new(id, id, "");

        public ConnectionName Connection((string Source, string Port, string Target) connection) => new(Name(connection.Source).Name, connection.Port, Name(connection.Target).Name);

        private static string? Filled(JsonNode? node) => JsonRead.Text(node) is { Length: > 0 } text ? text : null;

        private void Collect(JsonNode? node, bool isRoot = false)
        {
            if (node is JsonArray list)
                foreach (var item in list)
                    Collect(item);
            if (node is not JsonObject json)
                return;
            if (!isRoot && JsonRead.Text(json["id"]) is { Length: > 0 } id && JsonRead.Text(json["type"]) is { Length: > 0 })
                Steps.TryAdd(id, json);
            foreach (var connection in JsonRead.Objects(json["connections"]))
                if (connection["source"] is JsonObject source && connection["target"] is JsonObject target && JsonRead.Text(source["activity"]) is { } from && JsonRead.Text(target["activity"]) is { } to)
                    Connections.Add((from, JsonRead.Text(source["port"]) ?? "Done", to));
            foreach (var (name, member) in json)
                if (name is not ("metadata" or "customProperties" or "variables"))
                    Collect(member);
        }
    }
}
