using Playbook.Abstractions;
using Playbook.Engine.Runs;
using SQLitePCL;

namespace Playbook.Storage.Runs.Writing;

/// <summary>Writes who waits for a signal or a reply; other bookmarks are addressed by their run and need no table.</summary>
internal sealed class WaitTable(sqlite3 connection, WriterFaults? faults) : IDisposable
{
    private readonly Statement _add = new(connection, "INSERT INTO Waits (Number, Kind, Key, Run, BookmarkId) VALUES (?1, ?2, ?3, ?4, ?5)", faults);
    private readonly Statement _remove = new(connection, "DELETE FROM Waits WHERE Kind = ?1 AND Key = ?2 AND Run = ?3 AND BookmarkId = ?4", faults);
    private long _lastNumber = RunTable.Last(connection, "SELECT max(Number) FROM Waits");

    /// <summary>How many rows were added: one or none.</summary>
    internal int Add(RunBookmark bookmark, RunState state, long run) =>
        KeyOf(bookmark, state) is { } key
            ? _add.Bind(1, ++_lastNumber).Bind(2, (long)bookmark.Kind).Bind(3, key).Bind(4, run).Bind(5, bookmark.Id).Execute()
            : 0;

    /// <summary>How many rows went: one or none.</summary>
    internal int Remove(RunBookmark bookmark, RunState state, long run) =>
        KeyOf(bookmark, state) is { } key
            ? _remove.Bind(1, (long)bookmark.Kind).Bind(2, key).Bind(3, run).Bind(4, bookmark.Id).Execute()
            : 0;

    public void Dispose()
    {
        _add.Dispose();
        _remove.Dispose();
    }

    private static string? KeyOf(RunBookmark bookmark, RunState state) => bookmark.Kind switch
    {
        BookmarkKind.Signal => bookmark.Key,
        BookmarkKind.Reply or BookmarkKind.Invitation when state.Subject.Id.Length > 0 => state.Subject.Id,
        _ => null,
    };
}
