using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Import;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Phases;
using Playbook.Sales.Reps;
using Playbook.Storage.Import;
using Playbook.Storage.Tests.Crm;

namespace Playbook.Storage.Tests.Import;

public sealed class PracticeDataTests : IDisposable
{
    private readonly CrmDatabase _database = new();
    private readonly Importer _importer;

    public PracticeDataTests() => _importer = new(_database.Factory, _database.Time);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Every_row_of_a_real_export_ends_in_exactly_one_outcome()
    {
        var report = await _importer.Run([SharedData.CrmOrSkip()]);

        Assert.Equal([ImportKind.Products, ImportKind.Teams, ImportKind.Accounts, ImportKind.Opportunities], report.Files.Select(file => file.Kind));
        Assert.Equal([7, 35, 85, 8800], report.Files.Select(file => file.Counts.Rows));
        Assert.All(report.Files, file => Assert.Equal(file.Counts.Rows, file.Rows.Count));
        Assert.Equal(new(7447, 0, 0, 1480, 0, 0), report.Counts);
        Assert.Equal((7, 35 + 6, 85, 8800), _database.Read(db => (db.Products.Count(), db.Reps.Count(), db.Accounts.Count(), db.Opportunities.Count())));
    }

    [Fact]
    public async Task Opportunities_without_an_account_come_in_with_a_warning()
    {
        var report = await _importer.Run([SharedData.CrmOrSkip()]);

        var warning = Assert.Single(report.Files[^1].Problems, problem => problem.Column == "account");
        Assert.Equal((ProblemSeverity.Warning, 1425), (warning.Severity, warning.Rows));
        Assert.Equal(1425, _database.Read(db => db.Opportunities.Count(opportunity => opportunity.AccountId == null)));
    }

    [Fact]
    public async Task A_product_that_is_spelt_two_ways_is_one_product()
    {
        var report = await _importer.Run([SharedData.CrmOrSkip()]);

        var warning = Assert.Single(report.Files[^1].Problems, problem => problem.Column == "product");
        Assert.Equal(1480, warning.Rows);
        Assert.Equal(1480, report.Counts.LinkedWithWarning);
        Assert.Equal(1480, _database.Read(db => db.Opportunities.Count(o => o.ProductId == db.Products.Single(product => product.Name == "GTX Pro").Id)));
    }

    [Fact]
    public async Task A_misspelt_sector_is_stored_right_and_kept_as_it_came()
    {
        var report = await _importer.Run([SharedData.CrmOrSkip()]);

        var acme = report.Files[2].Rows.Single(row => row.Subject == "Acme Corporation");
        Assert.Equal("technology", Assert.Single(acme.Problems).Suggestion);
        Assert.Equal("technology", _database.Read(db => db.Accounts.Single(account => account.Name == "Acme Corporation").Sector));
        var stored = (await _importer.Rows(report.BatchId!.Value)).Single(row => row.RecordId == acme.RecordId);
        Assert.Contains("technolgy", stored.Cells, StringComparison.Ordinal);
        Assert.DoesNotContain(_database.Read(db => db.Accounts.Select(account => account.Sector).ToList()), sector => sector == "technolgy");
    }

    [Fact]
    public async Task Importing_the_same_again_changes_nothing()
    {
        var data = SharedData.CrmOrSkip();
        await _importer.Run([data]);
        var before = Snapshot();
        _database.Time.Advance(TimeSpan.FromDays(1));

        var again = await _importer.Run([data]);

        Assert.Equal(new(0, 0, 8927, 0, 0, 0), again.Counts);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task Undoing_leaves_the_database_as_it_was()
    {
        var report = await _importer.Run([SharedData.CrmOrSkip()]);

        var undone = await _importer.Undo(report.BatchId!.Value, "anna");

        Assert.Equal((true, 7 + 3 + 41 + 85 + 8800, 0), (undone.Undone, undone.Removed, undone.Restored));
        Assert.Empty(Snapshot());
    }

    [Fact]
    public async Task A_preview_says_the_same_and_writes_nothing()
    {
        var data = SharedData.CrmOrSkip();

        var preview = await _importer.Preview([data]);

        Assert.Null(preview.BatchId);
        Assert.Equal(new(7447, 0, 0, 1480, 0, 0), preview.Counts);
        Assert.Equal(10, preview.Files[^1].FirstRows.Count);
        Assert.Equal("GTX Pro", preview.Files[^1].FirstRows[1]["product"]);
        Assert.Empty(Snapshot());
        Assert.Empty(await _importer.Batches());
    }

    [Fact]
    public async Task Agents_sell_managers_manage_and_offices_are_teams()
    {
        await _importer.Run([SharedData.CrmOrSkip()]);

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
        await _importer.Run([SharedData.CrmOrSkip()]);

        var groups = _database.Read(db => db.Opportunities.GroupBy(o => new { o.Stage, o.Phase, o.Status }).Select(g => new { g.Key, Count = g.Count() }).ToList());
        Assert.Equal(
            [
                ("Engaging", Phase.Close, OpportunityStatus.Open, 1589), ("Lost", Phase.Close, OpportunityStatus.Lost, 2473),
                ("Prospecting", Phase.LeadGeneration, OpportunityStatus.Open, 500), ("Won", Phase.Enrollment, OpportunityStatus.Won, 4238),
            ],
            groups.Select(group => (group.Key.Stage!, group.Key.Phase, group.Key.Status, group.Count)).OrderBy(group => group.Item1));
    }

    [Fact]
    public async Task A_year_of_a_sales_force_comes_in_within_seconds()
    {
        var data = SharedData.CrmOrSkip();
        var seen = new List<ImportProgress>();
        var watch = Stopwatch.StartNew();

        await _importer.Run([data], progress: new Reporter(seen));

        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Elapsed.TotalSeconds:0.00} s");
        // A busy build machine is slow; ten times the usual would be a fault of ours.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It took {watch.Elapsed}.");
        Assert.Equal(["reading", "checking", "storing"], seen.Select(progress => progress.Step).Distinct());
        Assert.Equal(seen[^1].Total, seen[^1].Done);
    }

    private List<string> Snapshot() => _database.Read(db => Enumerable.Empty<object>()
        .Concat(db.Products.OrderBy(r => r.Id)).Concat(db.Teams.OrderBy(r => r.Id)).Concat(db.Reps.OrderBy(r => r.Id))
        .Concat(db.Accounts.OrderBy(r => r.Id)).Concat(db.Contacts.OrderBy(r => r.Id)).Concat(db.Opportunities.OrderBy(r => r.Id))
        .Select(record => record.ToString()!).ToList());

    private sealed class Reporter(List<ImportProgress> seen) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => seen.Add(value);
    }
}
