using SQLitePCL;

namespace Playbook.Storage.Runs;

/// <summary>What SQLite answered where it should have answered "ok".</summary>
internal sealed class SqliteFault(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    internal const int Busy = raw.SQLITE_BUSY;
    internal const int Locked = raw.SQLITE_LOCKED;
    internal const int OutOfMemory = raw.SQLITE_NOMEM;
    internal const int ReadOnly = raw.SQLITE_READONLY;
    internal const int InputOutput = raw.SQLITE_IOERR;
    internal const int Corrupt = raw.SQLITE_CORRUPT;
    internal const int Full = raw.SQLITE_FULL;
    internal const int CannotOpen = raw.SQLITE_CANTOPEN;
    internal const int NotADatabase = raw.SQLITE_NOTADB;

    /// <summary>The code without its extended part.</summary>
    internal int PrimaryCode { get; } = code & 0xFF;

    /// <summary>Whether the work itself is at fault, rather than the file, the disk or another program.</summary>
    internal bool IsOfTheWork => PrimaryCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG
        or raw.SQLITE_RANGE or raw.SQLITE_ERROR or raw.SQLITE_MISUSE;
}
