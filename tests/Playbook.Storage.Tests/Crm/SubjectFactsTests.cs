using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Reps;
using Playbook.Sales.Subjects;

namespace Playbook.Storage.Tests.Crm;

public sealed class SubjectFactsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_fact_has_its_name_even_where_nothing_is_known()
    {
        var facts = SubjectFacts.OfContact(Person(), new()).Facts;

        Assert.Equal(["contact", "account", "opportunity", "rep"], facts.Keys);
        Assert.Equal(["id", "name", "first_name", "last_name", "email", "phone", "title", "language", "country", "time_zone", "consent_email", "do_not_contact", "is_consumer", "linkedin", "score", "street", "postal_code", "city", "region", "address"], Of(facts, "contact").Keys);
        Assert.Equal(["id", "name", "sector", "employees", "revenue", "country", "parent"], Of(facts, "account").Keys);
        Assert.Equal(["id", "name", "product", "value", "phase", "stage", "engaged_on", "closes_on", "owner"], Of(facts, "opportunity").Keys);
        Assert.Equal(["id", "name", "first_name", "email", "phone", "role", "company"], Of(facts, "rep").Keys);
        Assert.All(Of(facts, "account").Values, Assert.Null);
    }

    [Fact]
    public void An_opportunity_is_a_subject_without_a_person()
    {
        var rep = new Rep { Id = Guid.CreateVersion7(), Name = "Moses Frase", NameKey = "mosesfrase", Roles = new([Role.Closer]), CreatedAt = Now, UpdatedAt = Now };
        var deal = new Opportunity { Id = Guid.CreateVersion7(), NaturalKey = "#1", Name = "GTX Pro", Phase = "close", EngagedOn = new(2016, 10, 20), Value = 10.5m, CreatedAt = Now, UpdatedAt = Now };

        var subject = SubjectFacts.OfOpportunity(deal, new() { Owner = rep, Company = "Ours" });

        Assert.Equal(("opportunity", deal.Id.ToString()), (subject.Kind, subject.Id));
        Assert.Equal(("2016-10-20", 10.5, "Moses Frase"), (Of(subject.Facts, "opportunity")["engaged_on"], Of(subject.Facts, "opportunity")["value"], Of(subject.Facts, "opportunity")["owner"]));
        Assert.Equal(("Moses", "closer", "Ours"), (Of(subject.Facts, "rep")["first_name"], Of(subject.Facts, "rep")["role"], Of(subject.Facts, "rep")["company"]));
    }

    [Fact]
    public void Do_not_contact_outranks_consent() =>
        Assert.Equal(false, Of(SubjectFacts.OfContact(Person() with { ConsentEmail = true, DoNotContact = true }, new()).Facts, "contact")["consent_email"]);

    [Theory]
    [InlineData("DK", "Acme A/S\nNørregade 12, 2.\n2100 København Ø\nDenmark")]
    [InlineData("US", "Acme A/S\nNørregade 12, 2.\nKøbenhavn Ø, H 2100\nUnited States")]
    [InlineData("GB", "Acme A/S\nNørregade 12, 2.\nKøbenhavn Ø\nH\n2100\nUnited Kingdom")]
    [InlineData(null, "Acme A/S\nNørregade 12, 2.\n2100 København Ø")]
    public void An_address_is_written_as_the_country_writes_it(string? country, string address)
    {
        var account = new Account { Id = Guid.CreateVersion7(), Name = "Acme A/S", NameKey = "acme", CreatedAt = Now, UpdatedAt = Now };
        var contact = Person() with { Street = " Nørregade 12, 2. \n", PostalCode = "2100", City = "København Ø", Region = "H", Country = country };

        Assert.Equal(address, Of(SubjectFacts.OfContact(contact, new() { Account = account }).Facts, "contact")["address"]);
    }

    [Fact]
    public void An_address_that_no_letter_could_reach_is_none()
    {
        Assert.Null(Of(SubjectFacts.OfContact(Person() with { City = "Aarhus", PostalCode = "8000" }, new()).Facts, "contact")["address"]);
        Assert.Null(Of(SubjectFacts.OfContact(Person() with { Street = "Åboulevarden 1" }, new()).Facts, "contact")["address"]);
    }

    [Fact]
    public void A_private_person_gets_no_company_on_the_envelope()
    {
        var account = new Account { Id = Guid.CreateVersion7(), Name = "Acme A/S", NameKey = "acme", CreatedAt = Now, UpdatedAt = Now };
        var contact = Person() with { IsConsumer = true, Street = "Åvej 1", City = "Aarhus" };

        Assert.Equal("Åvej 1\nAarhus", Of(SubjectFacts.OfContact(contact, new() { Account = account }).Facts, "contact")["address"]);
    }

    [Fact]
    public void A_record_comes_out_of_the_database_as_it_went_in()
    {
        using var database = new CrmDatabase();
        var account = new Account { Id = Guid.CreateVersion7(), Name = "Acme", NameKey = "acme", Revenue = 99999999999.1234m, CreatedAt = Now.AddTicks(1), UpdatedAt = Now };
        var rep = new Rep { Id = Guid.CreateVersion7(), Name = "Bo", NameKey = "bo", Roles = new([Role.Closer, Role.Manager]), CreatedAt = Now, UpdatedAt = Now };
        using (var db = database.Factory.CreateDbContext())
        {
            db.AddRange(account, rep, Person() with { AccountId = account.Id, OwnerId = rep.Id });
            db.SaveChanges();
        }

        Assert.Equal(account, database.Read(db => db.Accounts.AsNoTracking().Single()));
        Assert.Equal(rep, database.Read(db => db.Reps.AsNoTracking().Single()));
    }

    private static Contact Person() => new() { Id = Guid.CreateVersion7(), NaturalKey = "@a@b.c", Name = "Ann", CreatedAt = Now, UpdatedAt = Now };

    private static Dictionary<string, object?> Of(IReadOnlyDictionary<string, object?> facts, string name) => (Dictionary<string, object?>)facts[name]!;
}
