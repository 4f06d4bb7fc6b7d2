using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Tasks;

public sealed class TaskCompletionTests
{
    [Fact]
    public async Task Work_that_was_handed_out_is_completed_once_with_any_result()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "working", [Drawing.Work("price", "price it")]));
        var run = await trial.StartRun("working");
        await trial.Settle();
        var task = (string)(await trial.Elsa($"/workflow-instances/{run}"))["workflowState"]!["bookmarks"]![0]!["payload"]!["taskId"]!;

        var (status, _) = await trial.Post($"{ElsaClient.Api}/tasks/{task}/complete", new JsonObject { ["result"] = new JsonObject { ["price"] = 42 } });
        var (again, _) = await trial.Post($"{ElsaClient.Api}/tasks/{task}/complete", new JsonObject { ["result"] = 43 });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (status, again));
        var execution = (await trial.Elsa($"/activity-executions/list?workflowInstanceId={run}&activityNodeId=Workflow1:Sequence1:price"))["items"]![0]!;
        Assert.Equal(42, (int)execution["outputs"]!["Result"]!["price"]!);
    }

    [Fact]
    public async Task A_persons_task_is_completed_with_its_outcome_alone_or_with_fields()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.StartRun("outreach");
        var (first, _) = await trial.Post($"{ElsaClient.Api}/tasks/{await trial.FirstTask()}/complete", new JsonObject { ["result"] = "No answer" });
        await trial.StartRun("outreach");
        var task = await trial.FirstTask();

        var (wrong, problem) = await trial.Post($"{ElsaClient.Api}/tasks/{task}/complete", new JsonObject { ["result"] = new JsonObject { ["outcome"] = "Interested" } });
        var (right, _) = await trial.Post($"{ElsaClient.Api}/tasks/{task}/complete", new JsonObject
        {
            ["result"] = new JsonObject { ["outcome"] = "Interested", ["fields"] = new JsonObject { ["pain"] = "too few leads" }, ["by"] = "Bo" },
        });
        var (again, _) = await trial.Post($"{ElsaClient.Api}/tasks/{task}/complete", new JsonObject { ["result"] = "Interested" });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, HttpStatusCode.Conflict), (first, wrong, right, again));
        Assert.Equal(["pain"], problem["errors"]!.AsObject().Select(error => error.Key));
    }
}
