using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Import;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Phases;
using Playbook.Sales.Reps;
using Playbook.Storage.Import;
using Playbook.Storage.Tests.Crm;

namespace Playbook.Storage.Tests.Import;

/// <summary>The practice data, imported once for the tests that only look at what came of it.</summary>
public sealed class PracticeData : IDisposable
{
    private readonly Lazy<Task<ImportReport>> _report;

    public PracticeData()
    {
        Importer = new(Database.Factory, Database.Time);
        _report = new(() => Importer.Run([SharedData.CrmOrSkip()]));
    }

    public CrmDatabase Database { get; } = new();
    public Importer Importer { get; }

    public Task<ImportReport> Report()
    {
        SharedData.CrmOrSkip();
        return _report.Value;
    }

    public void Dispose() => Database.Dispose();
}

public sealed class PracticeDataTests(PracticeData practice) : IClassFixture<PracticeData>
{
    private readonly CrmDatabase _database = practice.Database;
    private readonly Importer _importer = practice.Importer;

    [Fact]
    public async Task Every_row_of_a_real_export_ends_in_exactly_one_outcome()
    {
        var report = await practice.Report();

        Assert.Equal([ImportKind.Products, ImportKind.Teams, ImportKind.Accounts, ImportKind.Opportunities], report.Files.Select(file => file.Kind));
        Assert.Equal([7, 35, 85, 8800], report.Files.Select(file => file.Counts.Rows));
        Assert.All(report.Files, file => Assert.Equal(file.Counts.Rows, file.Rows.Count));
        Assert.Equal(new(7447, 0, 0, 1480, 0, 0), report.Counts);
        Assert.Equal((7, 35 + 6, 85, 8800), _database.Read(db => (db.Products.Count(), db.Reps.Count(), db.Accounts.Count(), db.Opportunities.Count())));
    }

    [Fact]
    public async Task Opportunities_without_an_account_come_in_with_a_warning()
    {
        var report = await practice.Report();

        var warning = Assert.Single(report.Files[^1].Problems, problem => problem.Column == "account");
        Assert.Equal((ProblemSeverity.Warning, 1425), (warning.Severity, warning.Rows));
        Assert.Equal(1425, _database.Read(db => db.Opportunities.Count(opportunity => opportunity.AccountId == null)));
    }

    [Fact]
    public async Task A_product_that_is_spelt_two_ways_is_one_product()
    {
        var report = await practice.Report();

        var warning = Assert.Single(report.Files[^1].Problems, problem => problem.Column == "product");
        Assert.Equal(1480, warning.Rows);
        Assert.Equal(1480, report.Counts.LinkedWithWarning);
        Assert.Equal(1480, _database.Read(db => db.Opportunities.Count(o => o.ProductId == db.Products.Single(product => product.Name == "GTX Pro").Id)));
    }

    [Fact]
    public async Task A_misspelt_sector_is_stored_right_and_kept_as_it_came()
    {
        var report = await practice.Report();

        var acme = report.Files[2].Rows.Single(row => row.Subject == "Acme Corporation");
        Assert.Equal("technology", Assert.Single(acme.Problems).Suggestion);
        Assert.Equal("technology", _database.Read(db => db.Accounts.Single(account => account.Name == "Acme Corporation").Sector));
        var stored = (await _importer.Rows(report.BatchId!.Value)).Single(row => row.RecordId == acme.RecordId);
        Assert.Contains("technolgy", stored.Cells, StringComparison.Ordinal);
        Assert.DoesNotContain(_database.Read(db => db.Accounts.Select(account => account.Sector).ToList()), sector => sector == "technolgy");
    }

    [Fact]
    public async Task Agents_sell_managers_manage_and_offices_are_teams()
    {
        await practice.Report();

        using var db = _database.Factory.CreateDbContext();
        var agent = await db.Reps.SingleAsync(rep => rep.Name == "Moses Frase");
        var manager = await db.Reps.SingleAsync(rep => rep.Id == agent.ManagerId);
        Assert.Equal([Role.Prospector, Role.FollowUp, Role.Closer], agent.Roles);
        Assert.Equal(("Dustin Brinkmann", Role.Manager), (manager.Name, Assert.Single(manager.Roles)));
        Assert.Equal("Central", (await db.Teams.SingleAsync(team => team.Id == agent.TeamId)).Name);
        Assert.Equal(3, await db.Teams.CountAsync());
    }

    [Fact]
    public async Task A_stage_becomes_a_phase_and_stays_as_the_stage()
    {
        await practice.Report();

        var groups = _database.Read(db => db.Opportunities.GroupBy(o => new { o.Stage, o.Phase, o.Status }).Select(g => new { g.Key, Count = g.Count() }).ToList());
        Assert.Equal(
            [
                ("Engaging", Phase.Close, OpportunityStatus.Open, 1589), ("Lost", Phase.Close, OpportunityStatus.Lost, 2473),
                ("Prospecting", Phase.LeadGeneration, OpportunityStatus.Open, 500), ("Won", Phase.Enrollment, OpportunityStatus.Won, 4238),
            ],
            groups.Select(group => (group.Key.Stage!, group.Key.Phase, group.Key.Status, group.Count)).OrderBy(group => group.Item1));
    }
}
