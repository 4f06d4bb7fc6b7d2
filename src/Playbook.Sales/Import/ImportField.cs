namespace Playbook.Sales.Import;

/// <summary>A field of ours that a column can be mapped to, and what others call it.</summary>
public sealed record ImportField(string Name, IReadOnlyList<string> Synonyms)
{
    public const string Id = "id";
    public const string FullName = "name";
    public const string FirstName = "first_name";
    public const string LastName = "last_name";
    public const string Title = "title";
    public const string Email = "email";
    public const string Phone = "phone";
    public const string LinkedIn = "linkedin";
    public const string Language = "language";
    public const string Street = "street";
    public const string PostalCode = "postal_code";
    public const string City = "city";
    public const string Region = "region";
    public const string Country = "country";
    public const string TimeZone = "time_zone";
    public const string ConsentEmail = "consent_email";
    public const string DoNotContact = "do_not_contact";
    public const string IsConsumer = "is_consumer";
    public const string Score = "score";
    public const string Account = "account";
    public const string Contact = "contact";
    public const string Owner = "owner";
    public const string Product = "product";
    public const string Stage = "stage";
    public const string Value = "value";
    public const string EngagedOn = "engaged_on";
    public const string ClosesOn = "closes_on";
    public const string Sector = "sector";
    public const string YearEstablished = "year_established";
    public const string Revenue = "revenue";
    public const string Employees = "employees";
    public const string Location = "location";
    public const string Parent = "parent";
    public const string Series = "series";
    public const string Price = "price";
    public const string Manager = "manager";
    public const string Team = "team";
    public const string Roles = "roles";
}
