using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Import;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Phases;
using Playbook.Sales.Products;
using Playbook.Sales.Reps;
using Playbook.Storage;

namespace Playbook.Server.Demo;

/// <summary>A lead as it comes to the company.</summary>
/// <param name="Number">Its number from the beginning: whatever chance decides about it hangs on this.</param>
/// <param name="Heat">How much they want it, from 0 to 1.</param>
/// <param name="Source">Where it comes from, as the playbook's input knows it.</param>
internal sealed record DemoLead(int Number, DateTimeOffset At, double Heat, string Source)
{
    public Guid OpportunityId { get; init; }
    public Guid ContactId { get; init; }
}

/// <summary>The people and companies of the demo: a dozen of us, and those who come to us over a year.</summary>
internal sealed class DemoWorld(Chance chance)
{
    private readonly Dictionary<int, Guid> _accounts = [];
    private readonly List<Product> _products = [];
    private List<Rep> _closers = [];

    public IReadOnlyList<Rep> Reps { get; private set; } = [];

    public static IReadOnlyList<(string Name, string[] Roles)> Staff { get; } =
    [
        ("Karen Lindholm", [Role.Prospector]), ("Jens Okholm", [Role.Prospector]), ("Sofia Berglund", [Role.FollowUp]), ("Malik Rahbek", [Role.FollowUp, Role.Prospector]),
        ("Anna Thorsen", [Role.Closer]), ("David Brandt", [Role.Closer]), ("Nadia Kofoed", [Role.Onboarder]), ("Emil Sejr", [Role.Designer]),
        ("Birgit Falk", [Role.AccountManager]), ("Oscar Vinter", [Role.Manager]),
    ];

    /// <summary>Writes down who works here and what is sold.</summary>
    public async Task Begin(PlaybookDb database, DateTimeOffset at)
    {
        var team = new Team { Id = Guid.CreateVersion7(at), Name = "Sales", NameKey = "sales", CreatedAt = at, UpdatedAt = at };
        database.Add(team);
        var reps = Staff.Select(one => new Rep
        {
            Id = Guid.CreateVersion7(at), Name = one.Name, NameKey = NameKey.Of(one.Name), Email = $"{DemoNames.Plain(one.Name.Split(' ')[0])}@beacon.example", Phone = $"+45 70 20 {chance.Between(10, 99, one.Name, "a")} {chance.Between(10, 99, one.Name, "b")}",
            Roles = new RoleSet(one.Roles), TeamId = team.Id, CreatedAt = at, UpdatedAt = at,
        }).ToList();
        var manager = reps.Single(rep => rep.Roles.Has(Role.Manager));
        Reps = [.. reps.Select(rep => rep == manager ? rep : rep with { ManagerId = manager.Id })];
        _closers = [.. Reps.Where(rep => rep.Roles.Has(Role.Closer) || rep.Roles.Has(Role.FollowUp))];
        database.AddRange(Reps);
        foreach (var (name, price) in new[] { ("Start package", 28_000m), ("Sales programme", 96_000m), ("Follow-up desk", 54_000m) })
            _products.Add(new Product { Id = Guid.CreateVersion7(at), Name = name, NameKey = NameKey.Of(name), Price = price, CreatedAt = at, UpdatedAt = at });
        database.AddRange(_products);
        await database.SaveChangesAsync();
        database.ChangeTracker.Clear();
    }

    /// <summary>Writes a lead down as it comes: the company where it is new, the person, and the sale that may come of it.</summary>
    public DemoLead Arrive(PlaybookDb database, DemoLead lead)
    {
        var key = lead.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // A quarter of those who come are a second person at a company that we know.
        var company = (int)(chance.Of(key, "company") * chance.Of(key, "again") * DemoNames.Companies * 1.6) % DemoNames.Companies;
        var (name, domain, sector) = DemoNames.Company(company);
        var country = chance.Of(key, "country") switch { < 0.78 => "DK", < 0.86 => "SE", < 0.93 => "DE", _ => "GB" };
        if (!_accounts.TryGetValue(company, out var accountId))
        {
            _accounts[company] = accountId = Guid.CreateVersion7(lead.At);
            database.Add(new Account
            {
                Id = accountId, Name = name, NameKey = NameKey.OfCompany(name) + company, Sector = sector, Country = country, Location = Playbook.Sales.Accounts.Country.NameOf(country), Employees = chance.Between(6, 240, key, "size"),
                Revenue = chance.Between(4, 180, key, "revenue"), YearEstablished = chance.Between(1962, 2021, key, "year"), CreatedAt = lead.At, UpdatedAt = lead.At,
            });
        }

        var (first, last) = (chance.Pick(DemoNames.FirstNames, key, "first"), chance.Pick(DemoNames.LastNames, key, "last"));
        var email = $"{DemoNames.Plain(first)}.{DemoNames.Plain(last)}{(lead.Number < 1 ? "" : key)}@{domain}";
        var owner = chance.Pick(_closers, key, "owner");
        var product = chance.Pick(_products, key, "product");
        var cameByThemselves = lead.Source is "website" or "referral" or "advertising";
        var contact = new Contact
        {
            Id = Guid.CreateVersion7(lead.At), NaturalKey = ContactKey.Of(email), Name = $"{first} {last}", FirstName = first, LastName = last, Title = chance.Pick(DemoNames.Titles, key, "title"),
            Email = chance.Of(key, "no-email") < 0.04 ? null : email, Phone = chance.Of(key, "no-phone") < 0.03 ? null : $"+45 {chance.Between(20, 98, key, "p1")} {chance.Between(10, 99, key, "p2")} {chance.Between(10, 99, key, "p3")} {chance.Between(10, 99, key, "p4")}",
            Language = country == "DK" && chance.Of(key, "language") < 0.75 ? "da" : "en", City = chance.Pick(DemoNames.Cities, key, "city"), PostalCode = chance.Between(1000, 9900, key, "post").ToString(System.Globalization.CultureInfo.InvariantCulture),
            Street = $"Havnegade {chance.Between(1, 98, key, "street")}", Country = country, AccountId = accountId, OwnerId = owner.Id, Score = Math.Round(20 + (lead.Heat * 75)), ConsentEmail = cameByThemselves && chance.Of(key, "form") < 0.7,
            CreatedAt = lead.At, UpdatedAt = lead.At,
        };
        if (contact.Email is null)
            contact = contact with { NaturalKey = ContactKey.Of(contact.Name + key, accountId) };
        database.Add(contact);
        var sale = new Opportunity
        {
            Id = Guid.CreateVersion7(lead.At), NaturalKey = $"#D-{lead.Number:0000}", ExternalId = $"D-{lead.Number:0000}", Name = $"{product.Name} for {name}", AccountId = accountId, ContactId = contact.Id, ProductId = product.Id, OwnerId = owner.Id,
            Phase = Phase.LeadGeneration, EngagedOn = DateOnly.FromDateTime(lead.At.UtcDateTime), ClosesOn = DateOnly.FromDateTime(lead.At.UtcDateTime.AddDays(chance.Between(40, 110, key, "closes"))),
            Value = Math.Round(product.Price!.Value * (decimal)(0.7 + (0.9 * chance.Of(key, "value"))) / 500) * 500, CreatedAt = lead.At, UpdatedAt = lead.At,
        };
        database.Add(sale);
        return lead with { OpportunityId = sale.Id, ContactId = contact.Id };
    }
}
