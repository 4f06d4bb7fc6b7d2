using static Playbook.Sales.Import.ImportField;

namespace Playbook.Sales.Import;

/// <summary>Which fields each kind of file may have, with their names in English and Danish exports.</summary>
public static class ImportFields
{
    private static readonly Dictionary<ImportKind, IReadOnlyList<ImportField>> ByKind = new()
    {
        [ImportKind.Products] =
        [
            Of(FullName, "product", "product name", "item", "produkt", "produktnavn", "vare", "varenavn", "navn"),
            Of(Series, "product series", "family", "product family", "line", "category", "serie", "produktserie", "varegruppe", "kategori"),
            Of(Price, "sales price", "list price", "unit price", "pris", "salgspris", "listepris", "stykpris"),
        ],
        [ImportKind.Teams] =
        [
            Of(FullName, "sales agent", "agent", "rep", "sales rep", "salesperson", "employee", "full name", "sælger", "konsulent", "medarbejder", "navn"),
            Of(Manager, "sales manager", "reports to", "supervisor", "leder", "salgsleder", "salgschef", "chef"),
            Of(Team, "regional office", "office", "region", "territory", "department", "hold", "kontor", "afdeling", "distrikt"),
            Of(Email, "e-mail", "mail", "email address", "e-mailadresse", "mailadresse"),
            Of(Phone, "telephone", "mobile", "phone number", "telefon", "mobil", "tlf", "telefonnummer"),
            Of(Roles, "role", "sales role", "rolle", "roller"),
        ],
        [ImportKind.Accounts] =
        [
            Of(FullName, "account", "account name", "company", "company name", "customer", "organisation", "organization", "virksomhed", "firma", "firmanavn", "kunde", "kundenavn", "virksomhedsnavn", "navn"),
            Of(Sector, "industry", "branche", "sektor"),
            Of(YearEstablished, "founded", "year founded", "established", "stiftet", "stiftelsesår", "etableret", "grundlagt"),
            Of(Revenue, "annual revenue", "turnover", "omsætning", "årsomsætning"),
            Of(Employees, "number of employees", "headcount", "staff", "ansatte", "antal ansatte", "medarbejdere", "antal medarbejdere"),
            Of(Location, "office location", "country", "hq", "headquarters", "land", "placering", "hovedkontor"),
            Of(Parent, "subsidiary of", "parent account", "parent company", "moderselskab", "datterselskab af", "ejes af"),
        ],
        [ImportKind.Contacts] =
        [
            Of(FullName, "contact", "contact name", "full name", "kontakt", "kontaktperson", "fulde navn", "navn"),
            Of(FirstName, "first", "given name", "forename", "fornavn"),
            Of(LastName, "last", "surname", "family name", "efternavn"),
            Of(Title, "job title", "position", "stilling", "titel", "jobtitel"),
            Of(Email, "e-mail", "mail", "email address", "e-mailadresse", "mailadresse"),
            Of(Phone, "telephone", "mobile", "phone number", "telefon", "mobil", "tlf", "telefonnummer"),
            Of(LinkedIn, "linkedin url", "linkedin profile", "linkedinprofil"),
            Of(Account, "company", "account name", "company name", "organisation", "organization", "virksomhed", "firma", "firmanavn", "kunde"),
            Of(Language, "lang", "locale", "sprog"),
            Of(Street, "address", "street address", "postal address", "mailing street", "address line 1", "adresse", "gade", "vej", "postadresse", "vejnavn"),
            Of(PostalCode, "postcode", "post code", "zip", "zip code", "postnummer", "postnr"),
            Of(City, "town", "by", "bynavn", "postby"),
            Of(ImportField.Region, "state", "province", "county", "delstat"),
            Of(Country, "country code", "land", "landekode"),
            Of(ImportField.TimeZone, "timezone", "time zone", "tz", "tidszone"),
            Of(ConsentEmail, "email consent", "opt in", "email opt in", "permission", "samtykke", "e-mailsamtykke", "mailsamtykke"),
            Of(DoNotContact, "dnc", "do not contact", "opt out", "unsubscribed", "må ikke kontaktes", "afmeldt"),
            Of(IsConsumer, "consumer", "private person", "privat", "privatperson", "forbruger"),
            Of(Score, "lead score", "point"),
            Of(Owner, "sales agent", "agent", "rep", "contact owner", "sælger", "ejer", "ansvarlig"),
        ],
        [ImportKind.Opportunities] =
        [
            Of(Id, "opportunity id", "deal id", "opportunityid", "external id", "mulighed id", "salgsmulighed id", "sags id"),
            Of(FullName, "opportunity", "opportunity name", "deal", "deal name", "salgsmulighed", "mulighed", "navn"),
            Of(Owner, "sales agent", "agent", "rep", "salesperson", "opportunity owner", "deal owner", "sælger", "ejer", "ansvarlig"),
            Of(Product, "product name", "produkt", "produktnavn", "vare"),
            Of(Account, "account name", "company", "company name", "customer", "virksomhed", "firma", "firmanavn", "kunde"),
            Of(Contact, "contact email", "contact name", "primary contact", "kontakt", "kontaktperson"),
            Of(Stage, "deal stage", "opportunity stage", "sales stage", "pipeline stage", "status", "fase", "trin", "salgsfase"),
            Of(EngagedOn, "engage date", "engaged", "opened", "start date", "startdato", "oprettet", "åbnet"),
            Of(ClosesOn, "close date", "closed", "expected close date", "closing date", "lukkedato", "lukket", "slutdato", "forventet lukning"),
            Of(Value, "close value", "amount", "deal value", "beløb", "værdi", "ordreværdi"),
        ],
    };

    public static IReadOnlyList<ImportField> For(ImportKind kind) => ByKind[kind];

    private static ImportField Of(string name, params string[] synonyms) => new(name, [name, .. synonyms]);
}
