using Microsoft.EntityFrameworkCore.Infrastructure;
using Playbook.Server.Host;
using Playbook.Storage;
using Playbook.Storage.Runs;

namespace Playbook.Server.Commands;

/// <summary>A database that a command works on: its own while it writes, shared while it only reads.</summary>
internal sealed class OwnedDatabase : IDisposable
{
    private readonly StoreLock? _owned;

    private OwnedDatabase(string path, StoreLock? owned)
    {
        _owned = owned;
        Factory = new PooledDbContextFactory<PlaybookDb>(PlaybookDb.Sqlite(path));
    }

    public PooledDbContextFactory<PlaybookDb> Factory { get; }

    /// <summary>For writing: refuses where another process has it, makes it where it is missing.</summary>
    public static async Task<OwnedDatabase> ToWrite(string path, CancellationToken cancellation)
    {
        StoreLock owned;
        try
        {
            owned = StoreLock.Acquire(path);
        }
        catch (StoreException fault)
        {
            throw new HostException(StoreLock.ReadOwner(path) is null ? ExitCodes.Storage : ExitCodes.Busy, fault.Message, fault);
        }

        var database = new OwnedDatabase(owned.DatabasePath, owned);
        try
        {
            await DatabaseFile.Prepare(database.Factory, owned.DatabasePath, cancellation);
            return database;
        }
        catch (HostException)
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>For reading, also beside a process that serves it.</summary>
    public static OwnedDatabase ToRead(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full)
            ? new OwnedDatabase(full, null)
            : throw new HostException(ExitCodes.InvalidInput, $"There is no database {full}. Import something first, or name another with --database.");
    }

    public void Dispose()
    {
        // The lock goes last: until the connections are closed, the file is in use.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _owned?.Dispose();
    }
}
