using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Sales.Queue;
using Playbook.Server.Pages.Today;
using Playbook.Server.Queue;
using Playbook.Server.Tests.Trial;
using Playbook.Server.Workers;
using Playbook.Storage.Queue;

namespace Playbook.Server.Tests.Queue;

/// <summary>What a rep promises is kept, comes first when its time has come, and is seen to be kept or broken.</summary>
public sealed class PromiseTests
{
    [Fact]
    public async Task A_call_back_that_was_agreed_is_an_open_promise_and_the_next_thing_done_for_them_keeps_it()
    {
        await using var trial = await TrialServer.Start(CallBacks);
        var contact = await trial.Contact();
        await trial.Run("calls", contact.Id);
        var at = TrialServer.Begin.AddHours(3);

        await Complete(trial, "Call back", new() { ["call_back_at"] = at.ToString("O") });
        var promise = Assert.Single(Book(trial).Of(contact.Id));
        Assert.Equal(("Call back", at, "Ada", PromiseState.Open), (promise.Text, promise.At, promise.By, promise.StateAt(TrialServer.Begin)));

        await Move(trial, TimeSpan.FromHours(3));
        await Complete(trial, "Talked", []);
        Assert.Equal(PromiseState.Kept, Assert.Single(Book(trial).Of(contact.Id)).StateAt(trial.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task What_is_done_long_before_its_time_does_not_keep_it_and_once_its_time_has_passed_it_is_broken()
    {
        await using var trial = await TrialServer.Start(CallBacks);
        var contact = await trial.Contact();
        await trial.Run("calls", contact.Id);
        await Complete(trial, "Call back", new() { ["call_back_at"] = TrialServer.Begin.AddHours(5).ToString("O") });

        await Move(trial, TimeSpan.FromHours(1));
        await Complete(trial, "Talked", []);
        Assert.Equal(PromiseState.Open, Book(trial).Of(contact.Id)[0].StateAt(trial.Clock.GetUtcNow()));

        await Move(trial, TimeSpan.FromHours(7));
        var broken = Book(trial).Of(contact.Id)[0];
        Assert.Equal(PromiseState.Broken, broken.StateAt(trial.Clock.GetUtcNow()));
        Assert.True(await Desk(trial).Settle(broken, isKept: true, "Ada"));
        Assert.False(await Desk(trial).Settle(broken, isKept: false, "Ada"));
        Assert.Equal(PromiseState.KeptLate, Book(trial).Of(contact.Id)[0].StateAt(trial.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task The_step_of_a_promise_waits_for_it_and_then_stands_before_all_planned_steps()
    {
        await using var trial = await TrialServer.Start(CallBacks);
        var first = await trial.Contact();
        var second = await trial.Contact();
        await trial.Run("calls", first.Id);
        await trial.Run("calls", second.Id);
        var promised = (await trial.Get("/api/tasks"))["items"]!.AsArray().Single(task => (string?)task!["subject"]!["id"] == second.Id.ToString())!["id"]!.GetValue<string>();
        Assert.Equal(2, (await Today(trial)).Today.Count);

        await Desk(trial).Make(promised, "the price by phone", TrialServer.Begin.AddHours(2), "Ada");
        var waiting = (await Today(trial)).All.Single(item => item.Task.Id == promised);
        Assert.Equal((QueueReason.NotYet, TrialServer.Begin.AddHours(2) - TaskQueue.BeforePromise), (waiting.Place.Why, waiting.Place.From));

        await Move(trial, TimeSpan.FromHours(2));
        var queue = (await Today(trial)).Today;
        Assert.Equal((promised, QueueReason.Promised), (queue[0].Task.Id, queue[0].Place.Why));
        Assert.Contains(trial.Server.Services.GetRequiredService<QueueBook>().Moves(promised), move => move is { Kind: TaskMoveKind.Promised, By: "Ada", Why: "the price by phone" });
    }

    private static void CallBacks(string folder) => Drawing.Write(folder, "calls",
    [
        Drawing.Step("call", ["Call back", "Talked"], null, [new JsonObject { ["name"] = "call_back_at", ["label"] = "When?", ["type"] = "datetime", ["requiredFor"] = new JsonArray("Call back") }]),
        Drawing.Step("again", ["Talked"]),
    ]);

    private static async Task Complete(TrialServer trial, string outcome, JsonObject fields)
    {
        var (status, answer) = await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new() { ["outcome"] = outcome, ["fields"] = fields, ["by"] = "Ada" });
        Assert.True(status == System.Net.HttpStatusCode.OK, answer.ToJsonString());
    }

    private static Task<TodayPlan> Today(TrialServer trial) => trial.Server.Services.GetRequiredService<TodayShelf>().Load(null, "Ada");

    private static PromiseBook Book(TrialServer trial) => trial.Server.Services.GetRequiredService<PromiseBook>();

    private static PromiseDesk Desk(TrialServer trial) => trial.Server.Services.GetRequiredService<PromiseDesk>();

    private static Task Move(TrialServer trial, TimeSpan time) => trial.Server.Services.GetRequiredService<TimeTravel>().MoveTo(TrialServer.Begin + time, CancellationToken.None);
}
