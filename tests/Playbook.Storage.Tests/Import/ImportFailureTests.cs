using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Playbook.Sales.Import;
using Playbook.Storage.Import;
using Playbook.Storage.Tests.Crm;

namespace Playbook.Storage.Tests.Import;

public sealed class ImportFailureTests : IDisposable
{
    private readonly CrmDatabase _database = new();
    private readonly Importer _importer;

    public ImportFailureTests() => _importer = new(_database.Factory, _database.Time);

    public void Dispose() => _database.Dispose();

    public static TheoryData<byte[], string> Unreadable => new()
    {
        { [], "empty" },
        { "\n \n"u8.ToArray(), "empty" },
        { "account,sector\n"u8.ToArray(), "no rows" },
        { [0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 1, 2], "not a text file" },
        { [(byte)'P', (byte)'K', 3, 4, 20], "spreadsheet" },
        { [(byte)'a', 0x81, 0x8D, (byte)'\n', (byte)'b'], "encoding" },
        { "one,two\n1,2\n"u8.ToArray(), "none that we know" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_file_that_is_no_table_stops_the_import_before_anything_is_written(byte[] bytes, string cause)
    {
        var good = _database.File("accounts.csv", "account,sector\nAcme,retail\n");
        var bad = _database.File("bad.csv", bytes);

        var failure = await Assert.ThrowsAsync<ImportException>(() => _importer.Run([good, bad]));

        Assert.Contains(cause, Assert.Single(failure.Failures).Cause, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Failures[0].Cure);
        AssertNothingWritten();
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var failure = await Assert.ThrowsAsync<ImportException>(() => _importer.Run([Path.Combine(_database.Folder, "none.csv"), _database.File("bad.csv", "")]));

        Assert.Equal(2, failure.Failures.Count);
        Assert.StartsWith("There is no file", failure.Failures[0].Cause, StringComparison.Ordinal);
        Assert.Equal("The file is empty.", failure.Failures[1].Cause);
    }

    [Fact]
    public async Task A_mapping_that_fits_no_column_or_field_is_answered_with_what_was_meant()
    {
        var path = _database.File("accounts.csv", "account,branch\nAcme,retail\n");
        var options = new ImportOptions { Map = new Dictionary<string, string> { ["brench"] = "sector", ["branch"] = "secter" } };

        var failure = await Assert.ThrowsAsync<ImportException>(() => _importer.Run([path], options));

        Assert.Equal(["Did you mean \"branch\"?", "Did you mean \"sector\"?"], failure.Failures.Select(one => one.Cure));
    }

    [Fact]
    public async Task A_strange_file_in_a_folder_is_passed_over_and_told()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_database.Folder, "export")).FullName;
        File.WriteAllText(Path.Combine(folder, "accounts.csv"), "account,sector\nAcme,retail\n");
        File.WriteAllText(Path.Combine(folder, "dictionary.csv"), "Table,Field,Description\naccounts,account,Company\n");

        var report = await _importer.Run([folder]);

        Assert.Equal(1, report.Counts.Created);
        Assert.Equal("dictionary.csv", Assert.Single(report.PassedOver).File);
    }

    [Fact]
    public async Task A_full_disk_leaves_nothing_behind()
    {
        var rows = string.Concat(Enumerable.Range(1, 3000).Select(n => $"Company {n},retail\n"));
        var options = new DbContextOptionsBuilder<PlaybookDb>(PlaybookDb.Sqlite(Path.Combine(_database.Folder, "playbook.db")))
            .AddInterceptors(new SmallDisk()).Options;
        var importer = new Importer(new PooledDbContextFactory<PlaybookDb>(options), _database.Time);

        var failure = await Assert.ThrowsAsync<ImportException>(() => importer.Run([_database.File("accounts.csv", "account,sector\n" + rows)]));

        Assert.Equal("The disk is full.", failure.Failures[0].Cause);
        AssertNothingWritten();
    }

    [Fact]
    public async Task A_database_that_may_only_be_read_says_so()
    {
        var path = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_database.Folder, "playbook.db"), Mode = SqliteOpenMode.ReadOnly }.ToString();
        var options = new DbContextOptionsBuilder<PlaybookDb>().UseSqlite(path).Options;
        var importer = new Importer(new PooledDbContextFactory<PlaybookDb>(options), _database.Time);

        var failure = await Assert.ThrowsAsync<ImportException>(() => importer.Run([_database.File("accounts.csv", "account,sector\nAcme,retail\n")]));

        Assert.Equal("The database is read-only.", failure.Failures[0].Cause);
        AssertNothingWritten();
    }

    private void AssertNothingWritten() =>
        Assert.Equal((0, 0, 0), _database.Read(db => (db.Accounts.Count(), db.ImportBatches.Count(), db.ImportedRows.Count())));

    private sealed class SmallDisk : DbConnectionInterceptor
    {
        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA max_page_count = 80";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
