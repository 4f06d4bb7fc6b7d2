using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Instances;

public sealed class InstanceTests
{
    [Fact]
    public async Task A_waiting_instance_has_the_shape_that_a_real_Elsa_gives()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await Correlated(trial, "deal-2");

        var instance = await trial.Elsa($"/workflow-instances/{run}");

        Recorded.HasShapeOf(Recorded.Response("GET-workflow-instances-id.json"), instance, "activityState", "payload", "activitiesVisitCount", "connectionVisitCount", "connectionLastVisitFollowed", "Variables");
        var bookmark = instance["workflowState"]!["bookmarks"]!.AsArray().Single(b => (string?)b!["payload"]!["kind"] == "Task")!;
        Assert.Equal(("Playbook.GuidedStep", "qualify", "Workflow1:Flowchart1:qualify", $"{run}-2"), ((string?)bookmark["name"], (string?)bookmark["activityId"], (string?)bookmark["activityNodeId"], (string?)bookmark["activityInstanceId"]));
        Assert.Equal(("Running", "Suspended", "sale", 1), ((string?)instance["status"], (string?)instance["subStatus"], (string?)instance["definitionId"], (int)instance["version"]!));
        Assert.Equal("Do qualify", (string?)instance["workflowState"]!["activityExecutionContexts"]!.AsArray().Single(c => (string?)c!["id"] == $"{run}-2")!["activityState"]!["Title"]);
        Assert.Null(instance["finishedAt"]);
    }

    [Fact]
    public async Task An_instance_is_found_by_its_id_with_dashes_and_without()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");

        Assert.Equal(run, (string?)(await trial.Elsa($"/workflow-instances/{Guid.Parse(run):D}"))["id"]);
        Assert.Equal(run, (string?)(await trial.Elsa($"/workflow-instances/{run}"))["id"]);
    }

    [Fact]
    public async Task Execution_state_and_variables_have_the_shape_that_a_real_Elsa_gives()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        var state = await trial.Elsa($"/workflow-instances/{run}/execution-state");
        await trial.Complete(run, "Won");

        Recorded.HasShapeOf(Recorded.Response("GET-workflow-instances-id-execution-state.json"), state);
        var variables = await trial.Elsa($"/workflow-instances/{run}/variables");
        Recorded.HasShapeOf(Recorded.Response("GET-workflow-instances-id-variables.json"), variables);
        Assert.Equal("""[{"id":"v1","name":"Customer","value":"ACME"},{"id":"v2","name":"Score","value":10}]""", variables["items"]!.ToJsonString());
        Assert.Equal("Finished", (string?)(await trial.Elsa($"/workflow-instances/{run}/execution-state"))["subStatus"]);
    }

    [Fact]
    public async Task A_failed_step_is_an_incident_until_it_is_skipped()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "faulty", [Drawing.Fault("bad", "no such price"), Drawing.Line("after", "went on")]));
        var run = await trial.StartRun("faulty");

        var instance = await trial.Elsa($"/workflow-instances/{run}");
        Assert.Equal(("Finished", "Faulted", 1), ((string?)instance["status"], (string?)instance["subStatus"], (int)instance["incidentCount"]!));
        var incident = instance["workflowState"]!["incidents"]![0]!;
        Assert.Equal(("bad", "Workflow1:Sequence1:bad", "Elsa.Fault"), ((string?)incident["activityId"], (string?)incident["activityNodeId"], (string?)incident["activityType"]));
        Assert.Contains("no such price", (string?)incident["message"], StringComparison.Ordinal);
        Assert.Equal(1, (int)(await trial.Ask("/workflow-instances", new JsonObject { ["hasIncidents"] = true }))["totalCount"]!);

        await trial.Post($"/api/runs/{Guid.Parse(run):D}/incidents/{(string)incident["id"]!}/skip");

        Assert.Equal(0, (int)(await trial.Elsa($"/workflow-instances/{run}"))["incidentCount"]!);
        Assert.Equal(0, (int)(await trial.Ask("/workflow-instances", new JsonObject { ["hasIncidents"] = true }))["totalCount"]!);
    }

    [Fact]
    public async Task Cancelling_ends_a_run_and_doing_it_again_does_no_harm()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");

        Assert.Equal(HttpStatusCode.OK, (await trial.Status(HttpMethod.Post, $"/cancel/workflow-instances/{run}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await trial.Status(HttpMethod.Post, $"/cancel/workflow-instances/{run}")).Status);

        var instance = await trial.Elsa($"/workflow-instances/{run}");
        Assert.Equal(("Finished", "Cancelled"), ((string?)instance["status"], (string?)instance["subStatus"]));
        Assert.Empty(instance["workflowState"]!["bookmarks"]!.AsArray());
        Assert.Equal(0, (int)(await trial.Get("/api/tasks"))["total"]!);
    }

    [Fact]
    public async Task Only_a_run_that_has_ended_can_be_deleted_and_the_refusal_says_what_to_do()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var (run, other) = (await trial.StartRun("sale"), await trial.StartRun("sale"));

        using (var refused = await trial.Http.DeleteAsync($"{ElsaClient.Api}/workflow-instances/{run}"))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("Cancel it first", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await trial.Complete(run, "Lost");
        Assert.Equal(HttpStatusCode.NoContent, (await trial.Status(HttpMethod.Delete, $"/workflow-instances/{run}")).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await trial.Status(HttpMethod.Get, $"/workflow-instances/{run}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await trial.Status(HttpMethod.Delete, $"/workflow-instances/{run}")).Status);
        Assert.Equal([other], (await trial.Ask("/workflow-instances")).Ids());
        Assert.Equal(1, (int)(await trial.Get("/api/tasks"))["total"]!);
    }

    [Theory]
    [InlineData("GET", "/workflow-instances/ID")]
    [InlineData("GET", "/workflow-instances/ID/execution-state")]
    [InlineData("GET", "/workflow-instances/ID/variables")]
    [InlineData("GET", "/workflow-instances/ID/journal")]
    [InlineData("POST", "/workflow-instances/ID/journal")]
    [InlineData("GET", "/workflow-instances/ID/journal/qualify")]
    [InlineData("GET", "/workflow-instances/ID/export")]
    [InlineData("DELETE", "/workflow-instances/ID")]
    [InlineData("POST", "/cancel/workflow-instances/ID")]
    [InlineData("GET", "/activity-executions/list?workflowInstanceId=ID")]
    [InlineData("GET", "/activity-execution-summaries/list?workflowInstanceId=ID")]
    [InlineData("GET", "/activity-executions/count?workflowInstanceId=ID")]
    [InlineData("GET", "/activity-executions/by-id?id=ID-1")]
    [InlineData("GET", "/activity-executions/ID-1")]
    [InlineData("GET", "/activity-executions/ID-1/call-stack")]
    [InlineData("POST", "/tasks/ID-1/complete")]
    public async Task What_is_not_there_is_not_found(string method, string path)
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        foreach (var id in (string[])["01a20922916276b0a3d33be015aae18f", "01a20922-9162-76b0-a3d3-3be015aae18f", "nothing", "8929febea863a632"])
            Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), await trial.Status(new HttpMethod(method), path.Replace("ID", id, StringComparison.Ordinal)));
    }

    private static async Task<string> Correlated(TrialServer trial, string correlationId)
    {
        var (_, answer) = await trial.Post("/api/runs", new JsonObject { ["playbook"] = "sale", ["correlationId"] = correlationId });
        return Guid.Parse((string)answer["id"]!).ToString("N");
    }
}
