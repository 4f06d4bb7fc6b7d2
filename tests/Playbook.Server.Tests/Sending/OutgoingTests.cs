using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Sales.Sending;
using Playbook.Server.Sending;
using Playbook.Server.Tests.Trial;
using Playbook.Server.Workers;

namespace Playbook.Server.Tests.Sending;

/// <summary>What becomes of messages when channels fail, through a real server on a clock moved by hand.</summary>
public sealed class OutgoingTests
{
    private static readonly ChannelDescription Email = new("email", "E-mail", "Told what to do.") { AddressFact = "email" };
    private static readonly ChannelDescription Sms = new("sms", "SMS", "Told what to do.") { AddressFact = "phone" };

    private readonly ToldChannel _email = new();
    private readonly ToldChannel _sms = new();

    [Fact]
    public async Task A_channel_that_fails_is_tried_again_more_and_more_rarely_with_the_same_key_until_it_goes()
    {
        await using var trial = await Start(Mail());
        _email.Answer = ToldChannel.Refuse;
        var run = await trial.Run("mail", (await trial.Contact()).Id);
        await trial.Settle();
        Assert.Single(_email.Asked);
        Assert.Equal("connection refused", (string?)(await trial.Get($"/api/runs/{run}"))["messages"]![0]!["reason"]);

        await Pass(trial, TimeSpan.FromMinutes(1));
        Assert.InRange(_email.Asked.Count, 3, 6);
        _email.Answer = ToldChannel.Accept;
        await Pass(trial, TimeSpan.FromMinutes(10));

        Assert.Single(_email.Asked.Distinct());
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
        Assert.Equal(0, (int)(await trial.Get("/health"))["outbox"]!);
    }

    [Fact]
    public async Task A_provider_that_asks_for_time_gets_it_and_that_is_no_fault()
    {
        await using var trial = await Start(Mail());
        var refusals = 40;
        _email.Answer = (message, token) => refusals-- > 0 ? new(new SendResult.TryLater(TimeSpan.FromMinutes(30), "429 too many")) : ToldChannel.Accept(message, token);
        var run = await trial.Run("mail", (await trial.Contact()).Id);
        await trial.Settle();
        await Pass(trial, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(29));
        Assert.Single(_email.Asked);
        await Pass(trial, TimeSpan.FromMinutes(2));
        Assert.Equal(2, _email.Asked.Count);

        await Pass(trial, TimeSpan.FromHours(30), TimeSpan.FromMinutes(10));
        Assert.Equal(41, _email.Asked.Count);
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
    }

    [Fact]
    public async Task A_provider_that_asks_for_time_for_days_becomes_an_incident()
    {
        await using var trial = await Start(Mail());
        _email.Answer = (_, _) => new(new SendResult.TryLater(TimeSpan.FromHours(3), "429 too many"));
        var run = await trial.Run("mail", (await trial.Contact()).Id);
        await trial.Settle();
        await Pass(trial, TimeSpan.FromDays(5), TimeSpan.FromHours(2));
        Assert.Equal("suspended", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
        await Pass(trial, TimeSpan.FromDays(2), TimeSpan.FromHours(2));

        Assert.Contains("429 too many", (string?)(await Incident(trial, run))["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_channel_refuses_for_good_is_not_tried_again()
    {
        await using var trial = await Start(Mail());
        _email.Answer = (_, _) => new(new SendResult.Refused("There is no such address."));
        var run = await trial.Run("mail", (await trial.Contact()).Id);
        await trial.Settle();
        await Pass(trial, TimeSpan.FromHours(2));

        Assert.Single(_email.Asked);
        Assert.Contains("There is no such address.", (await trial.Get($"/api/runs/{run}/history")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_for_too_long_becomes_an_incident_with_cause_and_cure_and_a_retry_keeps_its_key()
    {
        await using var trial = await Start(Mail());
        var run = await Stuck(trial, "mail");
        var incident = await Incident(trial, run);
        Assert.Matches(@"^E-mail did not take the message in 15 attempts since 2026-03-02 09:00 UTC: connection refused\. Put that right, then try it again: .* nobody gets it twice", (string?)incident["message"]);
        Assert.Equal("faulted", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
        Assert.Equal("held", (string?)(await trial.Get($"/api/runs/{run}"))["messages"]![0]!["state"]);
        Assert.Equal((0, 1), ((int)(await trial.Get("/health"))["outbox"]!, (int)(await trial.Get("/health"))["held"]!));
        var asked = _email.Asked.Count;
        await Pass(trial, TimeSpan.FromDays(2), TimeSpan.FromHours(8));
        Assert.Equal(asked, _email.Asked.Count);

        _email.Answer = ToldChannel.Accept;
        await trial.Post($"/api/runs/{run}/incidents/{incident["id"]}/retry");
        await Pass(trial, TimeSpan.FromHours(1));
        Assert.Single(_email.Asked.Distinct());
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
        Assert.Equal(0, (int)(await trial.Get("/health"))["held"]!);
    }

    [Fact]
    public async Task Who_skips_it_lets_the_run_leave_through_failed()
    {
        await using var trial = await Start(Mail());
        var run = await Stuck(trial, "mail");
        await trial.Post($"/api/runs/{run}/incidents/{(await Incident(trial, run))["id"]}/skip");
        await Pass(trial, TimeSpan.FromDays(1), TimeSpan.FromHours(4));

        var detail = await trial.Get($"/api/runs/{run}");
        Assert.Equal(("finished", "withdrawn"), ((string?)detail["subStatus"], (string?)detail["messages"]![0]!["state"]));
        var left = (await trial.Get($"/api/runs/{run}/history")).ToJsonString();
        Assert.Contains("Failed", left, StringComparison.Ordinal);
        Assert.Equal(Retries.MostFaults, _email.Asked.Count);
    }

    [Fact]
    public async Task A_message_that_nobody_waits_for_becomes_an_incident_too_though_its_run_is_over()
    {
        await using var trial = await Start(Mail(waits: false));
        var run = await Stuck(trial, "mail");
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
        Assert.Equal(1, (int)(await trial.Get("/api/runs?incidents=true"))["total"]!);

        _email.Answer = ToldChannel.Accept;
        await trial.Post($"/api/runs/{run}/incidents/{(await Incident(trial, run))["id"]}/retry");
        await Pass(trial, TimeSpan.FromHours(1));
        Assert.Single(_email.Asked.Distinct());
        Assert.Equal("done", (string?)(await trial.Get($"/api/runs/{run}"))["messages"]![0]!["state"]);
        Assert.Equal(0, (int)(await trial.Get("/api/runs?incidents=true"))["total"]!);
    }

    [Fact]
    public async Task A_mailbox_that_refused_many_is_taken_up_again_for_all_at_once()
    {
        await using var trial = await Start(folder =>
        {
            Mail()(folder);
            Drawing.Write(folder, "text", [Drawing.Message("sms", "hello", "sms")], ("hello.sbn", "Hi"));
        });
        _email.Answer = _sms.Answer = ToldChannel.Refuse;
        var contact = await trial.Contact();
        for (var i = 0; i < 30; i++)
            await trial.Run("mail", contact.Id);
        await trial.Run("text", contact.Id);
        await UntilHeld(trial, 31);
        var held = await trial.Get("/api/outbox?channel=email&take=10");
        Assert.Equal((30, 10), ((int)held["total"]!, held["items"]!.AsArray().Count));
        Assert.Contains("connection refused", (string?)held["items"]![0]!["reason"], StringComparison.Ordinal);

        _email.Answer = ToldChannel.Accept;
        var (_, answer) = await trial.Post("/api/outbox/retry", new JsonObject { ["channel"] = "email" });
        Assert.Equal(30, (int)answer["released"]!);
        await Pass(trial, TimeSpan.FromHours(1));
        Assert.Equal(30, (int)(await trial.Get("/api/runs?subStatus=Finished"))["total"]!);
        Assert.Equal(30, _email.Asked.Distinct().Count());
        Assert.Equal(1, (int)(await trial.Get("/api/outbox"))["total"]!);
    }

    [Fact]
    public async Task A_channel_that_is_down_rests_and_keeps_no_other_waiting()
    {
        await using var trial = await Start(folder =>
        {
            Mail()(folder);
            Drawing.Write(folder, "text", [Drawing.Message("sms", "hello", "sms")], ("hello.sbn", "Hi"));
        });
        _email.Answer = ToldChannel.Refuse;
        var contact = await trial.Contact();
        for (var i = 0; i < 60; i++)
            await trial.Run("mail", contact.Id);
        await trial.Run("text", contact.Id);
        await trial.Settle();

        Assert.Single(_sms.Asked);
        // Those under way when it became known may fail as well, but nothing after them.
        Assert.InRange(_email.Asked.Count, 10, 10 + new SendingLimits().SideBySide);
        var state = (await trial.Get("/health"))["channels"]!.AsArray().Single(channel => (string?)channel!["channel"] == "email")!;
        Assert.StartsWith("E-mail: resting until 09:00 UTC after 1", (string?)state["text"], StringComparison.Ordinal);
        Assert.Contains("connection refused", (string?)state["text"], StringComparison.Ordinal);

        _email.Answer = ToldChannel.Accept;
        await Pass(trial, TimeSpan.FromMinutes(5));
        Assert.Equal(61, (int)(await trial.Get("/api/runs?subStatus=Finished"))["total"]!);
    }

    [Fact]
    public async Task A_channel_gets_no_more_side_by_side_and_no_more_a_minute_than_it_may()
    {
        await using var trial = await Start(Mail(), channel => channel == "email" ? new SendingLimits { SideBySide = 3, PerMinute = 60 } : new SendingLimits());
        _email.Answer = async (message, token) =>
        {
            await Task.Yield();
            return await ToldChannel.Accept(message, token);
        };
        var contact = await trial.Contact();
        for (var i = 0; i < 40; i++)
            await trial.Run("mail", contact.Id);
        await trial.Settle();
        Assert.Single(_email.Asked);
        await Pass(trial, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1));
        Assert.Equal(21, _email.Asked.Count);
        await Pass(trial, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1));
        Assert.Equal(40, _email.Asked.Distinct().Count());
        Assert.InRange(_email.Most, 1, 3);
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_only_its_own_messages_and_the_server_ends_all_the_same()
    {
        var trial = await Start(folder =>
        {
            Mail()(folder);
            Drawing.Write(folder, "text", [Drawing.Message("sms", "hello", "sms")], ("hello.sbn", "Hi"));
        });
        try
        {
            _email.Answer = ToldChannel.Hang;
            var contact = await trial.Contact();
            for (var i = 0; i < 20; i++)
                await trial.Run("mail", contact.Id);
            await trial.Run("text", contact.Id);
            while (_sms.Asked.IsEmpty || _email.Asked.Count < new SendingLimits().SideBySide)
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.Equal(new SendingLimits().SideBySide, _email.Asked.Count);

            var began = TimeProvider.System.GetTimestamp();
            await trial.Stop();
            Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(29));

            // What was told to stop is taken up again at the next start, and goes once.
            _email.Answer = ToldChannel.Accept;
            await trial.StartAgain();
            await trial.Settle();
            Assert.Equal(21, (int)(await trial.Get("/api/runs?subStatus=Finished"))["total"]!);
            Assert.Equal(20, _email.Asked.Distinct().Count());
        }
        finally
        {
            await trial.DisposeAsync();
        }
    }

    private static Action<string> Mail(bool waits = true) => folder => Drawing.Write(folder, "mail", [Drawing.Message("mail", "hello", waits: waits)], ("hello.sbn", "Subject: Hi\n\nHi."));

    private Task<TrialServer> Start(Action<string> draw, Func<string, SendingLimits>? limits = null) =>
        TrialServer.Start(new TrialServer { MoreChannels = new Dictionary<ChannelDescription, IChannel> { [Email] = _email, [Sms] = _sms }, Limits = limits, Policy = SendingSettings.WithoutLimits }, draw);

    /// <summary>A run whose message failed until it was given up.</summary>
    private async Task<string> Stuck(TrialServer trial, string playbook)
    {
        _email.Answer = ToldChannel.Refuse;
        var run = await trial.Run(playbook, (await trial.Contact()).Id);
        await UntilHeld(trial, 1);
        return run;
    }

    private static async Task UntilHeld(TrialServer trial, int count)
    {
        await trial.Settle();
        for (var tries = 0; (int)(await trial.Get("/health"))["held"]! < count; tries++)
        {
            Assert.True(tries < 200, "It is tried for ever.");
            await Pass(trial, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15));
        }
    }

    private static async Task<JsonNode> Incident(TrialServer trial, string run) =>
        (await trial.Get($"/api/runs/{run}"))["incidents"]!.AsArray().Single(incident => !(bool)incident!["resolved"]!)!;

    /// <summary>Lets time pass in steps, thirty where nothing else is said, with all done that can be done at each.</summary>
    private static async Task Pass(TrialServer trial, TimeSpan time, TimeSpan? step = null)
    {
        step ??= time / 30;
        var until = trial.Clock.GetUtcNow() + time;
        while (trial.Clock.GetUtcNow() < until)
        {
            trial.Clock.MoveTo(trial.Clock.GetUtcNow() + step.Value);
            await trial.Settle();
        }
    }
}
