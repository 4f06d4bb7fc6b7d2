using Playbook.Abstractions;
using Playbook.Storage.Inbound;
using Playbook.Storage.Tests.Sending;

namespace Playbook.Storage.Tests.Inbound;

public sealed class EventInboxTests
{
    private static readonly DateTimeOffset At = LedgerDatabase.Now;

    private static readonly ChannelEvent[] Every =
    [
        new ChannelEvent.Replied("1", At, "Ja tak, ring på torsdag \"æøå\" 😀") { Subject = "Re: Hej", MessageKey = "k", ProviderId = "<p@x>", Address = "Anne@Nord.dk", MatchedBy = "References" },
        new ChannelEvent.AutoReplied("2", At, "Ferie", At.AddDays(3)), new ChannelEvent.AutoReplied("3", At, "", null),
        new ChannelEvent.Bounced("4", At, BounceKind.Hard, "550"), new ChannelEvent.Bounced("5", At, BounceKind.Soft, "452"), new ChannelEvent.Bounced("6", At, BounceKind.Policy, "5.7"),
        new ChannelEvent.Complained("7", At), new ChannelEvent.Unsubscribed("8", At, "STOP"), new ChannelEvent.Unsubscribed("9", At, "nej") { OnlyThisChannel = true },
        new ChannelEvent.Delivered("10", At), new ChannelEvent.Failed("11", At, "gave up"),
    ];

    [Fact]
    public async Task Every_kind_of_event_is_stored_as_it_came()
    {
        await using var database = new LedgerDatabase();
        foreach (var e in Every)
            Assert.True(await database.Store.Inbound.Take("email", e, At));

        Assert.Equal(Every, database.Store.Inbound.Waiting(At, 100).Select(inbound => inbound.Event));
    }

    [Fact]
    public async Task What_belongs_to_an_answer_is_stored_with_it()
    {
        await using var database = new LedgerDatabase();
        await database.Store.Inbound.Take("calendar", new ChannelEvent.Answered("1", At, "proposed") { Data = new Dictionary<string, object?> { ["start"] = "2026-03-10T10:00:00Z", ["minutes"] = 30L } }, At);

        var read = Assert.IsType<ChannelEvent.Answered>(Assert.Single(database.Store.Inbound.Waiting(At, 100)).Event);
        Assert.Equal(("proposed", "2026-03-10T10:00:00Z", "30"), (read.Answer, read.Data["start"], read.Data["minutes"]!.ToString()));
    }

    [Fact]
    public async Task An_event_is_stored_once_in_its_channel_and_survives_the_program()
    {
        await using var database = new LedgerDatabase();
        Assert.True(await database.Store.Inbound.Take("email", Every[0], At));
        Assert.False(await database.Store.Inbound.Take("email", Every[0] with { Address = "other@nord.dk" }, At.AddDays(1)));
        Assert.True(await database.Store.Inbound.Take("sms", Every[0], At));

        using var reader = database.Open();
        Assert.Equal(2, reader.ChannelEvents.Count());
        Assert.All(reader.ChannelEvents.ToList(), row => Assert.Equal((EventState.Waiting, "anne@nord.dk"), (row.State, row.Address)));
    }

    [Fact]
    public async Task What_failed_waits_for_its_time_and_what_is_closed_comes_no_more()
    {
        await using var database = new LedgerDatabase();
        var inbox = database.Store.Inbound;
        await inbox.Take("email", Every[0], At);
        var number = Assert.Single(inbox.Waiting(At, 10)).Number;
        await inbox.Defer(number, At.AddMinutes(5), "no luck");
        Assert.Empty(inbox.Waiting(At.AddMinutes(4), 10));
        Assert.Equal((1, "no luck"), (inbox.Get(number)!.Attempts, inbox.Get(number)!.Result));

        await inbox.Close(number, new EventOutcome(EventState.Unmatched, "Nobody."), At);

        Assert.Empty(inbox.Waiting(At.AddDays(1), 10));
        var contact = database.Contact();
        Assert.True(await inbox.TakeAgain(number, contact.Id, At));
        Assert.False(await inbox.TakeAgain(number, contact.Id, At));
        Assert.Equal(contact.Id, Assert.Single(inbox.Waiting(At, 10)).ContactId);
    }

    [Fact]
    public async Task A_mailbox_is_paused_until_the_incident_is_resolved()
    {
        await using var database = new LedgerDatabase();
        var inbox = database.Store.Inbound;
        var incident = new ChannelIncident { Id = Guid.CreateVersion7(At), Key = "p:1", Kind = ChannelIncidentKind.Paused, Channel = "email", Mailbox = "ida@sales.example", Text = "Too many complained.", At = At };
        Assert.True(await inbox.Report(incident));
        Assert.False(await inbox.Report(incident with { Id = Guid.CreateVersion7(At) }));

        Assert.Equal(incident, inbox.Pause("email", "Ida@sales.example"));
        Assert.Null(inbox.Pause("email", "bo@sales.example"));
        Assert.Null(inbox.Pause("sms", "ida@sales.example"));
        Assert.True(await inbox.Resolve(incident.Id, "Ida", At));
        Assert.Null(inbox.Pause("email", "ida@sales.example"));
        Assert.Empty(inbox.Incidents(withResolved: false));
        Assert.Single(inbox.Incidents(withResolved: true));
    }

    [Fact]
    public async Task Soft_bounces_are_counted_by_message_within_their_time_and_since_the_last_arrival()
    {
        await using var database = new LedgerDatabase();
        var inbox = database.Store.Inbound;
        await Soft(1, "m1", 1);
        await Soft(2, "m1", 1.1);
        await Soft(3, "m2", 2);
        await Soft(4, "m3", 3);
        Assert.Equal(3, inbox.SoftBounces("ANNE@nord.dk", At));
        Assert.Equal(2, inbox.SoftBounces("anne@nord.dk", At.AddDays(1.5)));

        await inbox.Take("email", new ChannelEvent.Replied("5", At.AddDays(2.5), "Hello") { Address = "anne@nord.dk" }, At);

        Assert.Equal(1, inbox.SoftBounces("anne@nord.dk", At));

        ValueTask<bool> Soft(int id, string message, double day) =>
            inbox.Take("email", new ChannelEvent.Bounced($"{id}", At.AddDays(day), BounceKind.Soft, "full") { MessageKey = message, Address = "anne@nord.dk" }, At);
    }
}
