using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Definitions;

/// <summary>Reads members of a definition without trusting their shape.</summary>
internal static class JsonRead
{
    public static string? Text(JsonNode? node) =>
        node is JsonValue value ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.Null => null,
            _ => value.ToJsonString(),
        }
        : null;

    public static int? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number) ? number : null;

    public static bool Flag(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static IEnumerable<JsonObject> Objects(JsonNode? node) => node is JsonArray array ? array.OfType<JsonObject>() : [];

    public static IReadOnlyList<VariableDefinition> Variables(JsonNode? node)
    {
        var result = new List<VariableDefinition>();
        foreach (var variable in Objects(node))
        {
            var name = Text(variable["name"]);
            var id = Text(variable["id"]);
            if (string.IsNullOrWhiteSpace(name))
                name = $"Variable{result.Count + 1}";
            var value = variable["value"];
            result.Add(new VariableDefinition(id ?? name, name, Text(variable["typeName"]) ?? "Object", Flag(variable["isArray"]), value is JsonObject or JsonArray ? value.ToJsonString() : Text(value)));
        }

        return result;
    }

    /// <summary>The expression of an input as it stands in a definition: <c>{"type","value"}</c>.</summary>
    public static Expression? Expression(JsonNode? node)
    {
        if (node is not JsonObject json || Text(json["type"]) is not { Length: > 0 } type)
            return null;
        var value = json["value"];
        var text = value switch
        {
            null => null,
            JsonObject reference when type is "Variable" => Text(reference["id"]) ?? Text(reference["name"]),
            JsonObject reference when type is "Input" => Text(reference["name"]) ?? Text(reference["id"]),
            JsonObject or JsonArray => value.ToJsonString(),
            _ => Text(value),
        };
        return new Expression(type, text) { Value = value is JsonValue scalar && scalar.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? PlainJson.From(value) : null };
    }

    public static string CamelCase(string name) => name.Length == 0 ? name : JsonNamingPolicy.CamelCase.ConvertName(name);
}
