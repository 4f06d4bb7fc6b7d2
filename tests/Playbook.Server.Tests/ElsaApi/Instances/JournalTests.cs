using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Instances;

public sealed class JournalTests
{
    [Fact]
    public async Task The_journal_that_Studio_asks_for_has_the_shape_that_a_real_Elsa_gives()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        await trial.Complete(run, "Won");

        var journal = await trial.Ask($"/workflow-instances/{run}/journal?skip=0&take=110", new JsonObject
        {
            ["filter"] = new JsonObject
            {
                ["activityIds"] = null,
                ["activityNodeIds"] = new JsonArray("Workflow1:Flowchart1:qualify", "Workflow1:Flowchart1:setscore", "Workflow1:Flowchart1:won", "Workflow1:Flowchart1:lost"),
                ["excludedActivityTypes"] = new JsonArray("Elsa.Workflow", "Elsa.Flowchart"),
                ["eventNames"] = null,
            },
        });

        Recorded.HasShapeOf(Recorded.Response("POST-workflow-instances-id-journal.json"), journal);
        Assert.Equal(
            ["qualify Started", "qualify Suspended", "qualify Resumed", "qualify Completed", "setscore Started", "setscore Completed", "won Started", "won LineWritten", "won Completed"],
            Told(journal));
        Assert.All(journal["items"]!.AsArray(), line => Assert.Equal($"{run}-1", (string?)line!["parentActivityInstanceId"]));
        Assert.Equal("Bo completed a task: Won.", (string?)journal["items"]![2]!["message"]);
    }

    [Fact]
    public async Task The_whole_journal_begins_and_ends_with_the_run_itself_and_counts_its_lines()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        await trial.Complete(run, "Lost");

        var journal = await trial.Elsa($"/workflow-instances/{run}/journal");

        var told = Told(journal).ToList();
        Assert.Equal(("Workflow1 Started", "Flowchart1 Started"), (told[0], told[1]));
        Assert.Equal(("Flowchart1 Completed", "Workflow1 Completed"), (told[^2], told[^1]));
        Assert.Equal(Enumerable.Range(0, told.Count), journal["items"]!.AsArray().Select(line => (int)line!["sequence"]!));
        Assert.Equal(told.Count, journal["items"]!.AsArray().Select(line => (string)line!["id"]!).Distinct().Count());
    }

    [Fact]
    public async Task The_journal_is_filtered_and_cut_into_pages_and_the_count_is_of_all_that_match()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        await trial.Complete(run, "Lost");

        Assert.Equal(["lost Started", "lost LineWritten", "lost Completed"], Told(await Filtered(trial, run, "activityIds", "lost")));
        Assert.Equal(["Flowchart1 Completed", "Workflow1 Completed", "lost Completed", "qualify Completed"], Told(await Filtered(trial, run, "eventNames", "Completed")).Order(StringComparer.Ordinal));
        Assert.Empty(Told(await Filtered(trial, run, "activityIds")));
        var page = await trial.Elsa($"/workflow-instances/{run}/journal?skip=1&take=2");
        Assert.Equal(["Flowchart1 Started", "qualify Started"], Told(page));
        Assert.Equal(11, (int)page["totalCount"]!);
        Assert.Equal("Completed", (string?)(await trial.Elsa($"/workflow-instances/{run}/journal/lost"))["eventName"]);
    }

    [Fact]
    public async Task A_failure_and_who_cancelled_are_told()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "faulty", [Drawing.Fault("bad", "no such price")]));
        var run = await trial.StartRun("faulty");
        await trial.Ask($"/cancel/workflow-instances/{run}");

        var faults = await Filtered(trial, run, "eventNames", "Faulted");

        Assert.Contains("no such price", (string?)Assert.Single(faults["items"]!.AsArray())!["message"], StringComparison.Ordinal);
        Assert.Equal("Workflow1 Canceled", Told(await trial.Elsa($"/workflow-instances/{run}/journal")).Last());
    }

    private static Task<JsonNode> Filtered(TrialServer trial, string run, string filter, params string[] values) =>
        trial.Ask($"/workflow-instances/{run}/journal", new JsonObject { ["filter"] = new JsonObject { [filter] = new JsonArray([.. values.Select(value => (JsonNode)value)]) } });

    private static IEnumerable<string> Told(JsonNode journal) => journal["items"]!.AsArray().Select(line => $"{line!["activityId"]} {line["eventName"]}");
}
