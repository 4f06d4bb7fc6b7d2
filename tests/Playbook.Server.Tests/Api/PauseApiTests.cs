using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Tests.Trial;
using Playbook.Server.Workers;
using Playbook.Storage.Queue;
using Playbook.Storage.Runs;

namespace Playbook.Server.Tests.Api;

/// <summary>Runs are paused and go on through the API, one or many; a paused run's tasks are nobody's work meanwhile.</summary>
public sealed class PauseApiTests
{
    [Fact]
    public async Task A_paused_run_leaves_the_queue_answers_to_it_are_refused_in_words_and_it_comes_back()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var run = await trial.Run("outreach");
        var task = await trial.FirstTask();
        var work = trial.Server.Services.GetRequiredService<OpenWork>();
        Assert.Single(work.All());

        Assert.Equal(HttpStatusCode.OK, (await trial.Post($"/api/runs/{run}/pause", new() { ["reason"] = "They are on holiday" })).Status);
        Assert.Empty(work.All());
        Assert.Single(trial.Server.Services.GetRequiredService<RunQueries>().List(new RunFilter { Paused = true }, 0, 10), found => found.IsPaused);
        var (status, answer) = await trial.Post($"/api/tasks/{task}/complete", new() { ["outcome"] = "No answer" });
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("They are on holiday", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await trial.Post($"/api/runs/{run}/pause")).Status);

        await trial.Stop();
        await trial.StartAgain();
        Assert.Empty(trial.Server.Services.GetRequiredService<OpenWork>().All());
        Assert.Equal(HttpStatusCode.OK, (await trial.Post($"/api/runs/{run}/resume")).Status);
        Assert.Single(trial.Server.Services.GetRequiredService<OpenWork>().All());
        Assert.Empty(trial.Server.Services.GetRequiredService<RunQueries>().List(new RunFilter { Paused = true }, 0, 10));
        Assert.Equal(HttpStatusCode.OK, (await trial.Post($"/api/tasks/{task}/complete", new() { ["outcome"] = "No answer" })).Status);
    }

    [Fact]
    public async Task Many_are_paused_and_resumed_together_and_what_was_so_before_is_left_out()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var runs = new[] { await trial.Run("outreach"), await trial.Run("outreach"), await trial.Run("outreach") };
        await trial.Post($"/api/runs/{runs[0]}/pause");
        JsonObject Body() => new() { ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)run)]), ["reason"] = "Summer" };

        Assert.Equal(2, (await trial.Post("/api/runs/pause", Body())).Answer["runs"]!.AsArray().Count);
        Assert.Equal(3, (await trial.Post("/api/runs/resume", Body())).Answer["runs"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await trial.Post("/api/runs/pause", new() { ["runs"] = new JsonArray() })).Status);
    }

    [Fact]
    public async Task A_message_of_a_paused_run_waits_in_the_outbox_and_goes_once_when_it_goes_on()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var contact = await trial.Contact();
        var run = await trial.Run("outreach", contact.Id);
        // At night the mail waits for the morning.
        await Move(trial, TimeSpan.FromHours(14));
        await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new() { ["outcome"] = "No answer" });
        await trial.Post($"/api/runs/{run}/pause");
        await Move(trial, TimeSpan.FromHours(27));
        Assert.Empty(trial.Mails);

        await trial.Post($"/api/runs/{run}/resume");
        await Move(trial, TimeSpan.FromHours(27.1));
        Assert.Single(trial.Mails);
        await Move(trial, TimeSpan.FromHours(28));
        Assert.Single(trial.Mails);
    }

    [Fact]
    public async Task A_task_is_claimed_put_off_and_given_back_through_the_API()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Run("outreach");
        var task = await trial.FirstTask();

        Assert.Equal(HttpStatusCode.NoContent, (await trial.PostText($"/api/tasks/{task}/claim", "")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await trial.PostText($"/api/tasks/{task}/claim", "")).Status);
        Assert.NotNull(trial.Server.Services.GetRequiredService<RunTasks>().Get(task)!.Owner);
        Assert.Equal(HttpStatusCode.NoContent, (await trial.PostText($"/api/tasks/{task}/snooze", """{"until":"2026-03-03T09:00:00Z"}""")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await trial.PostText($"/api/tasks/{task}/snooze", """{"until":"2026-03-01T09:00:00Z"}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await trial.PostText($"/api/tasks/{task}/release", "")).Status);
        Assert.Null(trial.Server.Services.GetRequiredService<RunTasks>().Get(task)!.Owner);
    }

    private static Task Move(TrialServer trial, TimeSpan time) => trial.Server.Services.GetRequiredService<TimeTravel>().MoveTo(TrialServer.Begin + time, CancellationToken.None);
}
