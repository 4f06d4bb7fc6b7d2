using Microsoft.Data.Sqlite;
using Playbook.Sales.Contacts;
using Playbook.Storage.Inbound;
using Playbook.Storage.Metrics;
using Playbook.Storage.Privacy;
using Playbook.Storage.Queue;
using Playbook.Storage.Runs.Schema;
using Playbook.Storage.Sending;
using SQLitePCL;

namespace Playbook.Storage.Runs.Writing;

/// <summary>The one connection that writes runs, with everything prepared on it. Belongs to whoever writes, one at a time.</summary>
internal sealed class WriteTables : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly RunStoreOptions _options;
    private LedgerTables? _ledger;
    private InboxTable? _inbox;
    private DeskTable? _desk;
    private PromiseWriting? _promises;
    private RollupTables? _rollup;
    private bool _compacts;
    private bool? _hasLedger;

    private WriteTables(SqliteConnection connection, HeadCache heads, RunStoreOptions options)
    {
        Heads = heads;
        _connection = connection;
        _options = options;
        var handle = connection.Handle!;
        _begin = new(handle, "BEGIN IMMEDIATE", options.Faults);
        _commit = new(handle, "COMMIT", options.Faults);
        Runs = new(handle, options.Faults);
        Tasks = new(handle, options.Faults);
        Waits = new(handle, options.Faults);
        Outbox = new(handle, options.Faults);
        Pauses = new(handle, options.Faults);
        Facts = new(() => Ledger, () => Promises, handle, options.Faults);
        Remover = new(handle, heads, Runs, options.Faults);
    }

    internal HeadCache Heads { get; }

    internal RunTable Runs { get; }

    internal TaskTable Tasks { get; }

    internal WaitTable Waits { get; }

    internal OutboxTable Outbox { get; }

    internal PauseTable Pauses { get; }

    internal FactTables Facts { get; }

    internal RunRemover Remover { get; }

    /// <summary>Only in a database that has been migrated.</summary>
    internal LedgerTables Ledger => _ledger ??= new(_connection.Handle!, _options.Faults);

    /// <summary>Only in a database that has been migrated.</summary>
    internal InboxTable Inbox => _inbox ??= new(_connection.Handle!, _options.Faults);

    /// <summary>Only in a database that has been migrated.</summary>
    internal PromiseWriting Promises => _promises ??= new(_connection.Handle!, _options.Faults);

    /// <summary>Only in a database that has been migrated.</summary>
    internal DeskTable Desk => _desk ??= new(_connection.Handle!, _options.Faults);

    /// <summary>Made with the first count.</summary>
    internal RollupTables Rollup => _rollup ??= new(_connection, _options.Faults);

    /// <summary>Why the file could not be rewritten when that was last asked for; null where it could.</summary>
    internal string? CompactFault { get; private set; }

    /// <summary>For the one time that a person is erased.</summary>
    internal PersonTables Person(PersonTraces traces, Contact contact) => new(_connection.Handle!, Heads, traces, contact);

    /// <summary>Has the file rewritten after the commit, so that nothing deleted stands in its free space.</summary>
    internal bool CompactAfterCommit() => _compacts = true;

    /// <summary>The same; null in a database without those tables.</summary>
    internal LedgerTables? TryLedger => (_hasLedger ??= HasLedger()) ? Ledger : null;

    /// <summary>Throws <see cref="SqliteFault"/> where the file cannot be opened.</summary>
    internal static WriteTables Open(string path, HeadCache heads, RunStoreOptions options)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, (int)options.BusyTimeout.TotalMilliseconds);
            Run(connection, $"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = {options.CheckpointPages};
                PRAGMA cache_size = -{options.CacheMegabytes * 1024};
                PRAGMA temp_store = MEMORY;
                {options.Faults?.OnOpen}
                """);
            RunSchema.Create(connection);
            return new(connection, heads, options);
        }
        catch (SqliteException cause)
        {
            connection.Dispose();
            throw new SqliteFault(cause.SqliteExtendedErrorCode, cause.Message);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal void Begin() => _begin.Execute();

    internal void Commit()
    {
        _commit.Execute();
        if (_compacts)
            Compact();
    }

    /// <summary>Undoes what was not committed; some errors have made SQLite do so by itself.</summary>
    internal void Rollback()
    {
        Heads.Clear();
        // Its tables may have been made in the transaction that is undone.
        _rollup?.Dispose();
        _rollup = null;
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            raw.sqlite3_exec(_connection.Handle, "ROLLBACK");
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        Runs.Dispose();
        Tasks.Dispose();
        Waits.Dispose();
        Outbox.Dispose();
        Facts.Dispose();
        Pauses.Dispose();
        _ledger?.Dispose();
        _inbox?.Dispose();
        _desk?.Dispose();
        _promises?.Dispose();
        _rollup?.Dispose();
        Remover.Dispose();
        _connection.Dispose();
    }

    // What was committed stays so, whatever becomes of this.
    private void Compact()
    {
        _compacts = false;
        try
        {
            Run(_connection, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
            CompactFault = null;
        }
        catch (SqliteException fault)
        {
            CompactFault = fault.Message;
        }
    }

    private bool HasLedger() => RunTable.Last(_connection.Handle!, "SELECT count(*) FROM sqlite_master WHERE name IN ('Touches', 'SendingDecisions')") == 2;

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
