using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Playbook.Storage.Runs.Reading;

/// <summary>A connection that only reads, with the statements that it has seen prepared.</summary>
internal sealed class ReadConnection : IDisposable
{
    // Questions of a few shapes come again and again; those that people put together are asked once or twice.
    private const int KeepAtMost = 200;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = [];

    private ReadConnection(SqliteConnection connection) => _connection = connection;

    internal static ReadConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, 5_000);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA query_only = 1; PRAGMA cache_size = -4096; PRAGMA mmap_size = 1073741824";
            command.ExecuteNonQuery();
            return new(connection);
        }
        catch (SqliteException cause)
        {
            connection.Dispose();
            throw new SqliteFault(cause.SqliteExtendedErrorCode, cause.Message);
        }
    }

    /// <summary>One statement is used up before the next one is prepared.</summary>
    internal Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement))
            return statement;
        if (_statements.Count == KeepAtMost)
            Forget();
        return _statements[sql] = new(_connection.Handle!, sql);
    }

    public void Dispose()
    {
        Forget();
        _connection.Dispose();
    }

    private void Forget()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }
}
