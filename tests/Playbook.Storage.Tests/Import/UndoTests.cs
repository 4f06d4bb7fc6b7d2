using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Accounts;
using Playbook.Sales.Import;
using Playbook.Storage.Import;
using Playbook.Storage.Tests.Crm;

namespace Playbook.Storage.Tests.Import;

public sealed class UndoTests : IDisposable
{
    private readonly CrmDatabase _database = new();
    private readonly Importer _importer;

    public UndoTests() => _importer = new(_database.Factory, _database.Time);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_was_updated_is_as_it_was_and_what_was_created_is_gone()
    {
        await Run("Acme,retail,12.5");
        var before = Accounts();
        var second = await Run("Acme,finance,13", "Beta,retail,");

        var undone = await _importer.Undo(second, "anna");

        Assert.Equal((true, 1, 1), (undone.Undone, undone.Removed, undone.Restored));
        Assert.Equal(before, Accounts());
        var batch = (await _importer.Batches())[0];
        Assert.Equal((second, "anna", _database.Time.GetUtcNow()), (batch.Id, batch.UndoneBy, batch.UndoneAt));
    }

    [Fact]
    public async Task A_change_since_keeps_the_whole_batch_and_is_named()
    {
        var batch = await Run("Acme,retail,1", "Beta,retail,1");
        Change("Acme", account => account with { Sector = "finance", UpdatedAt = _database.Time.GetUtcNow() });
        var before = Accounts();

        var undone = await _importer.Undo(batch, "anna");

        Assert.False(undone.Undone);
        var conflict = Assert.Single(undone.Conflicts);
        Assert.Equal("Acme", conflict.Name);
        Assert.Contains("Sector", conflict.Cause, StringComparison.Ordinal);
        Assert.Equal(before, Accounts());
    }

    [Fact]
    public async Task A_later_import_is_undone_first()
    {
        var first = await Run("Acme,retail,1");
        var second = await Run("Acme,retail,2");

        var tooEarly = await _importer.Undo(first, "anna");
        await _importer.Undo(second, "anna");
        var now = await _importer.Undo(first, "anna");

        Assert.Contains(second.ToString(), Assert.Single(tooEarly.Conflicts).Cause, StringComparison.Ordinal);
        Assert.True(now.Undone);
        Assert.Empty(Accounts());
    }

    [Fact]
    public async Task What_others_were_tied_to_since_stays()
    {
        var batch = await Run("Acme,retail,1");
        using (var db = _database.Factory.CreateDbContext())
        {
            var acme = db.Accounts.AsNoTracking().Single();
            db.Add(acme with { Id = Guid.CreateVersion7(), Name = "Child", NameKey = "child", ParentId = acme.Id });
            db.SaveChanges();
        }

        var undone = await _importer.Undo(batch, "anna");

        Assert.Contains("Child", Assert.Single(undone.Conflicts).Cause, StringComparison.Ordinal);
        Assert.Equal(2, Accounts().Count);
    }

    [Fact]
    public async Task A_record_that_somebody_deleted_is_in_nobodys_way()
    {
        var batch = await Run("Acme,retail,1", "Beta,retail,1");
        using (var db = _database.Factory.CreateDbContext())
            db.Accounts.Where(account => account.Name == "Acme").ExecuteDelete();

        Assert.Equal((true, 1), ((await _importer.Undo(batch, "anna")) is { } report ? (report.Undone, report.Removed) : default));
    }

    [Fact]
    public async Task An_import_is_undone_once()
    {
        var batch = await Run("Acme,retail,1");
        await _importer.Undo(batch, "anna");

        var again = await Assert.ThrowsAsync<ImportException>(() => _importer.Undo(batch, "anna"));
        var unknown = await Assert.ThrowsAsync<ImportException>(() => _importer.Undo(Guid.Empty, "anna"));

        Assert.Contains("undone on 2026-03-02", again.Message, StringComparison.Ordinal);
        Assert.Contains("no such import", unknown.Message, StringComparison.Ordinal);
    }

    private async Task<Guid> Run(params string[] rows)
    {
        _database.Time.Advance(TimeSpan.FromHours(1));
        var path = _database.File("accounts.csv", "account,sector,revenue\n" + string.Join('\n', rows) + "\n");
        return (await _importer.Run([path])).BatchId!.Value;
    }

    private List<Account> Accounts() => _database.Read(db => db.Accounts.AsNoTracking().OrderBy(account => account.Name).ToList());

    private void Change(string name, Func<Account, Account> change)
    {
        using var db = _database.Factory.CreateDbContext();
        db.Update(change(db.Accounts.AsNoTracking().Single(account => account.Name == name)));
        db.SaveChanges();
    }
}
