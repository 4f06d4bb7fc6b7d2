using System.Diagnostics;
using Playbook.Sales.Import;
using Playbook.Storage.Import;
using Playbook.Storage.Tests.Crm;

namespace Playbook.Storage.Tests.Import;

public sealed class PracticeDataAgainTests : IDisposable
{
    private readonly CrmDatabase _database = new();
    private readonly Importer _importer;

    public PracticeDataAgainTests() => _importer = new(_database.Factory, _database.Time);

    public void Dispose() => _database.Dispose();

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
