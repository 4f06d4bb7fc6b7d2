using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Tests.Trial;
using Playbook.Server.Workers;
using Playbook.Storage.Queue;

namespace Playbook.Server.Tests.Api;

/// <summary>A run is moved to another step through the API: it says before what that means, and does just that.</summary>
public sealed class MoveApiTests
{
    [Fact]
    public async Task A_moved_run_stands_at_its_new_step_and_nowhere_else_and_the_history_says_who_and_why()
    {
        await using var trial = await TrialServer.Start(Outreach);
        var run = await trial.Run("outreach", (await trial.Contact()).Id);
        // At night the mail waits for the morning.
        await Move(trial, TimeSpan.FromHours(14));
        await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new() { ["outcome"] = "No answer" });
        await trial.Settle();

        var plan = await trial.Get($"/api/runs/{run}/move");
        Assert.Null(plan["refusal"]);
        Assert.Equal(["call", "mail", "wait", "next"], plan["places"]!.AsArray().Select(place => (string)place!["name"]!));
        Assert.Equal(["mail"], plan["places"]!.AsArray().Where(place => (bool)place!["isHere"]!).Select(place => (string)place!["name"]!));
        Assert.Equal("A task for the prospector begins at once.", (string?)plan["places"]![3]!["begins"]);
        Assert.Equal(["The message of “mail”: it does not go out if it has not gone yet."], plan["givesUp"]!.AsArray().Select(line => (string)line!));

        var (status, answer) = await trial.Post($"/api/runs/{run}/move", new() { ["step"] = "next", ["reason"] = "They called us", ["revision"] = (long)plan["revision"]! });
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        var task = Assert.Single(answer["openTasks"]!.AsArray());
        Assert.Equal([(string)task!], trial.Server.Services.GetRequiredService<OpenWork>().All().Select(open => open.Id));
        var detail = await trial.Get($"/api/runs/{run}");
        Assert.Equal("next", (string?)Assert.Single(detail["waitsFor"]!.AsArray(), wait => (string?)wait!["kind"] == "Task")!["activityId"]);
        Assert.Equal("withdrawn", (string?)Assert.Single(detail["messages"]!.AsArray())!["state"]);
        var turn = (await trial.Get($"/api/runs/{run}/history")).AsArray()[^1]!;
        Assert.EndsWith("moved the run to 'next': They called us.", (string?)turn["because"], StringComparison.Ordinal);
        Assert.Contains("'mail' (SendMessage) was cancelled.", turn["happened"]!.AsArray().Select(line => (string)line!));
        var journal = (await trial.Get($"/elsa/api/workflow-instances/{run}/journal"))["items"]!.AsArray().Select(line => $"{line!["activityId"]} {line["eventName"]}").ToList();
        Assert.Contains("mail Canceled", journal);
        Assert.Equal("next Suspended", journal[^1]);

        await trial.Stop();
        await trial.StartAgain();
        await Move(trial, TimeSpan.FromHours(30));
        Assert.Empty(trial.Mails);
        Assert.Equal(HttpStatusCode.OK, (await trial.Post($"/api/tasks/{task}/complete", new() { ["outcome"] = "Done" })).Status);
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
    }

    [Fact]
    public async Task A_mail_that_a_step_left_on_its_way_is_taken_back_with_the_move()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Flow(
            folder, "quick", [Drawing.Message("mail", "hello", waits: false), Drawing.Step("call", ["Done"]), Drawing.Step("meet", ["Done"])], ["mail:Sent>call", "call>meet"], ("hello.en.sbn", Playbooks.Greeting)));
        await Move(trial, TimeSpan.FromHours(14));
        var run = await trial.Run("quick", (await trial.Contact()).Id);
        await trial.Settle();

        Assert.Contains("A message by email that “mail” wrote and that has not gone out.", (await trial.Get($"/api/runs/{run}/move"))["givesUp"]!.AsArray().Select(line => (string)line!));
        Assert.Equal(HttpStatusCode.OK, (await trial.Post($"/api/runs/{run}/move", new() { ["step"] = "meet", ["reason"] = "They called us" })).Status);
        await Move(trial, TimeSpan.FromHours(30));

        Assert.Empty(trial.Mails);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_words_and_changes_nothing()
    {
        await using var trial = await TrialServer.Start(Outreach);
        var run = await trial.Run("outreach", (await trial.Contact()).Id);
        async Task<string> Refused(HttpStatusCode expected, JsonObject body, string? of = null)
        {
            var (status, answer) = await trial.Post($"/api/runs/{of ?? run}/move", body);
            Assert.True(status == expected, answer.ToJsonString());
            return (string)answer["detail"]!;
        }

        Assert.Contains("Did you mean 'next'?", await Refused(HttpStatusCode.UnprocessableEntity, new() { ["step"] = "nex", ["reason"] = "x" }), StringComparison.Ordinal);
        Assert.Contains("only gathers branches", await Refused(HttpStatusCode.UnprocessableEntity, new() { ["step"] = "join", ["reason"] = "x" }), StringComparison.Ordinal);
        Assert.Contains("Say why", await Refused(HttpStatusCode.UnprocessableEntity, new() { ["step"] = "next" }), StringComparison.Ordinal);
        Assert.Contains("Name the step", await Refused(HttpStatusCode.UnprocessableEntity, new() { ["reason"] = "x" }), StringComparison.Ordinal);
        Assert.Contains("gone on meanwhile", await Refused(HttpStatusCode.Conflict, new() { ["step"] = "next", ["reason"] = "x", ["revision"] = 99 }), StringComparison.Ordinal);
        await Refused(HttpStatusCode.NotFound, new() { ["step"] = "next", ["reason"] = "x" }, Guid.CreateVersion7().ToString());
        await trial.Post($"/api/runs/{run}/pause");
        Assert.Contains("Resume it first", await Refused(HttpStatusCode.Conflict, new() { ["step"] = "next", ["reason"] = "x" }), StringComparison.Ordinal);
        Assert.Contains("Resume it first", (string)(await trial.Get($"/api/runs/{run}/move"))["refusal"]!, StringComparison.Ordinal);
        await trial.Post($"/api/runs/{run}/resume");
        Assert.Equal("call", (string?)(await trial.Get($"/api/runs/{run}"))["waitsFor"]![0]!["activityId"]);
        await trial.Post($"/api/runs/{run}/cancel");
        Assert.Contains("is over", await Refused(HttpStatusCode.Conflict, new() { ["step"] = "next", ["reason"] = "x" }), StringComparison.Ordinal);
    }

    private static void Outreach(string folder) => Drawing.Flow(
        folder, "outreach",
        [Drawing.Step("call", ["Interested", "No answer"]), Drawing.Message("mail", "hello"), Drawing.Reply("wait", "3.00:00:00"), Drawing.Join("join"), Drawing.Step("next", ["Done"])],
        ["call:No answer>mail", "mail:Sent>wait", "wait:Replied>join", "call:Interested>join", "join>next"],
        ("hello.en.sbn", Playbooks.Greeting));

    private static Task Move(TrialServer trial, TimeSpan time) => trial.Server.Services.GetRequiredService<TimeTravel>().MoveTo(TrialServer.Begin + time, CancellationToken.None);
}
