using Playbook.Engine.Runs;
using Playbook.Storage.Runs.Json;
using SQLitePCL;

namespace Playbook.Storage.Runs.Writing;

/// <summary>Writes effects on their way out. Messages stay as the record of what was sent; the rest is deleted when done.</summary>
internal sealed class OutboxTable(sqlite3 connection, WriterFaults? faults) : IDisposable
{
    private readonly Statement _add = new(connection, """
        INSERT INTO Outbox (Seq, Id, Run, ActivityId, BookmarkId, Kind, Body, Status, CreatedAt, NotBefore, Attempts)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?8, 0)
        """, faults);

    private readonly Statement _due = new(connection, """
        SELECT o.Seq, o.Id, r.Id, o.ActivityId, o.BookmarkId, o.Body, o.CreatedAt, o.Attempts
        FROM Outbox o JOIN Runs r ON r.Number = o.Run
        WHERE o.Status < 2 AND o.NotBefore <= ?1 ORDER BY o.NotBefore, o.Seq LIMIT ?2
        """, faults);

    private readonly Statement _claim = new(connection, "UPDATE Outbox SET Status = 1, NotBefore = ?2, Attempts = Attempts + 1 WHERE Seq = ?1", faults);
    private readonly Statement _defer = new(connection, "UPDATE Outbox SET Status = 0, NotBefore = ?2, Reason = ?3 WHERE Id = ?1 AND Status < 2", faults);

    private readonly Statement _keep = new(connection, """
        UPDATE Outbox SET Status = ?2, DoneAt = ?3, Result = coalesce(?4, Result) WHERE Id = ?1 AND Kind = 'SendMessage' AND (?2 = 2 OR Status < 2)
        """, faults);

    private readonly Statement _withdrawByBookmark = new(connection, """
        UPDATE Outbox SET Status = 3, DoneAt = ?3 WHERE Run = ?1 AND Kind = 'SendMessage' AND BookmarkId = ?2 AND Status < 2
        """, faults);

    private readonly Statement _delete = new(connection, "DELETE FROM Outbox WHERE Id = ?1 AND Kind <> 'SendMessage'", faults);
    private long _lastSeq = RunTable.Last(connection, "SELECT max(Seq) FROM Outbox");

    internal void Add(OutboxItem item, long run, ReadOnlySpan<byte> body) => _add
        .Bind(1, ++_lastSeq).Bind(2, item.Id).Bind(3, run).Bind(4, item.ActivityId).Bind(5, item.BookmarkId)
        .Bind(6, EffectJson.KindOf(item.Effect)).BindUtf8(7, body).Bind(8, item.CreatedAt).Execute();

    internal IReadOnlyList<OutboxItem> Claim(DateTimeOffset now, int max, TimeSpan lease)
    {
        var claimed = _due.Bind(1, now).Bind(2, max).Rows(row => (
            Seq: row.Int64(0),
            Item: new OutboxItem(row.Text(1), row.Guid(2), row.Text(3), row.TextOrNull(4), EffectJson.Read(row.Blob(5)), row.Time(6)) { Attempts = row.Int32(7) }));
        foreach (var (seq, _) in claimed)
            _claim.Bind(1, seq).Bind(2, now + lease).Execute();
        return claimed.ConvertAll(claim => claim.Item);
    }

    internal void Defer(string id, DateTimeOffset until, string reason) => _defer.Bind(1, id).Bind(2, until).Bind(3, reason).Execute();

    internal void Done(OutboxDone done, DateTimeOffset at) => Close(done.Id, 2, at, done.Result);

    /// <summary>Takes back what was not sent; what was sent stays recorded as sent.</summary>
    internal void Withdraw(string id, DateTimeOffset at) => Close(id, 3, at, null);

    /// <summary>Takes back the message whose fate nobody waits for any more, where it was not sent.</summary>
    internal void WithdrawMessage(long run, string bookmarkId, DateTimeOffset at) => _withdrawByBookmark.Bind(1, run).Bind(2, bookmarkId).Bind(3, at).Execute();

    /// <summary>Puts back what somebody claimed and never finished, to be taken at once.</summary>
    internal void FreeClaims()
    {
        using var free = new Statement(connection, "UPDATE Outbox SET Status = 0, NotBefore = CreatedAt WHERE Status = 1");
        free.Execute();
    }

    public void Dispose()
    {
        _withdrawByBookmark.Dispose();
        _add.Dispose();
        _due.Dispose();
        _claim.Dispose();
        _defer.Dispose();
        _keep.Dispose();
        _delete.Dispose();
    }

    private void Close(string id, long status, DateTimeOffset at, string? result)
    {
        if (_keep.Bind(1, id).Bind(2, status).Bind(3, at).Bind(4, result).Execute() == 0)
            _delete.Bind(1, id).Execute();
    }
}
