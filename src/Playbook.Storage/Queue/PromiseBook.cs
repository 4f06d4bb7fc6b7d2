using Playbook.Sales.Queue;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Writing;

namespace Playbook.Storage.Queue;

/// <summary>What was promised to contacts and what became of it. Needs a migrated database.</summary>
public sealed class PromiseBook
{
    private const string Select = """SELECT Id, ContactId, TaskId, Text, At, MadeAt, "By", KeptAt, KeptBy, WithdrawnAt, WithdrawnBy FROM Promises""";

    private readonly ReadPool _reads;
    private readonly StoreWriter _writer;

    internal PromiseBook(ReadPool reads, StoreWriter writer)
    {
        _reads = reads;
        _writer = writer;
    }

    /// <summary>Keeps a promise that a rep made; false where it is kept already.</summary>
    public ValueTask<bool> Make(Promise promise)
    {
        ArgumentNullException.ThrowIfNull(promise);
        return Write(tables =>
        {
            if (!tables.Promises.Add(promise))
                return false;
            if (promise.TaskId is { } task)
                tables.Desk.Note(new() { Id = Guid.CreateVersion7(promise.MadeAt), TaskId = task, Kind = TaskMoveKind.Promised, At = promise.MadeAt, By = promise.By, Why = promise.Text });
            return true;
        });
    }

    /// <summary>Says what became of an open promise; false where that is known already.</summary>
    public ValueTask<bool> Settle(Promise promise, bool isKept, string? by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(promise);
        return Write(tables =>
        {
            if (!tables.Promises.Settle(promise.Id, isKept, by, at))
                return false;
            if (promise.TaskId is { } task)
                tables.Desk.Note(new() { Id = Guid.CreateVersion7(at), TaskId = task, Kind = TaskMoveKind.PromiseSettled, At = at, By = by, Why = $"{promise.Text}: {(isKept ? "kept" : "not expected any more")}" });
            return true;
        });
    }

    /// <summary>Everything that is promised and not yet kept, earliest first.</summary>
    public IReadOnlyList<Promise> Open() => _reads.Read(0, static (connection, _) => connection
        .Prepare($"{Select} WHERE KeptAt IS NULL AND WithdrawnAt IS NULL ORDER BY At, Id").Rows(Read));

    /// <summary>What was promised to a contact: open ones first, then the latest settled.</summary>
    public IReadOnlyList<Promise> Of(Guid contact, int most = 10) => _reads.Read((contact, most), static (connection, wanted) => connection
        .Prepare($"{Select} WHERE ContactId = ?1 ORDER BY coalesce(KeptAt, WithdrawnAt) IS NOT NULL, CASE WHEN coalesce(KeptAt, WithdrawnAt) IS NULL THEN At ELSE -At END LIMIT ?2")
        .Bind(1, DeskTable.Text(wanted.contact)).Bind(2, wanted.most).Rows(Read));

    private static Promise Read(Statement row) => new()
    {
        Id = Guid.Parse(row.Text(0)), ContactId = Guid.Parse(row.Text(1)), TaskId = row.TextOrNull(2), Text = row.Text(3), At = Time(row, 4), MadeAt = Time(row, 5), By = row.TextOrNull(6),
        KeptAt = row.IsNull(7) ? null : Time(row, 7), KeptBy = row.TextOrNull(8), WithdrawnAt = row.IsNull(9) ? null : Time(row, 9), WithdrawnBy = row.TextOrNull(10),
    };

    private static DateTimeOffset Time(Statement row, int column) => new(row.Int64(column), TimeSpan.Zero);

    private ValueTask<T> Write<T>(Func<WriteTables, T> write)
    {
        var request = new WriteRequest<T>(write);
        _writer.Enqueue(request);
        return request.Result();
    }
}
