using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Consent;
using Playbook.Sales.Sending;
using Playbook.Storage.Sending;

namespace Playbook.Storage.Tests.Sending;

public sealed class SendingLedgerTests
{
    private static readonly DateTimeOffset Now = LedgerDatabase.Now;

    [Fact]
    public async Task A_touch_is_read_back_as_it_was_written_by_the_ledger_and_by_EF()
    {
        await using var database = new LedgerDatabase();
        var touch = Full();
        Assert.True(await database.Store.Sending.Record(touch));

        Assert.Equal(touch, Assert.Single(database.Store.Sending.TouchesOfMessage("m-1")));
        Assert.Equal(touch, Assert.Single(database.Store.Sending.TouchesOfProvider("<1@us>")));
        Assert.Equal(touch, Assert.Single(database.Store.Sending.TouchesOfContact(touch.ContactId!.Value)));
        await using var ef = database.Open();
        Assert.Equal(touch, await ef.Touches.SingleAsync(row => row.ContactId == touch.ContactId && row.At == touch.At));
    }

    [Fact]
    public async Task The_same_event_twice_is_one_touch()
    {
        await using var database = new LedgerDatabase();
        Assert.True(await database.Store.Sending.Record(Full()));
        Assert.False(await database.Store.Sending.Record(Full() with { Id = Guid.CreateVersion7(Now), Text = "another" }));
        Assert.Equal("Hello", Assert.Single(database.Store.Sending.TouchesOfMessage("m-1")).Text);
    }

    [Fact]
    public async Task A_permitted_touch_becomes_sent_once_or_goes()
    {
        await using var database = new LedgerDatabase();
        var ledger = database.Store.Sending;
        await ledger.Record(Full() with { Kind = TouchKind.Permitted, ProviderId = null, Text = null, Domain = null });

        Assert.True(await ledger.Sent(new SentTouch("m-1", "<2@us>", Now.AddMinutes(1)) { Address = "anne@nord.dk", Subject = "Hi", Text = "Text" }));
        Assert.False(await ledger.Sent(new SentTouch("m-1", "<3@us>", Now)));
        Assert.False(await ledger.Release("m-1"));
        var sent = Assert.Single(ledger.TouchesOfMessage("m-1"));
        Assert.Equal((TouchKind.Sent, "<2@us>", "nord.dk", "Text", Now.AddMinutes(1)), (sent.Kind, sent.ProviderId, sent.Domain, sent.Text, sent.At));

        await ledger.Record(Full() with { Id = Guid.CreateVersion7(Now), Key = Touch.KeyOut("m-2"), MessageKey = "m-2", Kind = TouchKind.Permitted });
        Assert.True(await ledger.Release("m-2"));
        Assert.Empty(ledger.TouchesOfMessage("m-2"));
    }

    [Fact]
    public async Task The_contacts_record_says_what_the_ledger_says()
    {
        await using var database = new LedgerDatabase();
        var contact = database.Contact();
        await Say(ConsentAct.Given, "email", consent: true, stop: false);
        await Say(ConsentAct.Withdrawn, "email", consent: false, stop: false);
        await Say(ConsentAct.Given, "sms", consent: false, stop: false);
        await Say(ConsentAct.Given, ConsentEntry.Everything, consent: true, stop: false);
        await Say(ConsentAct.Objected, ConsentEntry.Everything, consent: false, stop: true);
        await Say(ConsentAct.Given, "email", consent: false, stop: true);
        Assert.Equal(6, database.Store.Sending.Consents(contact.Id).Count);

        async Task Say(ConsentAct act, string scope, bool consent, bool stop)
        {
            await database.Store.Sending.Record(new ConsentEntry { Id = Guid.CreateVersion7(Now), ContactId = contact.Id, Act = act, Scope = scope, At = Now });
            await using var ef = database.Open();
            var record = await ef.Contacts.SingleAsync(row => row.Id == contact.Id);
            Assert.Equal((consent, stop), (record.ConsentEmail, record.DoNotContact));
        }
    }

    [Fact]
    public async Task Whoever_is_suppressed_already_keeps_the_first_reason()
    {
        await using var database = new LedgerDatabase();
        Assert.Equal(1, await database.Store.Sending.Suppress(Entry("complaint"), Entry("bounce")));
        await using var ef = database.Open();
        Assert.Equal("complaint", (await ef.Suppressions.SingleAsync()).Reason);

        static Suppression Entry(string reason) => new()
        {
            Id = Guid.CreateVersion7(Now), Kind = SuppressionKind.Address, Key = SuppressionKey.OfAddress("anne@nord.dk"), Scope = "email", Reason = reason, At = Now,
        };
    }

    [Fact]
    public async Task Decisions_of_a_message_are_read_in_their_order()
    {
        await using var database = new LedgerDatabase();
        var decision = new KeptDecision
        {
            Id = Guid.CreateVersion7(Now), MessageKey = "m-1", At = Now, Channel = "email", Verdict = Verdict.Wait, RuleId = "window", Rule = "Not at night.",
            Until = Now.AddHours(9), RunId = Guid.CreateVersion7(Now), ContactId = Guid.CreateVersion7(Now), Reasons = "[]", Facts = "{}",
        };
        await database.Store.Sending.Keep(decision);
        await database.Store.Sending.Keep(decision with { Id = Guid.CreateVersion7(Now.AddHours(9)), At = Now.AddHours(9), Verdict = Verdict.Permit });

        var kept = database.Store.Sending.Decisions("m-1");
        Assert.Equal(decision, kept[0]);
        Assert.Equal([Verdict.Wait, Verdict.Permit], kept.Select(one => one.Verdict));
        await using var ef = database.Open();
        Assert.Equal(decision, await ef.SendingDecisions.SingleAsync(row => row.Id == decision.Id));
    }

    private static Touch Full() => new()
    {
        Id = new Guid("01960000-0000-7000-8000-000000000001"), Key = Touch.KeyOut("m-1"), Channel = "email", Direction = TouchDirection.Out, Kind = TouchKind.Sent, At = Now,
        ContactId = new Guid("01960000-0000-7000-8000-00000000000a"), AccountId = new Guid("01960000-0000-7000-8000-00000000000b"), RunId = new Guid("01960000-0000-7000-8000-00000000000c"),
        RepId = new Guid("01960000-0000-7000-8000-00000000000d"), MessageKey = "m-1", ProviderId = "<1@us>", Mailbox = "sales@us.example", Address = "anne@nord.dk", Domain = "nord.dk",
        Subject = "Hi", Text = "Hello", ReturnsAt = Now.AddDays(3),
    };
}
