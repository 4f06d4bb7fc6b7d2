using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Engine.Definitions;

/// <summary>A part of a document as plain values: text, numbers, booleans, lists and dictionaries.</summary>
public static class PlainJson
{
    public static object? From(JsonNode? node) => node switch
    {
        JsonArray array => array.Select(From).ToList(),
        JsonObject json => json.ToDictionary(p => p.Key, p => From(p.Value)),
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
}
