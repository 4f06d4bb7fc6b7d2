using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi;

/// <summary>Playbooks as Elsa's designer draws them: flowcharts whose activities carry node ids.</summary>
internal static class Drawn
{
    /// <summary>A call, then a line for each of its outcomes; the one for "Won" by way of a decision.</summary>
    public static void Sale(string folder) => Flowchart(
        folder, "sale",
        [Drawing.Step("qualify", ["Won", "Lost"]), Variable("setscore"), Drawing.Line("won", "won"), Drawing.Line("lost", "lost")],
        [("qualify", "Won", "setscore"), ("qualify", "Lost", "lost"), ("setscore", "Done", "won")]);

    /// <summary>Two loops side by side, each with a body of the same ids.</summary>
    public static void Loops(string folder) => Flowchart(
        folder, "loops",
        [Loop("one"), Loop("two")],
        [("one", "Done", "two")]);

    public static void Flowchart(string folder, string id, JsonArray activities, IEnumerable<(string From, string Port, string To)> connections)
    {
        foreach (var activity in activities.OfType<JsonObject>())
            activity["nodeId"] = $"Workflow1:Flowchart1:{activity["id"]}";
        var home = Path.Combine(folder, id);
        Directory.CreateDirectory(home);
        File.WriteAllText(Path.Combine(home, "playbook.json"), new JsonObject
        {
            ["id"] = $"{id}-v1",
            ["definitionId"] = id,
            ["name"] = id,
            ["version"] = 1,
            ["variables"] = new JsonArray(
                new JsonObject { ["id"] = "v1", ["name"] = "Customer", ["typeName"] = "String", ["value"] = "ACME" },
                new JsonObject { ["id"] = "v2", ["name"] = "Score", ["typeName"] = "Int32", ["value"] = "0" }),
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1",
                ["nodeId"] = "Workflow1:Flowchart1",
                ["name"] = "Flowchart1",
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["activities"] = activities,
                ["connections"] = new JsonArray([.. connections.Select(c => (JsonNode)new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = c.From, ["port"] = c.Port },
                    ["target"] = new JsonObject { ["activity"] = c.To, ["port"] = "In" },
                })]),
            },
        }.ToJsonString());
    }

    private static JsonObject Variable(string id) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["type"] = "Elsa.SetVariable",
        ["version"] = 1,
        ["variable"] = new JsonObject { ["id"] = "v2", ["name"] = "Score", ["typeName"] = "Int32" },
        ["value"] = Drawing.Literal("10", "Int32"),
    };

    private static JsonObject Loop(string id) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["type"] = "Elsa.For",
        ["version"] = 1,
        ["start"] = Drawing.Literal("1", "Int32"),
        ["end"] = Drawing.Literal("2", "Int32"),
        ["step"] = Drawing.Literal("1", "Int32"),
        ["body"] = new JsonObject { ["id"] = "body", ["name"] = $"{id}-body", ["type"] = "Elsa.WriteLine", ["version"] = 1, ["text"] = Drawing.Literal(id) },
    };
}
