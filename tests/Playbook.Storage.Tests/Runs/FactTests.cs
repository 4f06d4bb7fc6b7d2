using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Sales.Consent;
using Playbook.Sales.Contacts;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Tests.Runs;

public sealed class FactTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"playbook-facts-{Guid.NewGuid():N}.db");
    private readonly Guid _contact = Guid.CreateVersion7();

    [Fact]
    public async Task A_spoken_consent_is_the_contacts_with_the_commit_that_states_it()
    {
        var contact = await After(SpokenWill.ConsentGiven);
        Assert.True(contact.ConsentEmail);
        Assert.False(contact.DoNotContact);
    }

    [Fact]
    public async Task A_refusal_takes_the_consent_back_and_a_later_consent_does_not_lift_it()
    {
        var contact = await After(SpokenWill.ConsentGiven, SpokenWill.ContactRefused, SpokenWill.ConsentGiven);
        Assert.False(contact.ConsentEmail);
        Assert.True(contact.DoNotContact);
    }

    [Fact]
    public async Task The_ledger_tells_who_wrote_down_which_words_when_and_where_they_can_be_looked_up()
    {
        _data = new Dictionary<string, object?> { ["channel"] = "phone", ["wording"] = "Yes, do send it.", ["by"] = "Karen Lund", ["evidence"] = "task 1", ["scope"] = "email" };
        await After(SpokenWill.ConsentGiven, SpokenWill.ContactRefused);

        await using var after = new PlaybookDb(PlaybookDb.Sqlite(_file));
        var entries = await after.Consents.OrderBy(entry => entry.Act).ToListAsync();
        Assert.Equal([ConsentAct.Given, ConsentAct.Objected], entries.Select(entry => entry.Act));
        var given = entries[0];
        Assert.Equal((_contact, "phone", "Yes, do send it.", "Karen Lund", "task 1", "email", "consent"), (given.ContactId, given.Channel, given.Wording, given.By, given.Evidence, given.Scope, given.Basis));
        Assert.Equal(Turns.Noon, given.At);
    }

    private Dictionary<string, object?> _data = [];

    private async Task<Contact> After(params string[] facts)
    {
        await using (var database = new PlaybookDb(PlaybookDb.Sqlite(_file)))
        {
            await database.Database.MigrateAsync();
            database.Contacts.Add(new Contact { Id = _contact, NaturalKey = "anne", Name = "Anne Holm", CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch });
            await database.SaveChangesAsync();
        }

        using (var owned = StoreLock.Acquire(_file))
        await using (var store = RunStore.Open(owned))
        {
            var start = Turns.Start(Turns.NewRun());
            start.State.Subject = new Subject("contact", _contact.ToString("D"), new Dictionary<string, object?>());
            await store.Commit([With(start, facts)], []);
        }

        await using var after = new PlaybookDb(PlaybookDb.Sqlite(_file));
        return await after.Contacts.SingleAsync(c => c.Id == _contact);
    }

    private Transition With(Transition turn, string[] facts) => new()
    {
        State = turn.State,
        Stimulus = turn.Stimulus,
        At = turn.At,
        Events = [.. facts.Select(name => new RunEvent(RunEventKind.Fact, "first-call", "Playbook.GuidedStep", 1) { Text = name, Data = _data })],
        BookmarksAdded = turn.BookmarksAdded,
    };

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_file) + "*"))
            File.Delete(file);
    }
}
