using System.Text.Json.Nodes;

namespace Playbook.Server.Commands.Conformance;

/// <summary>The activities of a case's definition, each with its own JSON but without the activities inside it.</summary>
internal sealed class CaseActivities
{
    private readonly Dictionary<string, (string Type, string Text)> _activities = [];

    public CaseActivities(JsonObject definition) => Collect(definition["root"]);

    public bool Has(string id) => _activities.ContainsKey(id);

    public string? TypeOf(string id) => _activities.GetValueOrDefault(id).Type;

    /// <summary>Whether the activity names something, in an expression or a binding, so that it may read or write it.</summary>
    public bool Mentions(string id, string name) =>
        _activities.TryGetValue(id, out var activity) && name.Length > 0 && activity.Text.Contains(name, StringComparison.OrdinalIgnoreCase);

    public HashSet<string> WithCSharp() =>
        [.. _activities.Where(a => a.Value.Text.Contains("\"type\":\"CSharp\"", StringComparison.Ordinal) || a.Value.Text.Contains("\"type\":\"C#\"", StringComparison.Ordinal)).Select(a => a.Key)];

    private static bool IsActivity(JsonNode? node) => node is JsonObject json && json["id"] is JsonValue && json["type"] is JsonValue;

    private void Collect(JsonNode? node)
    {
        if (node is JsonArray array)
            foreach (var item in array)
                Collect(item);
        if (node is not JsonObject json)
            return;
        if (IsActivity(json))
            _activities[json["id"]!.ToString()] = (json["type"]!.ToString(), Own(json, isTop: true)?.ToJsonString() ?? "");
        foreach (var (_, child) in json)
            Collect(child);
    }

    private static JsonNode? Own(JsonNode? node, bool isTop) => node switch
    {
        JsonObject json when !isTop && IsActivity(json) => null,
        JsonObject json => new JsonObject(json.Select(p => KeyValuePair.Create(p.Key, Own(p.Value, isTop: false)))),
        JsonArray array => new JsonArray([.. array.Select(item => Own(item, isTop: false))]),
        _ => node?.DeepClone(),
    };
}
