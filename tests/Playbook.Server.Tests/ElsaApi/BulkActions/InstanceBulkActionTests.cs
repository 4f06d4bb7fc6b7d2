using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.BulkActions;

public sealed class InstanceBulkActionTests
{
    private const string Cancel = "/bulk-actions/cancel/workflow-instances";
    private const string Delete = "/bulk-actions/delete/workflow-instances";

    [Fact]
    public async Task Many_runs_are_cancelled_and_those_that_had_ended_are_not_counted()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var (one, two, three) = (await trial.StartRun("sale"), await trial.StartRun("sale"), await trial.StartRun("sale"));
        await trial.Complete(two, "Lost");

        var answer = await trial.Ask(Cancel, new JsonObject { ["ids"] = new JsonArray(one, two, one) });

        Assert.Equal(1, (int)answer["cancelled"]!);
        Assert.Equal([three], (await trial.Elsa("/workflow-instances?status=Running")).Ids());
    }

    [Theory]
    [InlineData("AllVersions", 3)]
    [InlineData("Published", 3)]
    [InlineData("Latest", 3)]
    [InlineData("1", 3)]
    [InlineData("2", 0)]
    [InlineData("Draft", 0)]
    public async Task All_runs_of_a_definition_are_cancelled_by_version(string versions, int cancelled)
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            Drawn.Sale(folder);
            Playbooks.MailOnly(folder);
        });
        for (var i = 0; i < 3; i++)
            await trial.StartRun("sale");
        await trial.StartRun("mail");

        var answer = await trial.Ask(Cancel, new JsonObject { ["definitionId"] = "sale", ["versionOptions"] = versions });

        Assert.Equal(cancelled, (int)answer["cancelled"]!);
        Assert.Equal(3 - cancelled, (int)(await trial.Elsa("/workflow-instances?status=Running&definitionId=sale"))["totalCount"]!);
        Assert.Equal(1, (int)(await trial.Elsa("/workflow-instances?definitionId=mail"))["totalCount"]!);
    }

    [Theory]
    [InlineData(Cancel, "{}")]
    [InlineData(Cancel, """{"definitionId":"sale"}""")]
    [InlineData(Cancel, """{"definitionId":"sale","versionOptions":"Newest"}""")]
    [InlineData(Cancel, """{"ids":["nonsense"]}""")]
    [InlineData(Cancel, """{"ids":{"a":1}}""")]
    [InlineData(Delete, "{}")]
    [InlineData(Delete, """{"ids":["nonsense"]}""")]
    [InlineData(Delete, """{"workflowDefinitionIds":[]}""")]
    public async Task What_does_not_say_which_runs_is_refused_and_changes_nothing(string path, string body)
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var (waiting, ended) = (await trial.StartRun("sale"), await trial.StartRun("sale"));
        await trial.Complete(ended, "Lost");

        var (status, type, _) = await trial.PostText(ElsaClient.Api + path, body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (status, type));
        Assert.Equal([waiting], (await trial.Elsa("/workflow-instances?status=Running")).Ids());
        Assert.Equal(2, (int)(await trial.Elsa("/workflow-instances"))["totalCount"]!);
    }

    [Theory]
    [InlineData(Delete)]
    [InlineData(Delete + "/by-id")]
    public async Task Runs_that_have_ended_are_deleted_and_the_others_are_left_out_with_the_reason(string path)
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var (waiting, ended) = (await trial.StartRun("sale"), await trial.StartRun("sale"));
        await trial.Complete(ended, "Lost");

        var answer = await trial.Ask(path, new JsonObject { ["ids"] = new JsonArray(waiting, ended) });

        Assert.Equal(1, (int)answer["deleted"]!);
        Assert.Equal(waiting, (string?)Assert.Single(answer["leftOut"]!.AsArray())!["id"]);
        Assert.Contains("Cancel it first", (string?)answer["leftOut"]![0]!["reason"], StringComparison.Ordinal);
        Assert.Equal([waiting], (await trial.Elsa("/workflow-instances")).Ids());
    }

    [Fact]
    public async Task All_ended_runs_of_a_playbook_are_deleted_and_those_of_others_stay()
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            Drawn.Sale(folder);
            Drawn.Loops(folder);
        });
        var other = await trial.StartRun("loops");
        var waiting = await trial.StartRun("sale");
        for (var i = 0; i < 3; i++)
            await trial.Complete(await trial.StartRun("sale"), "Lost");

        var answer = await trial.Ask(Delete, new JsonObject { ["workflowDefinitionIds"] = new JsonArray("sale") });

        Assert.Equal(3, (int)answer["deleted"]!);
        Assert.Equal([waiting, other], (await trial.Elsa("/workflow-instances")).Ids());
    }

    [Fact]
    public async Task Ids_and_playbooks_together_mean_those_that_are_both()
    {
        await using var trial = await TrialServer.Start(Drawn.Loops);
        var run = await trial.StartRun("loops");

        Assert.Equal(0, (int)(await trial.Ask(Delete, new JsonObject { ["ids"] = new JsonArray(run), ["workflowDefinitionId"] = "sale" }))["deleted"]!);
        Assert.Equal(1, (int)(await trial.Ask(Delete, new JsonObject { ["ids"] = new JsonArray(run), ["workflowDefinitionId"] = "loops" }))["deleted"]!);
    }

    [Fact]
    public async Task Runs_cannot_be_imported_and_the_answer_says_why()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        var (status, problem) = await trial.Post($"{ElsaClient.Api}/bulk-actions/import/workflow-instances");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("cannot be imported", (string?)problem["detail"], StringComparison.Ordinal);
    }
}
