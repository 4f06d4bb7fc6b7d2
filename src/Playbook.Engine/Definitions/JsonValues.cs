using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Engine.Definitions;

/// <summary>JSON as plain values: text, numbers, booleans, lists and dictionaries.</summary>
public static class JsonValues
{
    public static object? FromNode(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => array.Select(FromNode).ToList(),
        JsonObject json => json.ToDictionary(p => p.Key, p => FromNode(p.Value)),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => value.TryGetValue<long>(out var whole) ? whole : value.GetValue<double>(),
            _ => null,
        },
        _ => null,
    };

    public static object? FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select(FromElement).ToList(),
        JsonValueKind.Object => element.EnumerateObject().GroupBy(p => p.Name).ToDictionary(g => g.Key, g => FromElement(g.Last().Value)),
        _ => FromScalar(element),
    };

    private static object? FromScalar(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        _ => null,
    };
}
