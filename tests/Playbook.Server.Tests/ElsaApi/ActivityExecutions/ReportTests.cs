using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.ActivityExecutions;

public sealed class ReportTests
{
    [Fact]
    public async Task The_report_that_Studio_asks_for_has_the_shape_that_a_real_Elsa_gives()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        await trial.Complete(run, "Won");

        var report = await Report(trial, run, "qualify", "setscore", "won", "lost");

        Recorded.HasShapeOf(Recorded.Response("POST-activity-executions-report.json"), report);
        Assert.Equal(["qualify", "setscore", "won"], report["stats"]!.AsArray().Select(stats => (string)stats!["activityId"]!));
        Assert.All(report["stats"]!.AsArray(), stats => Assert.Equal((1, 1, 0, false, false), Counts(stats!)));
    }

    [Fact]
    public async Task A_step_that_waits_is_blocked_and_not_complete()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");

        Assert.Equal((1, 0, 1, true, false), Counts((await Report(trial, run, "qualify"))["stats"]!.AsArray().Single()!));
    }

    [Fact]
    public async Task A_step_that_failed_is_red_until_it_was_tried_again_with_success_and_its_failures_are_counted()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "faulty", [Drawing.Fault("bad", "no such price"), Drawing.Line("after", "went on")]));
        var run = await trial.StartRun("faulty");
        async Task<JsonNode> Stats() => (await trial.Ask("/activity-executions/report", new JsonObject { ["workflowInstanceId"] = run, ["activityNodeIds"] = new JsonArray("Workflow1:Sequence1:bad") }))["stats"]![0]!;
        async Task Repair(string how)
        {
            var incident = (string)(await trial.Elsa($"/workflow-instances/{run}"))["workflowState"]!["incidents"]![0]!["id"]!;
            await trial.Post($"/api/runs/{Guid.Parse(run):D}/incidents/{incident}/{how}");
        }

        Assert.Equal((1, 0, 1, false, true), Counts(await Stats()));
        await Repair("retry");
        Assert.Equal((2, 1, 1, false, true), Counts(await Stats()));
        await Repair("skip");
        Assert.Equal((2, 2, 0, false, false), Counts(await Stats()));
        Assert.Equal(1, (int)(await Stats())["aggregateFaultCount"]!);
        Assert.Equal(2, (int)(await trial.Elsa($"/activity-executions/by-id?id={run}-0"))["aggregateFaultCount"]!);
    }

    [Fact]
    public async Task A_cancelled_run_leaves_nothing_that_looks_as_if_it_waited()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        await trial.Ask($"/cancel/workflow-instances/{run}");

        Assert.Equal((1, 1, 0, false, false), Counts((await Report(trial, run, "qualify"))["stats"]!.AsArray().Single()!));
        Assert.Equal("Canceled", (string?)(await trial.Elsa($"/activity-executions/by-id?id={run}-2"))["status"]);
    }

    [Fact]
    public async Task An_activity_is_found_by_the_node_id_in_its_document_and_by_its_path()
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            var step = Drawing.Line("line", "hello");
            Drawn.Flowchart(folder, "moved", [step], []);
            var file = Path.Combine(folder, "moved", "playbook.json");
            File.WriteAllText(file, File.ReadAllText(file).Replace("Workflow1:Flowchart1:line", "Workflow9:Old:line", StringComparison.Ordinal));
        });
        var run = await trial.StartRun("moved");

        foreach (var nodeId in (string[])["Workflow9:Old:line", "Workflow1:Flowchart1:line"])
        {
            var report = await trial.Ask("/activity-executions/report", new JsonObject { ["workflowInstanceId"] = run, ["activityNodeIds"] = new JsonArray(nodeId) });
            Assert.Equal(nodeId, (string?)report["stats"]!.AsArray().Single()!["activityNodeId"]);
        }
    }

    private static (int Started, int Completed, int Uncompleted, bool IsBlocked, bool IsFaulted) Counts(JsonNode stats) =>
        ((int)stats["startedCount"]!, (int)stats["completedCount"]!, (int)stats["uncompletedCount"]!, (bool)stats["isBlocked"]!, (bool)stats["isFaulted"]!);

    private static Task<JsonNode> Report(TrialServer trial, string run, params string[] activities) => trial.Ask("/activity-executions/report", new JsonObject
    {
        ["workflowInstanceId"] = run,
        ["activityNodeIds"] = new JsonArray([.. activities.Select(activity => (JsonNode)$"Workflow1:Flowchart1:{activity}")]),
    });
}
