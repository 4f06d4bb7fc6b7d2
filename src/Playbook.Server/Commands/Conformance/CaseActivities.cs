using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Server.Commands.Conformance;

/// <summary>The activities of a case's definition, each with its own JSON but without the activities inside it.</summary>
internal sealed class CaseActivities
{
    private readonly Dictionary<string, (string Type, string Text)> _activities = [];

    public CaseActivities(JsonObject definition) => Collect(definition["root"]);

    public IEnumerable<string> Ids => _activities.Keys;

    public bool Has(string id) => _activities.ContainsKey(id);

    public string? TypeOf(string id) => _activities.GetValueOrDefault(id).Type;

    /// <summary>Whether the activity names something, in an expression or a binding, so that it may read or write it.</summary>
    public bool Mentions(string id, string name) =>
        _activities.TryGetValue(id, out var activity) && name.Length > 0 && activity.Text.Contains(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the activity may give the variable a value: by its target, by an output's binding, or in a script.</summary>
    public bool MayWrite(string activity, string name, string? id)
    {
        if (!_activities.TryGetValue(activity, out var own))
            return false;
        var (type, text) = own;
        return type == "Elsa.SetVariable" && (Target(text, name) || id is not null && Target(text, id))
            || id is not null && text.Contains($"\"memoryReference\":{{\"id\":{JsonSerializer.Serialize(id)}", StringComparison.Ordinal)
            || text.Contains("set" + name, StringComparison.OrdinalIgnoreCase)
            || (text.Contains("setVariable", StringComparison.Ordinal) || text.Contains("variables", StringComparison.Ordinal)) && Mentions(activity, name);
    }

    public HashSet<string> WithCSharp() =>
        [.. _activities.Where(a => a.Value.Type == "Elsa.RunCSharp" || a.Value.Text.Contains("\"type\":\"CSharp\"", StringComparison.Ordinal) || a.Value.Text.Contains("\"type\":\"C#\"", StringComparison.Ordinal)).Select(a => a.Key)];

    private static bool Target(string text, string name) =>
        (JsonNode.Parse(text)?["variable"])?.ToJsonString().Contains(JsonSerializer.Serialize(name), StringComparison.Ordinal) == true;

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
