using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Definitions;

public sealed class DeletingTests
{
    [Fact]
    public async Task A_definition_on_which_runs_are_under_way_is_not_deleted_and_the_answer_says_how_many_and_what_to_do()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        var version = (string)(await designer.Open("sale"))["id"]!;
        await trial.StartRun("sale");
        var run = await trial.StartRun("sale");

        foreach (var (method, path, body) in (IEnumerable<(HttpMethod, string, string?)>)
            [
                (HttpMethod.Delete, "/workflow-definitions/sale", null), (HttpMethod.Delete, $"/workflow-definition-versions/{version}", null), (HttpMethod.Delete, "/workflow-definitions/sale/version/1", null),
                (HttpMethod.Post, "/bulk-actions/delete/workflow-definitions/by-definition-id", """{"definitionIds":["sale"]}"""), (HttpMethod.Post, "/bulk-actions/delete/workflow-definitions/by-id", $$"""{"ids":["{{version}}"]}"""),
            ])
        {
            var (status, answer) = await designer.Send(method, path, body is null ? null : JsonNode.Parse(body));
            Assert.Equal(HttpStatusCode.Conflict, status);
            Assert.Contains("2 runs are under way or stand at an incident (2 on version 1)", Designer.Said(answer), StringComparison.Ordinal);
        }

        Assert.Equal(run, (string?)(await trial.Elsa($"/workflow-instances/{run}"))["id"]);
        Assert.Equal(1, (int)(await designer.Open("sale"))["version"]!);
    }

    [Fact]
    public async Task A_definition_without_runs_under_way_is_deleted_with_all_its_versions()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        await designer.Save(SavingTests.With(await designer.Open("sale"), "draft"));

        Assert.Equal(HttpStatusCode.NoContent, (await designer.Send(HttpMethod.Delete, "/workflow-definitions/sale")).Status);
        Assert.Equal(0, (int)(await trial.Elsa("/workflow-definitions?versionOptions="))["totalCount"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await designer.Send(HttpMethod.Delete, "/workflow-definitions/sale")).Status);
    }

    [Fact]
    public async Task When_the_draft_is_deleted_the_version_before_it_is_the_latest_again()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var designer = new Designer(trial);
        var draft = await designer.Save(SavingTests.With(await designer.Open("sale"), "draft"));

        Assert.Equal(HttpStatusCode.NoContent, (await designer.Send(HttpMethod.Delete, $"/workflow-definition-versions/{draft["id"]}")).Status);
        Assert.Equal((1, true), ((int)(await designer.Open("sale"))["version"]!, (bool)(await designer.Open("sale"))["isLatest"]!));
        await designer.Save(SavingTests.With(await designer.Open("sale"), "again"));
        Assert.Equal(HttpStatusCode.OK, (await designer.Send(HttpMethod.Delete, "/workflow-definitions/sale/version/2")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await designer.Send(HttpMethod.Delete, "/workflow-definitions/sale/version/2")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await designer.Send(HttpMethod.Delete, "/workflow-definition-versions/none")).Status);
    }

    [Fact]
    public async Task Many_are_deleted_at_once_and_what_is_not_there_is_left_out()
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            Drawn.Sale(folder);
            Drawn.Loops(folder);
        });
        var designer = new Designer(trial);
        var version = (string)(await designer.Open("loops"))["id"]!;

        Assert.Equal("""{"deleted":1}""", (await designer.Send(HttpMethod.Post, "/bulk-actions/delete/workflow-definitions/by-definition-id", JsonNode.Parse("""{"definitionIds":["sale","none"]}"""))).Answer!.ToJsonString());
        Assert.Equal("""{"deleted":1}""", (await designer.Send(HttpMethod.Post, "/bulk-actions/delete/workflow-definitions/by-id", JsonNode.Parse($$"""{"ids":["{{version}}","none"]}"""))).Answer!.ToJsonString());
        Assert.Equal(0, (int)(await trial.Elsa("/workflow-definitions/query/count"))["count"]!);
        foreach (var bad in (string[])["{}", """{"definitionIds":"sale"}""", """{"definitionIds":[1]}"""])
            Assert.Equal(HttpStatusCode.BadRequest, (await designer.Send(HttpMethod.Post, "/bulk-actions/delete/workflow-definitions/by-definition-id", JsonNode.Parse(bad))).Status);
    }
}
