using System.Text.Json.Nodes;

namespace Playbook.Server.Tests.Commands;

/// <summary>Small Elsa definitions.</summary>
internal static class Documents
{
    public static string Sequence(string definitionId, params JsonObject[] activities) => Definition(definitionId,
        new JsonObject { ["id"] = "root", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray([.. activities]) });

    public static string Definition(string definitionId, JsonObject root, JsonArray? inputs = null) => new JsonObject
    {
        ["id"] = definitionId + "-1", ["definitionId"] = definitionId, ["name"] = definitionId, ["version"] = 1, ["inputs"] = inputs ?? [], ["root"] = root,
    }.ToJsonString();

    public static JsonObject Activity(string id, string type, params (string Name, JsonNode Value)[] members)
    {
        var json = new JsonObject { ["id"] = id, ["type"] = type };
        foreach (var (name, value) in members)
            json[name] = value;
        return json;
    }

    public static JsonObject WriteLine(string id, JsonObject text) => Activity(id, "Elsa.WriteLine", ("text", text));

    public static JsonObject WriteLine(string id, string text) => WriteLine(id, Literal("String", text));

    public static JsonObject Literal(string type, string value) => Input(type, "Literal", value);

    public static JsonObject Script(string type, string script) => Input(type, "JavaScript", script);

    public static JsonObject Endless(JsonObject body) => Activity("loop", "Elsa.While", ("condition", Literal("Boolean", "true")), ("body", body));

    private static JsonObject Input(string type, string language, string value) =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = language, ["value"] = value } };
}
