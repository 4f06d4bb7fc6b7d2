using System.Text.Json.Nodes;

namespace Playbook.Server.Tests.Trial;

/// <summary>Playbooks drawn in code: a sequence of steps, with their scripts.</summary>
internal static class Drawing
{
    /// <summary>Writes a playbook's folder.</summary>
    public static void Write(string folder, string id, JsonArray activities, params IEnumerable<(string File, string Text)> scripts) =>
        Write(folder, id, new JsonObject { ["id"] = "Sequence1", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = activities }, scripts);

    /// <summary>Writes a playbook that is a flowchart; each connection is written <c>a&gt;b</c> or, from a port, <c>a:True&gt;b</c>.</summary>
    public static void Flow(string folder, string id, JsonArray activities, string[] connections, params IEnumerable<(string File, string Text)> scripts) => Write(folder, id, new JsonObject
    {
        ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = activities, ["connections"] = new JsonArray([.. connections.Select(Connection)]),
    }, scripts);

    private static void Write(string folder, string id, JsonObject root, IEnumerable<(string File, string Text)> scripts)
    {
        var home = Path.Combine(folder, id);
        Directory.CreateDirectory(Path.Combine(home, "scripts"));
        File.WriteAllText(Path.Combine(home, "playbook.json"), new JsonObject
        {
            ["id"] = $"{id}-v1",
            ["definitionId"] = id,
            ["name"] = id,
            ["version"] = 1,
            ["variables"] = new JsonArray(),
            ["root"] = root,
        }.ToJsonString());
        foreach (var (file, text) in scripts)
            File.WriteAllText(Path.Combine(home, "scripts", file), text);
    }

    public static JsonObject Step(string id, string[] outcomes, string? script = null, JsonArray? fields = null) => Activity(id, "Playbook.GuidedStep",
        ("role", Literal("prospector")), ("title", Literal($"Do {id}")), ("outcomes", Structure(new JsonArray([.. outcomes.Select(o => (JsonNode)o)]), "String[]")),
        ("script", script is null ? null : Literal(script)), ("fields", fields is null ? null : Structure(fields, "Object")), ("expireAfter", Literal("90.00:00:00", "TimeSpan")));

    /// <summary>A step over the telephone.</summary>
    public static JsonObject Phone(string id, string[] outcomes)
    {
        var step = Step(id, outcomes);
        step["channel"] = Literal("phone");
        return step;
    }

    public static JsonObject Message(string id, string script, string channel = "email", bool waits = true) => Activity(
        id, "Playbook.SendMessage", ("channel", Literal(channel)), ("script", Literal(script)), ("waitForDelivery", waits ? null : Literal("false", "Boolean")));

    public static JsonObject Reply(string id, string limit) => Activity(id, "Playbook.WaitForReply", ("timeLimit", Literal(limit, "TimeSpan")));

    public static JsonObject Appointment(string id) => Activity(id, "Playbook.BookAppointment", ("role", Literal("prospector")), ("within", Literal("30.00:00:00", "TimeSpan")));

    public static JsonObject Event(string id, string name) => Activity(id, "Elsa.Event", ("eventName", Literal(name)));

    public static JsonObject Work(string id, string name) => Activity(id, "Elsa.RunTask", ("taskName", Literal(name)));

    public static JsonObject Call(string id, string url) => Activity(id, "Elsa.SendHttpRequest", ("url", Literal(url)), ("method", Literal("POST")), ("content", Literal("{\"a\":1}")), ("contentType", Literal("application/json")));

    public static JsonObject Join(string id) => Activity(id, "Elsa.FlowJoin", ("mode", Literal("WaitAny")));

    public static JsonObject Fault(string id, string message) => Activity(id, "Elsa.Fault", ("message", Literal(message)), ("code", Literal("1")), ("category", Literal("x")), ("faultType", Literal("y")));

    public static JsonObject Line(string id, string text) => Activity(id, "Elsa.WriteLine", ("text", Literal(text)));

    public static JsonObject Literal(string value, string type = "String") =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };

    private static JsonObject Connection(string text)
    {
        var (source, target) = (text.Split('>')[0].Split(':'), text.Split('>')[1]);
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
        };
    }

    private static JsonObject Structure(JsonArray value, string type) =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = value.ToJsonString() } };

    private static JsonObject Activity(string id, string type, params IEnumerable<(string Name, JsonObject? Value)> inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs)
            if (value is not null)
                activity[name] = value;
        return activity;
    }
}
