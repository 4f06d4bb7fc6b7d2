using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Accounts;
using Playbook.Sales.Reps;
using Playbook.Sales.Subjects;
using Playbook.Storage.Tests.Sending;

namespace Playbook.Storage.Tests.Crm;

/// <summary>The prepared statement gives the very facts that EF Core would give.</summary>
public sealed class SubjectRowsTests
{
    private static readonly DateTimeOffset Now = LedgerDatabase.Now;

    [Fact]
    public async Task Every_fact_of_a_contact_their_company_and_rep_is_there()
    {
        await using var database = new LedgerDatabase();
        var parent = new Account { Id = Guid.CreateVersion7(Now), Name = "Nord Group", NameKey = "nordgroup", CreatedAt = Now, UpdatedAt = Now };
        var account = new Account { Id = Guid.CreateVersion7(Now), Name = "Nord ApS", NameKey = "nord", Sector = "retail", Employees = 40, Revenue = 1234.5m, Country = "DK", ParentId = parent.Id, CreatedAt = Now, UpdatedAt = Now };
        var rep = new Rep { Id = Guid.CreateVersion7(Now), Name = "Bo Ærø", NameKey = "boaero", Email = "bo@us.example", Phone = "+4587654321", Roles = RoleSet.Parse("closer,prospector"), CreatedAt = Now, UpdatedAt = Now };
        database.Add(parent);
        database.Add(account);
        database.Add(rep);
        var contact = database.Contact(one => one with
        {
            Name = "Åse Holm", FirstName = "Åse", LastName = "Holm", Title = "Buyer", LinkedIn = "https://www.linkedin.com/in/ase", Language = "da", Street = "Havnegade 1", PostalCode = "1058", City = "København K",
            Region = "Hovedstaden", TimeZone = "Europe/Copenhagen", AccountId = account.Id, OwnerId = rep.Id, Score = 0.75, IsConsumer = true, ConsentEmail = true,
        });

        var facts = SubjectFacts.OfContact(contact, database.Store.Subjects.OfContact(contact.Id)!).Facts;

        await using var entities = database.Open();
        var expected = SubjectFacts.OfContact(await entities.Contacts.AsNoTracking().SingleAsync(one => one.Id == contact.Id), new SubjectRecords
        {
            Account = await entities.Accounts.AsNoTracking().SingleAsync(one => one.Id == account.Id), Parent = parent, Owner = await entities.Reps.AsNoTracking().SingleAsync(one => one.Id == rep.Id),
        }).Facts;
        Assert.Equal(contact, database.Store.Subjects.OfContact(contact.Id)!.Contact);
        foreach (var name in (string[])["contact", "account", "rep"])
        {
            Assert.Equal(Of(expected, name), Of(facts, name));
            // Each fact has a value here, or this test would not notice one that is not read.
            Assert.Empty(Of(facts, name).Where(fact => fact.Value is null && fact.Key != "company").Select(fact => fact.Key));
        }
    }

    [Fact]
    public async Task Nobody_and_somebody_without_company_and_rep_are_read_as_such()
    {
        await using var database = new LedgerDatabase();
        var contact = database.Contact();

        var found = database.Store.Subjects.OfContact(contact.Id)!;

        Assert.Equal((contact, null, null, null), (found.Contact, found.Account, found.Parent, found.Owner));
        Assert.Null(database.Store.Subjects.OfContact(Guid.NewGuid()));
    }

    private static IReadOnlyDictionary<string, object?> Of(IReadOnlyDictionary<string, object?> facts, string name) => (IReadOnlyDictionary<string, object?>)facts[name]!;
}
