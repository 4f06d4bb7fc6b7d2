using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Sending;
using Playbook.Server.Inbound;
using Playbook.Server.Tests.Trial;
using Playbook.Server.Workers;
using Playbook.Storage;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Tests.Inbound;

/// <summary>What comes in over a channel arrives once, at the right run, and takes the right branch.</summary>
public sealed class IncomingTests
{
    private static readonly DateTimeOffset At = TrialServer.Begin.AddHours(1);

    private static readonly (string Kind, string Branch, string Because)[] Branches =
    [
        ("replied", "went through Replied", "The contact answered by email: \"Yes, call me\"."),
        ("bounced", "went through Bounced", "The message came back: 550 5.1.1 no such user"),
        ("unsubscribed", "went through Unsubscribed", "The contact wants no more messages by email: \"remove\"."),
        ("stop", "went through Unsubscribed", "The contact wants no more messages by email: \"stop\"."),
        ("complained", "went through Complained", "The contact called a message spam by email."),
    ];

    private static ChannelEvent Of(string kind, string id = "1") => kind switch
    {
        "replied" => new ChannelEvent.Replied(id, At, "Yes, call me"),
        "stop" => new ChannelEvent.Replied(id, At, "STOP\n\n> Hi Ada"),
        "bounced" => new ChannelEvent.Bounced(id, At, BounceKind.Hard, "550 5.1.1 no such user"),
        "soft" => new ChannelEvent.Bounced(id, At, BounceKind.Soft, "452 4.2.2 mailbox full"),
        "policy" => new ChannelEvent.Bounced(id, At, BounceKind.Policy, "550 5.7.515 not authenticated"),
        "unsubscribed" => new ChannelEvent.Unsubscribed(id, At, "remove"),
        "complained" => new ChannelEvent.Complained(id, At),
        "away" => new ChannelEvent.AutoReplied(id, At, "I am on holiday", TrialServer.Begin.AddDays(10)),
        "delivered" => new ChannelEvent.Delivered(id, At),
        "failed" => new ChannelEvent.Failed(id, At, "The network gave up."),
        _ => new ChannelEvent.Answered(id, At, "accepted"),
    };

    [Fact]
    public async Task Each_kind_of_event_takes_its_own_branch()
    {
        await using var trial = await InboundTrial.Start();
        foreach (var (kind, branch, because) in Branches)
        {
            // A person each, and a mailbox each: complaints must not stop the next message.
            var (run, key) = await trial.Write(await trial.Server.Contact(c => c with { Email = $"{kind}@example.com" }));

            await trial.Bring(Of(kind, kind) with { MessageKey = key });

            Assert.Equal(RunSubStatus.Finished, (await trial.Run(run)).SubStatus);
            var history = await trial.History(run);
            Assert.Contains(branch, history, StringComparison.Ordinal);
            Assert.Contains(because, history, StringComparison.Ordinal);
            var handled = trial.Inbox.Get("email", kind)!;
            Assert.Equal((EventState.Handled, "message key", run), (handled.State, handled.MatchedBy, handled.RunId));
        }
    }

    [Fact]
    public async Task What_is_no_answer_leaves_the_run_waiting()
    {
        await using var trial = await InboundTrial.Start();
        var runs = new List<Guid>();
        foreach (var kind in (string[])["soft", "policy", "delivered", "failed", "answered"])
        {
            var (run, key) = await trial.Write(await trial.Server.Contact(c => c with { Email = $"{kind}@example.com" }));
            await trial.Bring(Of(kind, kind) with { MessageKey = key });
            Assert.Equal(RunSubStatus.Suspended, (await trial.Run(run)).SubStatus);
            runs.Add(run);
        }

        await trial.Part<TimeTravel>().MoveTo(TrialServer.Begin.AddDays(4), CancellationToken.None);

        foreach (var run in runs)
            Assert.Contains("went through No reply", await trial.History(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_automatic_answer_moves_the_time_limit_past_the_return()
    {
        await using var trial = await InboundTrial.Start();
        var (run, key) = await trial.Write(await trial.Server.Contact());

        await trial.Bring(Of("away") with { MessageKey = key });

        Assert.Contains("An automatic answer came by email; the contact is back on 2026-03-12", await trial.History(run), StringComparison.Ordinal);
        await trial.Part<TimeTravel>().MoveTo(TrialServer.Begin.AddDays(12), CancellationToken.None);
        Assert.Equal(RunSubStatus.Suspended, (await trial.Run(run)).SubStatus);
        await trial.Part<TimeTravel>().MoveTo(TrialServer.Begin.AddDays(14), CancellationToken.None);
        Assert.Contains("went through No reply", await trial.History(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_automatic_answer_ends_the_wait_where_the_designer_wants_it()
    {
        await using var trial = await InboundTrial.Start();
        var (run, key) = await trial.Write(await trial.Server.Contact(), "impatient");

        await trial.Bring(Of("away") with { MessageKey = key });

        Assert.Contains("went through Auto-reply", await trial.History(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_event_brought_twice_happens_once()
    {
        await using var trial = await InboundTrial.Start();
        foreach (var kind in (string[])["replied", "bounced", "unsubscribed", "away", "soft", "policy", "complained"])
        {
            var contact = await trial.Server.Contact(c => c with { Email = $"{kind}@example.com" });
            var (run, key) = await trial.Write(contact);
            await trial.Bring(Of(kind, kind) with { MessageKey = key });
            var before = await trial.Run(run);

            await trial.Bring(Of(kind, kind) with { MessageKey = key });

            Assert.Equal(before.Revision, (await trial.Run(run)).Revision);
            Assert.Single(trial.Store.Sending.TouchesOfContact(contact.Id), touch => touch.Direction == TouchDirection.In);
        }

        Assert.Equal(7, trial.Inbox.Count(new EventFilter()));
    }

    [Fact]
    public async Task What_comes_after_the_run_has_ended_is_kept_as_a_touch_and_harms_nothing()
    {
        await using var trial = await InboundTrial.Start();
        var contact = await trial.Server.Contact();
        var (run, key) = await trial.Write(contact);
        await trial.Bring(Of("replied") with { MessageKey = key });
        var ended = await trial.Run(run);

        foreach (var kind in (string[])["away", "bounced", "complained", "unsubscribed", "delivered", "failed", "answered"])
            await trial.Bring(Of(kind, kind) with { MessageKey = key });

        Assert.Equal(ended.Revision, (await trial.Run(run)).Revision);
        Assert.Equal(8, trial.Store.Sending.TouchesOfContact(contact.Id).Count(touch => touch.Direction == TouchDirection.In));
        Assert.Equal(0, trial.Inbox.Count(new EventFilter { State = EventState.Waiting }));
        Assert.Contains("No run waited for it", trial.Inbox.Get("email", "away")!.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_reaches_every_run_of_the_contact_that_waits()
    {
        await using var trial = await InboundTrial.Start();
        var contact = await trial.Server.Contact();
        var (one, _) = await trial.Write(contact);
        var (two, key) = await trial.Write(contact);
        var (stranger, _) = await trial.Write(await trial.Server.Contact(c => c with { Email = "bo@example.com" }));

        await trial.Bring(Of("replied") with { MessageKey = key });

        Assert.Equal(RunSubStatus.Finished, (await trial.Run(one)).SubStatus);
        Assert.Equal(RunSubStatus.Finished, (await trial.Run(two)).SubStatus);
        Assert.Equal(RunSubStatus.Suspended, (await trial.Run(stranger)).SubStatus);
    }

    [Fact]
    public async Task A_bounce_concerns_the_run_whose_message_it_is()
    {
        await using var trial = await InboundTrial.Start();
        var contact = await trial.Server.Contact();
        var (one, _) = await trial.Write(contact);
        var (two, key) = await trial.Write(contact);

        await trial.Bring(Of("bounced") with { MessageKey = key });

        Assert.Equal(RunSubStatus.Suspended, (await trial.Run(one)).SubStatus);
        Assert.Contains("went through Bounced", await trial.History(two), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_is_found_by_the_provider_s_id_where_its_key_is_not_known()
    {
        await using var trial = await InboundTrial.Start();
        var (run, key) = await trial.Write(await trial.Server.Contact());

        await trial.Bring(Of("replied") with { ProviderId = $"<{key}@trial>", MatchedBy = "References" });

        Assert.Contains("went through Replied", await trial.History(run), StringComparison.Ordinal);
        Assert.Equal("References", trial.Inbox.Get("email", "1")!.MatchedBy);
    }

    [Fact]
    public async Task An_address_alone_finds_the_contact_and_the_subject_decides_between_several()
    {
        await using var trial = await InboundTrial.Start();
        var shared = await trial.Server.Contact(c => c with { Email = "info@example.com" });
        var other = await trial.Server.Contact(c => c with { Email = "info@example.com", Name = "Bo Dahl", FirstName = "Bo" });
        var (run, _) = await trial.Write(shared);
        var (newest, _) = await trial.Write(other, "two-letters");

        await trial.Bring(new ChannelEvent.Replied("1", At, "Yes") { Address = "Info@Example.com", Subject = "SV: Re: hello" });

        Assert.Equal(RunSubStatus.Finished, (await trial.Run(run)).SubStatus);
        Assert.Equal(RunSubStatus.Suspended, (await trial.Run(newest)).SubStatus);
        Assert.Equal("address and subject", trial.Inbox.Get("email", "1")!.MatchedBy);
    }

    [Fact]
    public async Task What_matches_nobody_is_listed_until_somebody_says_whom_it_is_about()
    {
        await using var trial = await InboundTrial.Start();
        var contact = await trial.Server.Contact();
        var (run, _) = await trial.Write(contact);
        await trial.Bring(new ChannelEvent.Replied("1", At, "Yes, gladly") { Address = "ada.private@example.org" });
        await trial.Bring(new ChannelEvent.Replied("2", At, "Buy pills") { Address = "spam@example.org" });

        var unmatched = (await trial.Server.Get("/api/inbound?state=unmatched"))["items"]!.AsArray();
        Assert.Equal(["Buy pills", "Yes, gladly"], unmatched.Select(item => (string)item!["text"]!));
        var (put, _) = await trial.Server.Post($"/api/inbound/{unmatched[0]!["number"]}/dismiss", []);
        var (said, _) = await trial.Server.Post($"/api/inbound/{unmatched[1]!["number"]}/assign", new JsonObject { ["contactId"] = contact.Id.ToString() });
        await trial.Server.Settle();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (put, said));
        Assert.Contains("went through Replied", await trial.History(run), StringComparison.Ordinal);
        Assert.Equal(0, (int)(await trial.Server.Get("/api/inbound?state=unmatched"))["total"]!);
        Assert.Equal("a person", trial.Inbox.Get("email", "1")!.MatchedBy);
        var (again, _) = await trial.Server.Post($"/api/inbound/{unmatched[1]!["number"]}/assign", new JsonObject { ["contactId"] = contact.Id.ToString() });
        Assert.Equal(HttpStatusCode.Conflict, again);
    }

    [Fact]
    public async Task What_a_channel_brings_while_it_listens_arrives_after_faults_too()
    {
        var mail = new TrialChannel { Faults = 1 };
        await using var trial = await InboundTrial.Start(mail);
        var (run, key) = await trial.Write(await trial.Server.Contact());
        mail.Put(Of("replied") with { MessageKey = key });

        await Eventually(async () =>
        {
            // The pause after a fault is over by the trial's clock.
            trial.Server.Clock.MoveTo(trial.Server.Clock.GetUtcNow().AddSeconds(5));
            await trial.Server.Settle();
            return (await trial.Run(run)).SubStatus == RunSubStatus.Finished;
        });
        Assert.Equal(2, mail.Listened);
    }

    [Fact]
    public async Task An_event_without_an_id_is_refused_with_the_reason()
    {
        await using var trial = await InboundTrial.Start();

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => trial.Bring(new ChannelEvent.Complained("", At)));

        Assert.Contains("without an id", refused.Message, StringComparison.Ordinal);
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await holds())
                return;
            await Task.Delay(25);
        }

        Assert.Fail("It did not happen within five seconds.");
    }
}
