using System.Text;
using SQLitePCL;

namespace Playbook.Storage.Runs;

/// <summary>
/// A prepared statement on the raw handle: SqliteCommand boxes every parameter and allocates a reader per call, which
/// costs as much again as SQLite's own work on the commit path.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    private readonly WriterFaults? _faults;

    internal Statement(sqlite3 connection, string sql, WriterFaults? faults = null)
    {
        _connection = connection;
        _faults = faults;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    internal Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    internal Statement Bind(int index, long? value) => value is { } some ? Bind(index, some) : BindNull(index);

    internal Statement Bind(int index, DateTimeOffset value) => Bind(index, value.ToUnixTimeMilliseconds());

    internal Statement Bind(int index, DateTimeOffset? value) => value is { } some ? Bind(index, some) : BindNull(index);

    internal Statement Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BindBlob(index, bytes);
    }

    internal Statement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    internal Statement Bind(int index, string? value)
    {
        if (value is null)
            return BindNull(index);
        if (value.Length is 0 or > 256)
        {
            Check(raw.sqlite3_bind_text(_statement, index, value));
            return this;
        }

        Span<byte> utf8 = stackalloc byte[value.Length * 3];
        return BindUtf8(index, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
    }

    internal Statement BindUtf8(int index, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    internal Statement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    /// <summary>True where there is a row to read. After the last row the statement is ready for its next use.</summary>
    internal bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code == raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(_statement);
            return false;
        }

        var fault = new SqliteFault(raw.sqlite3_extended_errcode(_connection), raw.sqlite3_errmsg(_connection).utf8_to_string());
        raw.sqlite3_reset(_statement);
        throw fault;
    }

    /// <summary>Runs to the end and tells how many rows changed.</summary>
    internal int Execute()
    {
        _faults?.BeforeStatement?.Invoke();
        while (Step())
        {
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Reads all rows; the statement is ready for its next use even where <paramref name="row"/> throws.</summary>
    internal List<T> Rows<T>(Func<Statement, T> row)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
                rows.Add(row(this));
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    /// <summary>Gives up reading; needed where not all rows were stepped over, for an open statement holds its snapshot.</summary>
    internal void Reset() => raw.sqlite3_reset(_statement);

    internal bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    internal long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    internal double Double(int column) => raw.sqlite3_column_double(_statement, column);

    internal int Int32(int column) => raw.sqlite3_column_int(_statement, column);

    internal double? DoubleOrNull(int column) => IsNull(column) ? null : raw.sqlite3_column_double(_statement, column);

    internal string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    internal DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Int64(column));

    internal DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    internal Guid Guid(int column) => new(Blob(column), bigEndian: true);

    /// <summary>Valid until the next step or reset.</summary>
    internal ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw new SqliteFault(code, raw.sqlite3_errmsg(_connection).utf8_to_string());
    }
}
