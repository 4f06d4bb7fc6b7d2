using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace Playbook.Storage.Tests.Crm;

/// <summary>A real database in a folder of its own, which goes away with the test.</summary>
public sealed class CrmDatabase : IDisposable
{
    public CrmDatabase()
    {
        Folder = Directory.CreateTempSubdirectory("playbook-crm-").FullName;
        Factory = new PooledDbContextFactory<PlaybookDb>(PlaybookDb.Sqlite(Path.Combine(Folder, "playbook.db")));
        using var database = Factory.CreateDbContext();
        database.Database.EnsureCreated();
    }

    public string Folder { get; }
    public IDbContextFactory<PlaybookDb> Factory { get; }
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public string File(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public string File(string name, byte[] content)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public T Read<T>(Func<PlaybookDb, T> read)
    {
        using var database = Factory.CreateDbContext();
        return read(database);
    }

    public void Dispose()
    {
        (Factory as IDisposable)?.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
