using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Pages.Today;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Runs;

namespace Playbook.Server.Tests.Plugins;

/// <content>The button on the step of a call: one press, and what the provider tells of it stands beside it.</content>
public sealed partial class ShippedJourneyTests
{
    [Fact]
    public async Task The_button_is_there_once_a_provider_is_set_up_and_tells_how_its_call_goes()
    {
        await using var twilio = await LoopbackTwilio.Start();
        await using var trial = await Start(Call);
        await trial.Run("call", (await trial.Contact(one => Texted(one) with { OwnerId = Rep })).Id);
        var (id, desk) = (await trial.FirstTask(), Desk(trial));
        var task = trial.Server.Services.GetRequiredService<RunTasks>().Get(id)!;
        Assert.False(await desk.CanCall(task));
        await Phone(trial, twilio);
        Assert.True(await desk.CanCall(task));
        Assert.Null(desk.Look(id));

        Assert.Equal(new CallState(CallStage.Calling, null), await desk.Call(id, null));
        var seen = new List<CallStage>();
        foreach (var status in (string[])["ringing", "in-progress", "completed"])
        {
            using var told = await Report(trial, id, status);
            Assert.Equal(HttpStatusCode.OK, told.StatusCode);
            await trial.Settle();
            seen.Add(desk.Look(id)!.Stage);
            // Whoever presses again in the middle of it is told how it goes, and nobody is rung a second time.
            Assert.Equal(seen[^1], (await desk.Call(id, null)).Stage);
        }

        Assert.Equal([CallStage.Ringing, CallStage.Answered, CallStage.Ended], seen);
        Assert.Single(twilio.Taken);
    }

    [Theory]
    [InlineData("busy", "The call ended: busy.")]
    [InlineData("no-answer", "The call ended: no answer.")]
    [InlineData("failed", "The call could not be put through")]
    public async Task The_button_says_why_a_call_did_not_come_about(string status, string said)
    {
        await using var twilio = await LoopbackTwilio.Start();
        await using var trial = await Start(Call);
        await Phone(trial, twilio);
        await trial.Run("call", (await trial.Contact(one => Texted(one) with { OwnerId = Rep })).Id);
        var (id, desk) = (await trial.FirstTask(), Desk(trial));
        await desk.Call(id, null);
        using var forged = await Report(trial, id, status, token: "another");
        await trial.Settle();
        Assert.Equal((HttpStatusCode.Unauthorized, CallStage.Calling), (forged.StatusCode, desk.Look(id)!.Stage));

        using var told = await Report(trial, id, status);
        await trial.Settle();

        var state = desk.Look(id)!;
        Assert.Equal(CallStage.Failed, state.Stage);
        Assert.StartsWith(said, state.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_button_says_what_the_policy_forbids_and_that_the_provider_is_away()
    {
        var twilio = await LoopbackTwilio.Start();
        await using var trial = await Start(Call);
        await Phone(trial, twilio);
        var desk = Desk(trial);
        await trial.Run("call", (await trial.Contact(one => Texted(one) with { OwnerId = Rep, DoNotContact = true })).Id);
        var forbidden = await trial.FirstTask();
        var no = await desk.Call(forbidden, null);
        Assert.Equal(CallStage.Failed, no.Stage);
        Assert.False(string.IsNullOrWhiteSpace(no.Why));
        Assert.Empty(twilio.Taken);

        var run = await trial.Run("call", (await trial.Contact(one => Texted(one) with { OwnerId = Rep, Phone = "+4520123499" })).Id);
        var allowed = (string)(await trial.Get($"/api/runs/{run}"))["waitsFor"]!.AsArray().First(wait => (string?)wait!["kind"] == "Task")!["id"]!;
        await twilio.DisposeAsync();
        var away = await desk.Call(allowed, null);
        Assert.Equal(CallStage.Failed, away.Stage);
        Assert.Contains("press again", away.Why, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", away.Why, StringComparison.Ordinal);
    }

    private static CallDesk Desk(TrialServer trial) => trial.Server.Services.GetRequiredService<CallDesk>();

    /// <summary>What the provider tells of the contact's leg of the call.</summary>
    private static Task<HttpResponseMessage> Report(TrialServer trial, string task, string status, string token = LoopbackTwilio.Token)
    {
        var key = Convert.ToBase64String(Encoding.UTF8.GetBytes(task)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return LoopbackTwilio.Tell(trial.Http, PublicUrl, $"/channels/phone/contact?k={key}", new Dictionary<string, string>
        {
            ["CallSid"] = "CA77", ["ParentCallSid"] = "CA1", ["CallStatus"] = status, ["To"] = "+4520123456", ["Timestamp"] = "Mon, 02 Mar 2026 09:00:00 +0000",
        }, token);
    }
}
