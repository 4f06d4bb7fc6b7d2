using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.ActivityExecutions;

public sealed class ExecutionTests
{
    private static readonly string[] Counts = ["activitiesVisitCount", "connectionVisitCount", "connectionLastVisitFollowed"];

    [Fact]
    public async Task What_Studio_asks_about_executions_has_the_shape_that_a_real_Elsa_gives()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        await trial.Complete(run, "Won");

        var root = await trial.Elsa($"/activity-executions/list?WorkflowInstanceId={run}&ActivityNodeId=Workflow1:Flowchart1");
        Recorded.HasShapeOf(Recorded.Response("GET-activity-executions-list.json"), root, Counts);
        var summaries = await trial.Elsa($"/activity-execution-summaries/list?WorkflowInstanceId={run}&ActivityNodeId=Workflow1:Flowchart1:qualify");
        Recorded.HasShapeOf(Recorded.Response("GET-activity-execution-summaries-list.json"), summaries);
        var byId = await trial.Elsa($"/activity-executions/by-id?id={Assert.Single(root.Ids())}");
        Recorded.HasShapeOf(Recorded.Response("GET-activity-executions-by-id.json"), byId, Counts);
        Assert.Equal(byId.ToJsonString(), (await trial.Elsa($"/activity-executions/{run}-1")).ToJsonString());
        Assert.Equal(1, (int)(await trial.Elsa($"/activity-executions/count?workflowInstanceId={run}&activityId=qualify"))["count"]!);
    }

    [Fact]
    public async Task A_step_that_a_person_did_says_who_and_with_what_outcome()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var run = await trial.StartRun("outreach");
        await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new JsonObject { ["outcome"] = "Interested", ["fields"] = new JsonObject { ["pain"] = "too few leads" }, ["by"] = "Bo" });

        var step = Assert.Single((await trial.Elsa($"/activity-executions/list?workflowInstanceId={run}&activityNodeId=Workflow1:Sequence1:call"))["items"]!.AsArray())!;

        Assert.Equal(("Interested", "Bo", "too few leads"), ((string?)step["outputs"]!["Outcome"], (string?)step["outputs"]!["By"], (string?)step["outputs"]!["Fields"]!["pain"]));
        Assert.Equal("Interested", (string?)step["payload"]!["Outcomes"]![0]);
        Assert.Equal(("prospector", "Do call"), ((string?)step["activityState"]!["Role"], (string?)step["activityState"]!["Title"]));
        Assert.Equal(("Completed", false), ((string?)step["status"], (bool)step["hasBookmarks"]!));
    }

    [Fact]
    public async Task The_run_as_a_whole_counts_as_an_activity_with_its_variables()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        await trial.Complete(run, "Won");

        var whole = Assert.Single((await trial.Elsa($"/activity-executions/list?workflowInstanceId={run}&activityNodeId=Workflow1"))["items"]!.AsArray())!;

        Assert.Equal(("Elsa.Workflow", "Completed", 10), ((string?)whole["activityType"], (string?)whole["status"], (int)whole["properties"]!["Variables"]!["v2"]!));
        Assert.NotNull(whole["completedAt"]);
    }

    [Fact]
    public async Task Activities_with_one_id_in_different_containers_are_told_apart()
    {
        await using var trial = await TrialServer.Start(Drawn.Loops);
        var run = await trial.StartRun("loops");

        var all = (await trial.Elsa($"/activity-executions/list?workflowInstanceId={run}"))["items"]!.AsArray();
        foreach (var loop in (string[])["one", "two"])
        {
            var bodies = all.Where(e => (string?)e!["activityNodeId"] == $"Workflow1:Flowchart1:{loop}:body").ToList();
            Assert.Equal(2, bodies.Count);
            Assert.All(bodies, body => Assert.Equal(loop, (string?)body!["schedulingActivityId"]));
            Assert.All(bodies, body => Assert.Equal([loop], body!["properties"]!["Lines"]!.AsArray().Select(line => (string)line!)));
        }
    }

    [Fact]
    public async Task A_flowchart_tells_which_connections_were_followed()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        await trial.Complete(run, "Won");

        var scope = (await trial.Elsa($"/activity-executions/by-id?id={run}-1"))["properties"]!["FlowScope"]!;

        Assert.Equal("""{"qualify":1,"setscore":1,"won":1}""", scope["activitiesVisitCount"]!.ToJsonString());
        Assert.Equal(
            [("qualify:Won->setscore:In", true), ("qualify:Lost->lost:In", false), ("setscore:Done->won:In", true)],
            scope["connectionLastVisitFollowed"]!.AsObject().Select(connection => (connection.Key, (bool)connection.Value!)));
    }

    [Fact]
    public async Task Executions_can_be_asked_for_by_whether_they_have_ended()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");

        Assert.Equal([$"{run}-0", $"{run}-1", $"{run}-2"], (await trial.Elsa($"/activity-executions/list?workflowInstanceId={run}&completed=false")).Ids());
        Assert.Empty((await trial.Elsa($"/activity-executions/list?workflowInstanceId={run}&completed=true")).Ids());
    }

    [Fact]
    public async Task The_call_stack_leads_from_the_run_that_waits_down_to_the_execution()
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            Drawn.Sale(folder);
            Drawing.Write(folder, "outer", [new JsonObject
            {
                ["id"] = "inner", ["name"] = "inner", ["type"] = "Elsa.DispatchWorkflow", ["version"] = 1,
                ["workflowDefinitionId"] = Drawing.Literal("sale"), ["waitForCompletion"] = Drawing.Literal("true", "Boolean"),
            }]);
        });
        var outer = await trial.StartRun("outer");
        await trial.Settle();
        var inner = Assert.Single((await trial.Elsa("/workflow-instances?definitionId=sale")).Ids());

        async Task Leads()
        {
            var stack = await trial.Elsa($"/activity-executions/{inner}-2/call-stack");
            Assert.Equal(["Workflow1", "Sequence1", "inner", "Workflow1", "Flowchart1", "qualify"], stack["items"]!.AsArray().Select(e => (string)e!["activityId"]!));
            Assert.Equal((6, $"{inner}-2", outer), ((int)stack["totalCount"]!, (string?)stack["activityExecutionId"], (string?)stack["items"]![0]!["workflowInstanceId"]));
            Assert.Equal(["Sequence1"], (await trial.Elsa($"/activity-executions/{inner}-2/call-stack?skip=1&take=1"))["items"]!.AsArray().Select(e => (string)e!["activityId"]!));
            Assert.Equal(3, (int)(await trial.Elsa($"/activity-executions/{inner}-2/call-stack?includeCrossWorkflowChain=false"))["totalCount"]!);
        }

        await Leads();
        await trial.Complete(inner, "Lost");
        await Leads();
    }
}
