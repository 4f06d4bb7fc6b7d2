using System.Text;
using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Import;
using Playbook.Sales.Phases;
using Playbook.Storage.Import;
using Playbook.Storage.Tests.Crm;

namespace Playbook.Storage.Tests.Import;

public sealed class BadRowsTests : IDisposable
{
    private const string Products = "product,series,sales_price\nGTX Pro,GTX,4821\nGTK 500,GTK,26768\n";
    private const string Teams = "sales_agent,manager,regional_office\nMoses Frase,Dustin Brinkmann,Central\n";
    private const string Header = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";

    private readonly CrmDatabase _database = new();
    private readonly Importer _importer;

    public BadRowsTests() => _importer = new(_database.Factory, _database.Time);

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("A1,Moses Frase,GTX Pro,,Won,20-13-2016,,", "engage_date", "not a date")]
    [InlineData("A1,Moses Frase,GTX Pro,,Won,,,lots", "close_value", "not a number")]
    [InlineData("A1,Nobody Known,GTX Pro,,Won,,,", "sales_agent", "no sales agent called")]
    [InlineData("A1,Moses Frase,GTK 600,,Won,,,", "product", "no product called")]
    [InlineData("A1,Moses Frase,GTX Pro,Acme,Won,,,", "account", "no account called")]
    [InlineData(",Moses Frase,GTX Pro,,Won,,,", "opportunity_id", "neither an id nor a name")]
    [InlineData("A1,Moses Frase,GTX Pro,Won,,,", null, "has 7 cells, the header 8")]
    [InlineData("A1,\"Moses Frase,GTX Pro,,Won,,,", null, "quote is never closed")]
    [InlineData("A1,\"Moses\" Frase,GTX Pro,,Won,,,", null, "quote is in the wrong place")]
    public async Task A_bad_row_is_rejected_with_its_line_and_the_good_ones_around_it_come_in(string bad, string? column, string cause)
    {
        var report = await Run(Header + "G1,Moses Frase,GTX Pro,,Won,2016-10-20,,10\n" + bad + "\nG2,Moses Frase,GTX Pro,,Won,2016-10-20,,10\n");

        var rows = report.Files[^1].Rows;
        Assert.Equal([RowOutcome.Created, RowOutcome.Rejected, RowOutcome.Created], rows.Select(row => row.Outcome));
        var problem = Assert.Single(rows[1].Problems, problem => problem.Severity == ProblemSeverity.Error);
        Assert.Equal((3, column), (rows[1].Line, problem.Column));
        Assert.Contains(cause, problem.Cause, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Cure);
        Assert.Equal(["G1", "G2"], _database.Read(db => db.Opportunities.Select(o => o.ExternalId!).Order().ToList()));
    }

    [Fact]
    public async Task A_cell_with_quotes_delimiters_and_line_breaks_is_one_cell()
    {
        var path = _database.File("accounts.csv", "account,sector,office_location\n\"Acme, \"\"the\"\" one\",retail,\"Main\nStreet\"\nBeta,retail,Kenya\n");

        var report = await _importer.Run([path]);

        Assert.Equal([2, 4], report.Files[0].Rows.Select(row => row.Line));
        Assert.Equal("Main Street", _database.Read(db => db.Accounts.Single(account => account.Name == "Acme, \"the\" one").Location));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_one_row_and_not_the_rest_of_the_file()
    {
        var lines = string.Concat(Enumerable.Range(1, 300).Select(n => $"C{n},retail\n"));

        var report = await _importer.Run([_database.File("accounts.csv", "account,sector\n\"Broken,retail\n" + lines)]);

        Assert.Equal((300, 1), (report.Counts.Created, report.Counts.Rejected));
    }

    [Fact]
    public async Task A_slip_of_the_pen_is_answered_with_what_was_meant()
    {
        var report = await Run(Header + "A1,Mozes Frase,GTX Pro,,Won,,,\n");

        Assert.Equal("Moses Frase", report.Files[^1].Rows[0].Problems[0].Suggestion);
    }

    [Fact]
    public async Task The_first_of_two_rows_about_one_record_counts()
    {
        var report = await Run(Header + "A1,Moses Frase,GTX Pro,,Won,,,10\nA1,Moses Frase,GTX Pro,,Won,,,20\n");

        Assert.Equal([RowOutcome.Created, RowOutcome.SkippedDuplicate], report.Files[^1].Rows.Select(row => row.Outcome));
        Assert.Contains("line 2", report.Files[^1].Rows[1].Problems[^1].Cause, StringComparison.Ordinal);
        Assert.Equal(10m, _database.Read(db => db.Opportunities.Single().Value));
    }

    [Fact]
    public async Task Names_that_differ_in_case_punctuation_or_legal_form_are_one_account()
    {
        var report = await _importer.Run([_database.File("accounts.csv", "account,sector\nGreen-Plus A/S,retail\ngreen plus,retail\nGreenPlus ApS,retail\n")]);

        Assert.Equal((1, 2), (report.Counts.Created, report.Counts.SkippedDuplicate));
    }

    [Fact]
    public async Task A_subsidiary_finds_a_parent_that_comes_later()
    {
        await _importer.Run([_database.File("accounts.csv", "account,sector,subsidiary_of\nBluth,retail,Acme\nAcme,retail,\nLost,retail,Nowhere\nSelf,retail,Self\n")]);

        using var db = _database.Factory.CreateDbContext();
        Assert.Equal(db.Accounts.Single(a => a.Name == "Acme").Id, db.Accounts.Single(a => a.Name == "Bluth").ParentId);
        Assert.Equal(4, db.Accounts.Count());
        Assert.Equal(1, db.Accounts.Count(account => account.ParentId != null));
    }

    [Fact]
    public async Task A_Danish_file_with_semicolons_and_old_letters_is_understood_and_the_guess_is_told()
    {
        var text = "Kundenavn;Branche;Omsætning;Antal ansatte;Land\nSmørrebrød ApS;detailhandel;1.100,04;12;Danmark\n";
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text);

        var report = await _importer.Run([_database.File("kunder.csv", bytes)]);

        var account = _database.Read(db => db.Accounts.Single());
        Assert.Equal(("Smørrebrød ApS", 1100.04m, 12, "DK"), (account.Name, account.Revenue, account.Employees, account.Country));
        Assert.Equal((';', "Windows-1252"), (report.Files[0].Delimiter, report.Files[0].Encoding));
        Assert.Contains(report.Files[0].Notes, note => note.Contains("Windows-1252", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Columns_can_be_mapped_by_hand()
    {
        var path = _database.File("x.csv", "Wer,Was\nAcme,retail\n");
        var options = new ImportOptions { Map = new Dictionary<string, string>([ImportOptions.ParseMap("Wer=name"), ImportOptions.ParseMap("Was=sector")]) };

        await _importer.Run([path], options);

        Assert.Equal(("Acme", "retail"), _database.Read(db => db.Accounts.Select(a => ValueTuple.Create(a.Name, a.Sector)).Single()));
    }

    [Fact]
    public async Task A_stage_that_did_not_move_leaves_the_phase_that_a_playbook_set()
    {
        await Run(Header + "A1,Moses Frase,GTX Pro,,Engaging,,,10\n");
        using (var db = _database.Factory.CreateDbContext())
        {
            var changed = db.Opportunities.AsNoTracking().Single() with { Phase = Phase.Renewal };
            db.Update(changed);
            db.SaveChanges();
        }

        var report = await Run(Header + "A1,Moses Frase,GTX Pro,,Engaging,,,11\n");

        Assert.Equal(1, report.Counts.Updated);
        Assert.Equal((Phase.Renewal, 11m), _database.Read(db => db.Opportunities.Select(o => ValueTuple.Create(o.Phase, o.Value)).Single()));
    }

    [Fact]
    public async Task A_person_known_by_name_is_not_doubled_when_an_address_comes()
    {
        var accounts = _database.File("accounts.csv", "account,sector\nAcme,retail\n");
        await _importer.Run([accounts, _database.File("contacts.csv", "Navn,Firma,Telefon,Sprog,Tidszone\nJens Hansen,Acme,12345678,dansk,europe/copenhagen\n")]);

        var report = await _importer.Run([_database.File("contacts2.csv", "name,company,email,do_not_contact\nJens Hansen,Acme,jens@acme.dk,yes\n")]);

        Assert.Equal(1, report.Counts.Updated);
        var contact = _database.Read(db => db.Contacts.Single());
        Assert.Equal(("Jens", "Hansen", "jens@acme.dk", "12345678", "da", "Europe/Copenhagen", true),
            (contact.FirstName, contact.LastName, contact.Email, contact.Phone, contact.Language, contact.TimeZone, contact.DoNotContact));
    }

    [Fact]
    public async Task An_old_list_does_not_lift_a_do_not_contact()
    {
        await _importer.Run([_database.File("contacts.csv", "name,email,do_not_contact\nJens,jens@acme.dk,yes\n")]);

        await _importer.Run([_database.File("contacts.csv", "name,email,do_not_contact\nJens,jens@acme.dk,no\n")]);

        Assert.True(_database.Read(db => db.Contacts.Single().DoNotContact));
    }

    private Task<ImportReport> Run(string opportunities) => _importer.Run(
        [_database.File("opportunities.csv", opportunities), _database.File("products.csv", Products), _database.File("teams.csv", Teams)]);
}
