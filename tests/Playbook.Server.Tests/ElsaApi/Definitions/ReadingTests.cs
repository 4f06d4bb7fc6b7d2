using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Definitions;

public sealed class ReadingTests
{
    [Fact]
    public async Task A_definition_has_the_shape_that_a_real_Elsa_gives()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        await designer.Send(HttpMethod.Post, "/workflow-definitions", JsonNode.Parse(Recorded.File("responses/playbook-import.json")));

        var definition = await designer.Open("sales-playbook");

        var recorded = Recorded.Response("GET-workflow-definitions-by-definition-id-definitionId.json");
        Recorded.HasShapeOf(recorded, definition, "root");
        Assert.Equal(recorded["links"]!.ToJsonString(), definition["links"]!.ToJsonString());
        var score = Designer.Activity(definition, "setscore");
        Recorded.HasShapeOf(Designer.Activity((JsonObject)recorded, "setscore"), score);
        Assert.Equal("Workflow1:Flowchart1:setscore", (string?)score["nodeId"]);
        var byId = await trial.Elsa($"/workflow-definitions/by-id/{definition["id"]}");
        Assert.Equal(definition.ToJsonString(), byId.ToJsonString());
        Assert.Equal(definition.ToJsonString(), (await trial.Elsa("/workflow-definitions/sales-playbook")).ToJsonString());
    }

    [Fact]
    public async Task What_an_activity_lacks_is_filled_in_and_its_path_is_that_of_runs()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "bare", [new JsonObject { ["type"] = "Elsa.If", ["then"] = new JsonObject { ["id"] = "inner", ["type"] = "Elsa.WriteLine" } }]));

        var root = (await trial.Elsa("/workflow-definitions/by-definition-id/bare"))["root"]!;

        var outer = root["activities"]![0]!;
        Assert.Equal("If-1", (string?)outer["id"]);
        Assert.Equal("Workflow1:Sequence1:If-1:inner", (string?)outer["then"]!["nodeId"]);
        Assert.Equal((1, false), ((int)outer["version"]!, (bool)outer["customProperties"]!["canStartWorkflow"]!));
        Assert.True(outer.AsObject().ContainsKey("condition"));
    }

    [Fact]
    public async Task Versions_are_found_by_what_they_are()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        await designer.Save(SavingTests.With(await designer.Open("sale"), "draft"));

        foreach (var (options, version) in (IEnumerable<(string, int)>)[("Latest", 2), ("Published", 1), ("Draft", 2), ("LatestOrPublished", 2), ("1", 1), ("Version:2", 2), ("latest", 2), ("", 2)])
            Assert.Equal(version, (int)(await trial.Elsa($"/workflow-definitions/by-definition-id/sale?versionOptions={options}"))["version"]!);
        Assert.Equal([2, 1], (await trial.Elsa("/workflow-definitions/sale/versions")).AsArray().Select(version => (int)version!["version"]!));
        foreach (var path in (string[])["/by-definition-id/sale?versionOptions=9", "/by-definition-id/none", "/by-id/none", "/none/versions", "/by-definition-id/sale?versionOptions=LatestAndPublished"])
            Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), await trial.Status(HttpMethod.Get, "/workflow-definitions" + path));
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), await trial.Status(HttpMethod.Get, "/workflow-definitions/by-definition-id/sale?versionOptions=Newest"));
    }

    [Fact]
    public async Task The_list_has_the_shape_that_a_real_Elsa_gives_with_links_that_let_Studio_change_it()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        await designer.Save(SavingTests.With(await designer.Open("sale"), "draft"));

        var list = await trial.Elsa("/workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=10&DefinitionIds=sale&OrderBy=Version&OrderDirection=Descending");

        var recorded = Recorded.Response("GET-workflow-definitions.json");
        Recorded.HasShapeOf(recorded, list);
        Assert.Equal(recorded["links"]!.ToJsonString(), list["links"]!.ToJsonString());
        Assert.Equal([2, 1], list["items"]!.AsArray().Select(item => (int)item!["version"]!));
        Assert.Equal(2, (int)list["totalCount"]!);
    }

    [Fact]
    public async Task The_list_is_searched_ordered_and_paged()
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            foreach (var id in (string[])["cold", "warm", "hot", "boiling"])
                Drawing.Write(folder, id, [Drawing.Line("a", id)]);
        });

        Assert.Equal(["boiling", "cold", "hot", "warm"], Names(await trial.Elsa("/workflow-definitions?versionOptions=Latest")));
        Assert.Equal(["warm", "hot"], Names(await trial.Elsa("/workflow-definitions?versionOptions=Latest&OrderDirection=Descending&Page=0&PageSize=2")));
        var second = await trial.Elsa("/workflow-definitions?versionOptions=Latest&page=1&pageSize=3");
        Assert.Equal(["warm"], Names(second));
        Assert.Equal(4, (int)second["totalCount"]!);
        Assert.Equal(["boiling", "cold"], Names(await trial.Elsa("/workflow-definitions?DefinitionIds=cold&DefinitionIds=boiling")));
        Assert.Equal(["hot"], Names(await trial.Elsa("/workflow-definitions?versionOptions=Latest&SearchTerm=HOT")));
        Assert.Empty(Names(await trial.Elsa("/workflow-definitions?versionOptions=Latest&IsSystem=True")));
        Assert.Equal(4, Names(await trial.Elsa("/workflow-definitions?versionOptions=Published&IsSystem=False&label=x")).Length);
        var id = (string)(await trial.Elsa("/workflow-definitions/by-definition-id/hot"))["id"]!;
        Assert.Equal(["hot"], Names(await trial.Elsa($"/workflow-definitions?versionOptions=&Ids={id}&Ids=nothing")));
        Assert.Equal(["hot"], Names(await trial.Elsa($"/workflow-definitions/many-by-id?Ids={id}")));
        Assert.Equal(4, (int)(await trial.Elsa("/workflow-definitions/query/count"))["count"]!);
        foreach (var bad in (string[])["Page=x", "PageSize=-1", "OrderBy=Colour", "OrderDirection=Up", "IsSystem=perhaps", "versionOptions=0"])
            Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), await trial.Status(HttpMethod.Get, $"/workflow-definitions?{bad}"));
    }

    [Fact]
    public async Task A_name_is_unique_unless_another_definition_has_it()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        Assert.True((bool)(await trial.Elsa("/workflow-definitions/validation/is-name-unique?name=New"))["isUnique"]!);
        Assert.False((bool)(await trial.Elsa("/workflow-definitions/validation/is-name-unique?name=%20Sale%20"))["isUnique"]!);
        Assert.True((bool)(await trial.Elsa("/workflow-definitions/validation/is-name-unique?name=sale&definitionId=sale"))["isUnique"]!);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), await trial.Status(HttpMethod.Get, "/workflow-definitions/validation/is-name-unique"));
    }

    private static string[] Names(JsonNode list) => [.. list["items"]!.AsArray().Select(item => (string)item!["name"]!)];
}
