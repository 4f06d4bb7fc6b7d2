using System.Text.Json.Nodes;

namespace Playbook.Engine.Tests.Definitions;

/// <summary>Activities as they stand in a definition, drawn with few words.</summary>
internal static class Draw
{
    public static JsonObject Activity(string type, string id, params (string Name, JsonNode? Value)[] members)
    {
        var json = new JsonObject { ["id"] = id, ["type"] = type };
        foreach (var (name, value) in members)
            json[name] = value;
        return json;
    }

    public static JsonObject Input(string type, JsonNode? value) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    public static JsonObject Literal(JsonNode? value) => Input("Literal", value);

    public static JsonObject Js(string script) => Input("JavaScript", script);

    public static JsonObject Liquid(string? text) => Input("Liquid", text);

    public static JsonObject Into(string variable) => new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = variable } };

    public static JsonObject Line(string id, string? text = null) => Activity("Elsa.WriteLine", id, ("text", Literal(text ?? id)));

    public static JsonObject LineJs(string id, string script) => Activity("Elsa.WriteLine", id, ("text", Js(script)));

    public static JsonObject Event(string id, string? name = null) => Activity("Elsa.Event", id, ("eventName", Literal(name ?? id)));

    public static JsonObject Delay(string id, string time = "01:00:00") => Activity("Elsa.Delay", id, ("timeSpan", Literal(time)));

    public static JsonObject Decision(string id, string script) => Activity("Elsa.FlowDecision", id, ("condition", Js(script)));

    public static JsonObject Fork(string id, params string[] branches) =>
        Activity("Elsa.FlowFork", id, ("branches", Input("Object", new JsonArray([.. branches.Select(b => (JsonNode)b)]).ToJsonString())));

    public static JsonObject Join(string id, string mode) => Activity("Elsa.FlowJoin", id, ("mode", Literal(mode)));

    public static JsonObject Set(string id, string variable, JsonObject value) => Activity("Elsa.SetVariable", id, ("variable", new JsonObject { ["id"] = variable }), ("value", value));

    public static JsonObject Step(string id, string does) => Activity(TestStep.Type, id, ("does", Literal(does)));

    public static JsonObject Sequence(string id, params JsonObject[] activities) => Activity("Elsa.Sequence", id, ("activities", new JsonArray([.. activities])));

    public static JsonObject Parallel(string id, params JsonObject[] activities) => Activity("Elsa.Parallel", id, ("activities", new JsonArray([.. activities])));

    public static JsonObject While(string id, JsonObject condition, JsonObject body) => Activity("Elsa.While", id, ("condition", condition), ("body", body));

    /// <summary>A flowchart; each connection is written <c>a&gt;b</c> or, from a port, <c>a:True&gt;b</c>.</summary>
    public static JsonObject Flow(string id, JsonObject[] activities, params string[] connections) => Activity(
        "Elsa.Flowchart", id, ("activities", new JsonArray([.. activities])), ("connections", new JsonArray([.. connections.Select(Connection)])));

    public static JsonObject Connection(string text)
    {
        var ends = text.Split('>');
        var source = ends[0].Split(':');
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
        };
    }

    public static JsonObject MergeMode(this JsonObject activity, string mode) => activity.Custom("mergeMode", mode);

    public static JsonObject CanStart(this JsonObject activity) => activity.Custom("canStartWorkflow", true);

    public static JsonObject With(this JsonObject activity, string member, JsonNode? value)
    {
        activity[member] = value;
        return activity;
    }

    private static JsonObject Custom(this JsonObject activity, string name, JsonNode value)
    {
        if (activity["customProperties"] is not JsonObject custom)
            activity["customProperties"] = custom = [];
        custom[name] = value;
        return activity;
    }
}
