using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Sales.Experiments;
using Playbook.Sales.Metrics;
using Playbook.Server.Pages.Measures;
using Playbook.Server.Pages.Measures.Experiments;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Tests.Pages.Measures;

public sealed class ExperimentDeskTests
{
    [Fact]
    public async Task An_experiment_is_read_from_what_happened_and_its_winner_becomes_the_next_draft()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "intro", [Experiment(), Drawing.Phone("call", ["Reached", "No answer"])]));
        var desk = trial.Server.Services.GetRequiredService<ExperimentDesk>();
        await desk.Plan(new ExperimentIntent("short-or-long", "long", Mark.Conversation, 0.1, 0.9, 0), "Ada");
        for (var one = 0; one < 60; one++)
            await Work(trial);
        await trial.Server.Services.GetRequiredService<ResultsDesk>().Refresh();

        var view = Assert.Single(await desk.All());
        Assert.Equal((60, "long", true), ((int)view.Assigned, view.Intent.Control, view.IsPlanned));
        Assert.Equal((ExperimentVerdict.Won, "short"), (view.Reading!.Verdict, view.Reading.Winner));

        var draft = await desk.Promote(view, "Ada");

        var definitions = trial.Server.Services.GetRequiredService<DefinitionStore>();
        var latest = (await definitions.Get("intro"))!;
        Assert.Equal((draft.Version, false, "Ada"), (latest.Version, latest.IsPublished, latest.CreatedBy));
        Assert.Contains("'short' won the experiment 'short-or-long'", latest.Reason, StringComparison.Ordinal);
        await definitions.Publish("intro", "it won", "Ada");
        var run = await trial.Run("intro", (await trial.Contact()).Id);
        Assert.Contains("\"short\"", (await trial.Get($"/api/runs/{run}/history")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_winner_nothing_is_promoted()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "intro", [Experiment(), Drawing.Phone("call", ["Reached", "No answer"])]));
        var desk = trial.Server.Services.GetRequiredService<ExperimentDesk>();

        var view = Assert.Single(await desk.All());

        Assert.Null(view.Reading);
        Assert.Contains("no winner yet", (await Assert.ThrowsAsync<DefinitionException>(() => desk.Promote(view, "Ada"))).Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever gets the short way is reached, whoever gets the long one is not.</summary>
    private static async Task Work(TrialServer trial)
    {
        var contact = (await trial.Contact()).Id;
        await trial.Run("intro", contact);
        var isShort = Sales.Activities.Experiment.Assign("short-or-long", contact.ToString(), ["short", "long"], [1, 1]) == "short";
        var (status, answer) = await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new JsonObject { ["outcome"] = isShort ? "Reached" : "No answer", ["by"] = "Ada" });
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
    }

    private static JsonObject Experiment() => new()
    {
        ["id"] = "try", ["name"] = "try", ["type"] = "Playbook.Experiment", ["version"] = 1,
        ["experimentName"] = Drawing.Literal("short-or-long"),
        ["variants"] = new JsonObject { ["typeName"] = "String[]", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = """["short","long"]""" } },
    };
}
