using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Consent;
using Playbook.Sales.Contacts;
using Playbook.Sales.Sending;
using Playbook.Server.Tests.Trial;
using Playbook.Storage;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Tests.Inbound;

/// <summary>What follows from an event besides the run that hears of it: the same for every channel.</summary>
public sealed class ConsequenceTests
{
    private static readonly DateTimeOffset At = TrialServer.Begin.AddHours(1);

    [Theory]
    [InlineData("unsubscribed")]
    [InlineData("complained")]
    [InlineData("stop")]
    public async Task Whoever_wants_no_more_gets_nothing_more_from_any_run(string how)
    {
        await using var trial = await InboundTrial.Start();
        var contact = await trial.Server.Contact();
        var later = Guid.Parse(await trial.Server.Run("later", contact.Id));
        var (_, key) = await trial.Write(contact);
        ChannelEvent no = how switch
        {
            "complained" => new ChannelEvent.Complained("1", At),
            "stop" => new ChannelEvent.Replied("1", At, "Afmeld"),
            _ => new ChannelEvent.Unsubscribed("1", At, "remove me"),
        };

        await trial.Bring(no with { MessageKey = key });
        await trial.Server.Post("/api/events/go", []);
        await trial.Server.Settle();

        Assert.Single(trial.Mail.Sent);
        Assert.Contains("was not sent", await trial.History(later), StringComparison.Ordinal);
        var said = Assert.Single(trial.Store.Sending.Consents(contact.Id));
        Assert.Equal((ConsentAct.Objected, ConsentEntry.Everything, "email"), (said.Act, said.Scope, said.Channel));
        Assert.True((await Contact(trial, contact.Id)).DoNotContact);
        Assert.Contains(await Suppressions(trial), s => s.Kind == SuppressionKind.Contact && s.Scope == ConsentEntry.Everything);
        Assert.Contains(await Suppressions(trial), s => s.Key == SuppressionKey.OfAddress("ada@example.com"));
    }

    [Fact]
    public async Task A_wish_of_somebody_unknown_counts_for_their_address()
    {
        await using var trial = await InboundTrial.Start();

        await trial.Bring(new ChannelEvent.Unsubscribed("1", At, "STOP") { Address = "+45 33 44 55 66" }, "sms");

        Assert.Equal(SuppressionKey.OfAddress("+4533445566"), Assert.Single(await Suppressions(trial)).Key);
        Assert.Equal(1, trial.Inbox.Count(new EventFilter { State = EventState.Unmatched }));
    }

    [Fact]
    public async Task A_wish_in_free_words_is_read_by_a_person_before_it_is_one()
    {
        await using var trial = await InboundTrial.Start();
        var contact = await trial.Server.Contact();
        var (run, key) = await trial.Write(contact);

        await trial.Bring(new ChannelEvent.Replied("1", At, "Not now. Please stop writing every week") { MessageKey = key });

        Assert.Contains("Perhaps they want no more: \"Please stop\"", await trial.History(run), StringComparison.Ordinal);
        Assert.False((await Contact(trial, contact.Id)).DoNotContact);
        var task = (await trial.Server.Get("/api/tasks"))["items"]![0]!;
        Assert.Equal("Does Ada Byron want no more?", (string)task["title"]!);
        Assert.Contains("Please stop writing every week", (string)(await trial.Server.Get($"/api/tasks/{task["id"]}"))["doneWhen"]!, StringComparison.Ordinal);

        await trial.Server.Post($"/api/tasks/{task["id"]}/complete", new JsonObject { ["outcome"] = "Never contact", ["by"] = "Ida" });

        Assert.True((await Contact(trial, contact.Id)).DoNotContact);
    }

    [Fact]
    public async Task A_hard_bounce_stops_the_address_and_asks_somebody_for_the_right_one()
    {
        await using var trial = await InboundTrial.Start();
        var contact = await trial.Server.Contact();
        var (_, key) = await trial.Write(contact);

        await trial.Bring(new ChannelEvent.Bounced("1", At, BounceKind.Hard, "550 no such user") { MessageKey = key });
        await trial.Bring(new ChannelEvent.Bounced("2", At, BounceKind.Hard, "550 no such user") { MessageKey = key });

        var stopped = Assert.Single(await Suppressions(trial));
        Assert.Equal((SuppressionKind.Address, "email"), (stopped.Kind, stopped.Scope));
        Assert.False((await Contact(trial, contact.Id)).DoNotContact);
        var task = Assert.Single((await trial.Server.Get("/api/tasks"))["items"]!.AsArray())!;
        Assert.Equal(("Find the right address of Ada Byron", "prospector"), ((string)task["title"]!, (string)task["role"]!));

        await trial.Server.Post($"/api/tasks/{task["id"]}/complete", new JsonObject { ["outcome"] = "Found", ["by"] = "Ida", ["fields"] = new JsonObject { ["new_email"] = "ada.byron@example.com" } });

        Assert.Equal("ada.byron@example.com", (await Contact(trial, contact.Id)).Email);
    }

    [Fact]
    public async Task The_third_soft_bounce_in_two_weeks_counts_as_hard()
    {
        await using var trial = await InboundTrial.Start();
        var contact = await trial.Server.Contact();
        for (var i = 1; i <= 3; i++)
        {
            var (run, key) = await trial.Write(contact);
            await trial.Bring(Soft($"{i}", key));
            await trial.Bring(Soft($"{i}-again", key));
            Assert.Equal(i == 3, (await trial.History(run)).Contains("went through Bounced", StringComparison.Ordinal));
        }

        Assert.Single(await Suppressions(trial));
    }

    [Fact]
    public async Task Soft_bounces_from_before_something_arrived_have_no_weight()
    {
        await using var trial = await InboundTrial.Start();
        var contact = await trial.Server.Contact();
        for (var i = 1; i <= 2; i++)
            await trial.Bring(Soft($"{i}", (await trial.Write(contact)).Key));
        await trial.Bring(new ChannelEvent.Delivered("3", At) { Address = "ada@example.com" });

        await trial.Bring(Soft("4", (await trial.Write(contact)).Key, At.AddMinutes(1)));

        Assert.Empty(await Suppressions(trial));
    }

    [Fact]
    public async Task A_message_turned_away_by_policy_is_the_operator_s_matter_and_not_the_contact_s()
    {
        await using var trial = await InboundTrial.Start();
        var contact = await trial.Server.Contact();
        var (_, key) = await trial.Write(contact);

        await trial.Bring(new ChannelEvent.Bounced("1", At, BounceKind.Policy, "550 5.7.515 access denied") { MessageKey = key });

        var incident = Assert.Single((await trial.Server.Get("/api/channel-incidents")).AsArray())!;
        Assert.Equal("policyBounce", (string)incident["kind"]!);
        Assert.Contains("5.7.515", (string)incident["text"]!, StringComparison.Ordinal);
        Assert.Empty(await Suppressions(trial));
        Assert.Equal(0, (int)(await trial.Server.Get("/api/tasks"))["total"]!);
        await trial.Server.Post($"/api/channel-incidents/{incident["id"]}/resolve", new JsonObject { ["by"] = "Ida" });
        Assert.Empty((await trial.Server.Get("/api/channel-incidents")).AsArray());
    }

    [Fact]
    public async Task A_second_complaint_pauses_a_small_mailbox_until_the_operator_has_looked()
    {
        await using var trial = await InboundTrial.Start();
        var keys = new List<string>();
        for (var i = 0; i < 3; i++)
            keys.Add((await trial.Write(await trial.Server.Contact(c => c with { Email = $"c{i}@example.com" }))).Key);
        await trial.Bring(new ChannelEvent.Complained("1", At) { MessageKey = keys[0] });
        Assert.Null(trial.Inbox.Pause("email", null));
        await trial.Bring(new ChannelEvent.Complained("2", At) { MessageKey = keys[1] });
        Assert.NotNull(trial.Inbox.Pause("email", null));

        var held = Guid.Parse(await trial.Server.Run("letter", (await trial.Server.Contact(c => c with { Email = "late@example.com" })).Id));
        await trial.Server.Settle();
        Assert.Equal(3, trial.Mail.Sent.Count);
        Assert.Equal(RunSubStatus.Suspended, (await trial.Run(held)).SubStatus);

        var pause = (await trial.Server.Get("/api/channel-incidents")).AsArray().Single(i => (string)i!["kind"]! == "paused")!;
        await trial.Server.Post($"/api/channel-incidents/{pause["id"]}/resolve", []);
        await trial.Part<Playbook.Server.Workers.TimeTravel>().MoveTo(TrialServer.Begin.AddHours(2), CancellationToken.None);
        Assert.Equal(4, trial.Mail.Sent.Count);
    }

    private static ChannelEvent.Bounced Soft(string id, string key, DateTimeOffset? at = null) =>
        new(id, at ?? At, BounceKind.Soft, "452 mailbox full") { MessageKey = key, Address = "ada@example.com" };

    private static async Task<Contact> Contact(InboundTrial trial, Guid id)
    {
        await using var database = await trial.Part<IDbContextFactory<PlaybookDb>>().CreateDbContextAsync();
        return await database.Contacts.AsNoTracking().SingleAsync(c => c.Id == id);
    }

    private static async Task<List<Suppression>> Suppressions(InboundTrial trial)
    {
        await using var database = await trial.Part<IDbContextFactory<PlaybookDb>>().CreateDbContextAsync();
        return await database.Set<Suppression>().AsNoTracking().ToListAsync();
    }
}
