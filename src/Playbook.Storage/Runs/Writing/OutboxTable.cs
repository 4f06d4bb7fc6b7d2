using Playbook.Engine.Runs;
using Playbook.Storage.Runs.Json;
using SQLitePCL;

namespace Playbook.Storage.Runs.Writing;

/// <summary>Writes effects on their way out. Messages stay as the record of what was sent; the rest is deleted when done.</summary>
internal sealed class OutboxTable(sqlite3 connection, WriterFaults? faults) : IDisposable
{
    private readonly Statement _add = new(connection, """
        INSERT INTO Outbox (Seq, Id, Run, ActivityId, BookmarkId, Kind, Body, Status, CreatedAt, NotBefore, Attempts, Channel, Faults)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?8, 0, ?9, 0)
        """, faults);

    private readonly Statement _nextChannel = new(connection, "SELECT min(Channel) FROM Outbox WHERE Status < 2 AND Channel > ?1", faults);
    private readonly Statement _hasOther = new(connection, "SELECT 1 FROM Outbox WHERE Status < 2 AND Channel = '' LIMIT 1", faults);

    private readonly Statement _due = new(connection, """
        SELECT o.Seq, o.Id, r.Id, o.ActivityId, o.BookmarkId, o.Body, o.CreatedAt, o.Attempts, o.Faults, o.FailingSince, o.NotBefore
        FROM Outbox o JOIN Runs r ON r.Number = o.Run
        WHERE o.Status < 2 AND o.Channel = ?3 AND o.NotBefore <= ?1 ORDER BY o.NotBefore, o.Seq LIMIT ?2
        """, faults);

    private readonly Statement _claim = new(connection, "UPDATE Outbox SET Status = 1, NotBefore = ?2, Attempts = Attempts + 1 WHERE Seq = ?1", faults);

    private readonly Statement _defer = new(connection, """
        UPDATE Outbox SET Status = iif(?3 IS NULL, 1, 0), NotBefore = ?2, Reason = coalesce(?3, Reason), Faults = ?4, FailingSince = ?5
        WHERE Id = ?1 AND Status = 1 AND Attempts = ?6
        """, faults);

    private readonly Statement _hold = new(connection, "UPDATE Outbox SET Status = 4, Reason = ?2 WHERE Id = ?1 AND Status < 2", faults);

    private readonly Statement _release = new(connection, """
        UPDATE Outbox SET Status = 0, NotBefore = ?2, Faults = 0, FailingSince = NULL WHERE Id = ?1 AND Status = 4
        """, faults);

    private readonly Statement _keep = new(connection, """
        UPDATE Outbox SET Status = ?2, DoneAt = ?3, Result = coalesce(?4, Result) WHERE Id = ?1 AND Kind = 'SendMessage' AND (?2 = 2 OR Status NOT IN (2, 3))
        """, faults);

    private readonly Statement _withdrawByBookmark = new(connection, """
        UPDATE Outbox SET Status = 3, DoneAt = ?3 WHERE Run = ?1 AND Kind = 'SendMessage' AND BookmarkId = ?2 AND Status NOT IN (2, 3)
        """, faults);

    private readonly Statement _delete = new(connection, "DELETE FROM Outbox WHERE Id = ?1 AND Kind <> 'SendMessage'", faults);
    private long _lastSeq = RunTable.Last(connection, "SELECT max(Seq) FROM Outbox");

    internal void Add(OutboxItem item, long run, ReadOnlySpan<byte> body) => _add
        .Bind(1, ++_lastSeq).Bind(2, item.Id).Bind(3, run).Bind(4, item.ActivityId).Bind(5, item.BookmarkId)
        .Bind(6, EffectJson.KindOf(item.Effect)).BindUtf8(7, body).Bind(8, item.CreatedAt).Bind(9, item.Channel).Execute();

    internal IReadOnlyList<OutboxItem> Claim(DateTimeOffset now, int max, TimeSpan lease, IReadOnlyDictionary<string, int>? atMost)
    {
        List<Claimed> due = [];
        foreach (var channel in Channels())
        {
            var room = atMost is not null && atMost.TryGetValue(channel, out var most) ? Math.Min(most, max) : max;
            if (room > 0)
                due.AddRange(_due.Bind(1, now).Bind(2, room).Bind(3, channel).Rows(Read));
        }

        due.Sort(static (one, other) => (one.NotBefore, one.Seq).CompareTo((other.NotBefore, other.Seq)));
        if (due.Count > max)
            due.RemoveRange(max, due.Count - max);
        foreach (var claim in due)
            _claim.Bind(1, claim.Seq).Bind(2, now + lease).Execute();
        return due.ConvertAll(claim => claim.Item);
    }

    internal void Defer(OutboxItem item, DateTimeOffset until, string? reason) => _defer
        .Bind(1, item.Id).Bind(2, until).Bind(3, reason).Bind(4, item.Faults).Bind(5, item.FailingSince).Bind(6, item.Attempts + 1).Execute();

    internal void Hold(string id, string? reason) => _hold.Bind(1, id).Bind(2, reason).Execute();

    internal void Release(string id, DateTimeOffset at) => _release.Bind(1, id).Bind(2, at).Execute();

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

    private readonly record struct Claimed(long Seq, long NotBefore, OutboxItem Item);

    public void Dispose()
    {
        _withdrawByBookmark.Dispose();
        _add.Dispose();
        _due.Dispose();
        _claim.Dispose();
        _nextChannel.Dispose();
        _hasOther.Dispose();
        _hold.Dispose();
        _release.Dispose();
        _defer.Dispose();
        _keep.Dispose();
        _delete.Dispose();
    }

    /// <summary>The channels with something on its way, one look into the index each; the empty one stands for all but messages.</summary>
    private List<string> Channels()
    {
        List<string> channels = _hasOther.Rows(static row => "");
        var last = "";
        while (_nextChannel.Bind(1, last).Rows(static row => row.TextOrNull(0)) is [{ } next])
            channels.Add(last = next);
        return channels;
    }

    private static Claimed Read(Statement row) => new(
        row.Int64(0), row.Int64(10),
        new OutboxItem(row.Text(1), row.Guid(2), row.Text(3), row.TextOrNull(4), EffectJson.Read(row.Blob(5)), row.Time(6))
        {
            Attempts = row.Int32(7), Faults = row.Int32(8), FailingSince = row.TimeOrNull(9),
        });

    private void Close(string id, long status, DateTimeOffset at, string? result)
    {
        if (_keep.Bind(1, id).Bind(2, status).Bind(3, at).Bind(4, result).Execute() == 0)
            _delete.Bind(1, id).Execute();
    }
}
