using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Tests.Sending;

/// <summary>A migrated database with an open run store, in a folder of its own.</summary>
internal sealed class LedgerDatabase : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-ledger-").FullName;
    private readonly StoreLock _owned;

    public LedgerDatabase()
    {
        using (var database = Open())
            database.Database.Migrate();
        _owned = StoreLock.Acquire(File);
        Store = RunStore.Open(_owned);
    }

    public string File => Path.Combine(_folder, "playbook.db");

    public RunStore Store { get; }

    public PlaybookDb Open() => new(PlaybookDb.Sqlite(File));

    public Contact Contact(Func<Contact, Contact>? change = null)
    {
        var id = Guid.CreateVersion7(Now);
        var contact = new Contact { Id = id, NaturalKey = id.ToString(), Name = "Anne Holm", Email = "anne@nord.dk", Phone = "+45 33 44 55 66", Country = "DK", CreatedAt = Now, UpdatedAt = Now };
        contact = change?.Invoke(contact) ?? contact;
        Add(contact);
        return contact;
    }

    public Account Account(string name = "Nord", string? country = "DK")
    {
        var account = new Account { Id = Guid.CreateVersion7(Now), Name = name, NameKey = name, Country = country, CreatedAt = Now, UpdatedAt = Now };
        Add(account);
        return account;
    }

    public void Add(object record)
    {
        using var database = Open();
        database.Add(record);
        database.SaveChanges();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _owned.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
