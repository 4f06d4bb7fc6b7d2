using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Instances;

public sealed class InstanceListTests
{
    [Fact]
    public async Task The_list_that_Studio_asks_for_has_the_shape_that_a_real_Elsa_gives()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        await trial.Post("/api/runs", new JsonObject { ["playbook"] = "sale", ["correlationId"] = "deal-1" });
        await trial.Complete(await trial.StartRun("sale"), "Lost");

        var list = await trial.Ask("/workflow-instances", AsStudioAsks());

        Recorded.HasShapeOf(Recorded.Response("POST-workflow-instances.json"), list);
        Assert.Equal(2, (int)list["totalCount"]!);
    }

    [Fact]
    public async Task Lists_are_cut_into_pages_by_page_or_by_place_in_query_or_body()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var runs = new List<string>();
        for (var i = 0; i < 5; i++)
            runs.Add(await trial.StartRun("sale"));
        runs.Reverse();

        Assert.Equal(runs, (await trial.Elsa("/workflow-instances")).Ids());
        Assert.Equal(runs[2..4], (await trial.Elsa("/workflow-instances?page=1&pageSize=2")).Ids());
        Assert.Equal(runs[2..4], (await trial.Ask("/workflow-instances", new JsonObject { ["page"] = 1, ["pageSize"] = 2 })).Ids());
        Assert.Equal(runs[1..4], (await trial.Elsa("/workflow-instances?skip=1&take=3")).Ids());
        Assert.Equal(runs[4..], (await trial.Elsa("/workflow-instances?page=2&pageSize=2")).Ids());
        Assert.Equal(5, (int)(await trial.Elsa("/workflow-instances?page=9&pageSize=2"))["totalCount"]!);
        Assert.Empty((await trial.Elsa("/workflow-instances?page=2000000000&pageSize=1000")).Ids());
    }

    [Fact]
    public async Task Runs_are_found_by_playbook_status_and_correlation()
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            Drawn.Sale(folder);
            Drawn.Loops(folder);
        });
        var (_, started) = await trial.Post("/api/runs", new JsonObject { ["playbook"] = "sale", ["correlationId"] = "deal-7" });
        var waiting = Guid.Parse((string)started["id"]!).ToString("N");
        var finished = await trial.StartRun("loops");
        var cancelled = await trial.StartRun("sale");
        await trial.Ask($"/cancel/workflow-instances/{cancelled}");

        await Finds(trial, new() { ["definitionId"] = "sale" }, waiting, cancelled);
        await Finds(trial, new() { ["definitionIds"] = new JsonArray("sale", "loops") }, waiting, finished, cancelled);
        await Finds(trial, new() { ["definitionId"] = "sale", ["definitionIds"] = new JsonArray("loops") });
        await Finds(trial, new() { ["status"] = "Finished" }, finished, cancelled);
        await Finds(trial, new() { ["statuses"] = new JsonArray("Running") }, waiting);
        await Finds(trial, new() { ["subStatus"] = "Cancelled" }, cancelled);
        await Finds(trial, new() { ["subStatuses"] = new JsonArray("Cancelled", "suspended") }, waiting, cancelled);
        await Finds(trial, new() { ["correlationId"] = "deal-7" }, waiting);
        await Finds(trial, new() { ["searchTerm"] = "DEAL" }, waiting);
        await Finds(trial, new() { ["searchTerm"] = Guid.Parse(finished).ToString("D") }, finished);
        await Finds(trial, new() { ["searchTerm"] = "loops" }, finished);
        await Finds(trial, new() { ["version"] = 1 }, waiting, finished, cancelled);
        await Finds(trial, new() { ["version"] = 2 });
        await Finds(trial, new() { ["hasIncidents"] = true });
        await Finds(trial, new() { ["isSystem"] = true });
        Assert.Equal([cancelled], (await trial.Elsa("/workflow-instances?subStatuses=Cancelled&definitionId=sale")).Ids());
    }

    [Fact]
    public async Task Runs_come_in_the_order_asked_for()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var first = await trial.StartRun("sale");
        await trial.Post("/api/clock/advance", new JsonObject { ["by"] = "01:00:00" });
        var second = await trial.StartRun("sale");
        await trial.Post("/api/clock/advance", new JsonObject { ["by"] = "01:00:00" });
        await trial.Complete(first, "Lost");

        foreach (var order in (string[])["UpdatedAt", "LastExecuted", "UpdatedLast"])
            Assert.Equal([first, second], (await trial.Elsa($"/workflow-instances?orderBy={order}&orderDirection=Descending")).Ids());
        Assert.Equal([second, first], (await trial.Elsa("/workflow-instances?orderBy=Created")).Ids());
        Assert.Equal([first, second], (await trial.Elsa("/workflow-instances?orderBy=Created&orderDirection=Ascending")).Ids());
        Assert.Equal([first, second], (await trial.Elsa("/workflow-instances?orderBy=Finished")).Ids());
        Assert.Equal([second, first], (await trial.Elsa("/workflow-instances?orderBy=Finished&orderDirection=Ascending")).Ids());
        Assert.Equal([first, second], (await trial.Elsa("/workflow-instances?orderBy=Name")).Ids());
    }

    [Fact]
    public async Task Midnight_in_a_time_filter_means_the_whole_day()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");

        await Finds(trial, Time("CreatedAt", "Is", "2026-03-02T00:00:00Z"), run);
        await Finds(trial, Time("createdAt", "Is", "2026-03-02T09:00:00+00:00"), run);
        await Finds(trial, Time("CreatedAt", "Is", "2026-03-02T10:00:00+00:00"));
        await Finds(trial, Time("CreatedAt", "IsNot", "2026-03-02T00:00:00Z"));
        await Finds(trial, Time("CreatedAt", "GreaterThan", "2026-03-02T00:00:00Z"));
        await Finds(trial, Time("UpdatedAt", "GreaterThanOrEqual", "2026-03-02T00:00:00Z"), run);
        await Finds(trial, Time("UpdatedAt", "LessThan", "2026-03-02T09:00:00Z"));
        await Finds(trial, Time("FinishedAt", "LessThan", "2999-03-02T09:00:00Z"));
    }

    [Theory]
    [InlineData("page=-1")]
    [InlineData("pageSize=0")]
    [InlineData("page=x")]
    [InlineData("take=99999999999")]
    [InlineData("status=Sleeping")]
    [InlineData("status=7")]
    [InlineData("subStatuses=Nonsense")]
    [InlineData("orderBy=Colour")]
    [InlineData("orderDirection=Sideways")]
    [InlineData("hasIncidents=maybe")]
    [InlineData("version=one")]
    [InlineData("correlationId=a&correlationId=b")]
    public async Task A_question_that_makes_no_sense_is_refused_with_the_name_of_what_is_wrong(string query)
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        using var response = await trial.Http.GetAsync($"{ElsaClient.Api}/workflow-instances?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal([query.Split('=')[0]], problem["errors"]!.AsObject().Select(error => error.Key));
    }

    private static JsonObject Time(string column, string comparison, string time) =>
        new() { ["timestampFilters"] = new JsonArray(new JsonObject { ["column"] = column, ["operator"] = comparison, ["timestamp"] = time }) };

    private static async Task Finds(TrialServer trial, JsonObject asked, params string[] expected)
    {
        var wanted = AsStudioAsks();
        foreach (var (name, value) in asked)
            wanted[name] = value?.DeepClone();
        var found = await trial.Ask("/workflow-instances", wanted);
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Ids().Order(StringComparer.Ordinal));
        Assert.Equal(expected.Length, (int)found["totalCount"]!);
    }

    private static JsonObject AsStudioAsks() => new()
    {
        ["page"] = 0, ["pageSize"] = 10, ["searchTerm"] = "", ["definitionId"] = null, ["definitionIds"] = new JsonArray(), ["correlationId"] = null, ["version"] = null,
        ["hasIncidents"] = null, ["isSystem"] = false, ["status"] = null, ["statuses"] = new JsonArray(), ["subStatus"] = null, ["subStatuses"] = new JsonArray(), ["orderBy"] = null,
        ["orderDirection"] = "Descending", ["timestampFilters"] = new JsonArray(),
    };
}
