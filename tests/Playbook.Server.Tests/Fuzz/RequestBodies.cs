using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Fuzz;

/// <summary>Good bodies to spoil, and ids that exist.</summary>
internal sealed class RequestBodies(TrialServer trial)
{
    private readonly List<string> _ids = [];

    /// <summary>Ids of everything, and some of nothing.</summary>
    public async Task<IReadOnlyList<string>> Ids()
    {
        if (_ids.Count > 0)
            return _ids;
        var run = await trial.Run("call");
        await trial.Run("other");
        await trial.Settle();
        _ids.AddRange(["call", "other", "nothing", run, Guid.Empty.ToString(), "1", "2", "-1", "ask", "Playbook.GuidedStep", "Elsa.If", "Role", "Sequence1", $"Workflow1:Sequence1:ask"]);
        _ids.AddRange((await trial.Get("/api/tasks"))["items"]!.AsArray().Select(task => (string)task!["id"]!));
        _ids.AddRange((await Definitions()).Select(definition => (string?)definition["id"]).OfType<string>());
        return _ids;
    }

    public async Task<string> For(string route, Random random, RandomJson json) => random.Next(8) switch
    {
        0 => "",
        1 => json.Value()?.ToJsonString() ?? "null",
        2 => new string('[', 3000),
        _ => json.Spoil(await Good(route, random)),
    };

    private async Task<JsonNode> Good(string route, Random random)
    {
        var ids = await Ids();
        var some = new JsonArray([.. Enumerable.Range(0, 3).Select(_ => (JsonNode)ids[random.Next(ids.Count)])]);
        if (route.EndsWith("workflow-definitions", StringComparison.Ordinal) && random.Next(3) > 0)
            return new JsonObject { ["model"] = await Definition(random), ["publish"] = random.Next(2) == 0 };
        if (route.EndsWith("import", StringComparison.Ordinal))
            return await Definition(random);
        return new JsonObject
        {
            ["ids"] = some, ["definitionIds"] = some.DeepClone(), ["definitionVersionIds"] = some.DeepClone(), ["page"] = 0, ["pageSize"] = 10, ["searchTerm"] = "", ["status"] = "Running",
            ["statuses"] = new JsonArray("Running"), ["subStatuses"] = new JsonArray("Suspended"), ["orderBy"] = "Created", ["orderDirection"] = "Descending",
            ["timestampFilters"] = new JsonArray(new JsonObject { ["column"] = "CreatedAt", ["operator"] = "GreaterThan", ["timestamp"] = "2026-01-01T00:00:00Z" }),
            ["workflowInstanceId"] = ids[3], ["activityNodeIds"] = new JsonArray("Workflow1:Sequence1:ask"), ["filter"] = new JsonObject { ["activityIds"] = some.DeepClone(), ["eventNames"] = new JsonArray("Started") },
            ["correlationId"] = "c", ["triggerActivityId"] = "ask", ["versionOptions"] = "Latest", ["input"] = new JsonObject { ["a"] = 1 }, ["context"] = new JsonObject(), ["result"] = "ok",
            ["playbook"] = "call", ["outcome"] = "Yes", ["fields"] = new JsonObject(), ["reason"] = "because", ["by"] = "anna",
        };
    }

    private async Task<JsonNode> Definition(Random random)
    {
        var all = await Definitions();
        return all[random.Next(all.Count)].DeepClone();
    }

    // What the server has by now, spoiled documents that it took included.
    private async Task<IReadOnlyList<JsonNode>> Definitions()
    {
        var found = new List<JsonNode>();
        foreach (var id in new[] { "call", "other" })
        {
            using var answer = await trial.Http.GetAsync($"/elsa/api/workflow-definitions/by-definition-id/{id}");
            if (answer.IsSuccessStatusCode)
                found.Add(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
        }

        return found.Count > 0 ? found : [new JsonObject { ["definitionId"] = "call", ["name"] = "call", ["root"] = new JsonObject { ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["activities"] = new JsonArray() } }];
    }
}
