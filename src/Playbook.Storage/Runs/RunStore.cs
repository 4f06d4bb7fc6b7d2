using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Storage.Crm;
using Playbook.Storage.Inbound;
using Playbook.Storage.Metrics;
using Playbook.Storage.Privacy;
using Playbook.Storage.Queue;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Writing;
using Playbook.Storage.Sending;

namespace Playbook.Storage.Runs;

/// <summary>
/// Runs in a SQLite file. One thread writes and commits in groups; reads go beside it. Failures of the file or the disk
/// are <see cref="StoreException"/>s: nothing of the call was written, and the store works again once the cause is gone.
/// </summary>
/// <example>
/// <code>
/// using var owned = StoreLock.Acquire("data/playbook.db");
/// await using var store = RunStore.Open(owned);
/// </code>
/// </example>
public sealed class RunStore : IRunStore, IAsyncDisposable
{
    private const string SelectState = $"SELECT {RunHead.Columns}, State FROM Runs WHERE Id = ?1";

    // A faulted run keeps its bookmarks, but nothing wakes it before it is repaired.
    private const string SelectWaiting = """
        SELECT r.Id, w.BookmarkId, r.CorrelationId FROM Waits w JOIN Runs r ON r.Number = w.Run WHERE w.Kind = ?1 AND w.Key = ?2 ORDER BY w.Run
        """;

    private const string SelectDue = "SELECT Id, DueAt FROM Runs WHERE Status = 0 AND DueAt IS NOT NULL";

    private readonly RunStoreOptions _options;
    private readonly StoreWriter _writer;
    private readonly ReadPool _reads;

    private RunStore(string path, RunStoreOptions options)
    {
        _options = options;
        _writer = new(path, options);
        _reads = new(path);
        Queries = new(_reads);
        Tasks = new(_reads, _writer);
        Sending = new(_reads, _writer);
        Inbound = new(_reads, _writer);
        Queue = new(_reads, _writer);
        OpenWork = new(_reads);
        Replies = new(_reads);
        Promises = new(_reads, _writer);
        Subjects = new(_reads);
        Privacy = new(_reads, _writer);
        Metrics = new(_reads, _writer);
    }

    internal HeadCache Heads => _writer.Heads;

    /// <summary>Runs and their history, for pages and the HTTP API.</summary>
    public RunQueries Queries { get; }

    /// <summary>The queue of tasks.</summary>
    public RunTasks Tasks { get; }

    /// <summary>Touches, consents, suppressions and decisions.</summary>
    public SendingLedger Sending { get; }

    /// <summary>What came in over channels.</summary>
    public EventInbox Inbound { get; }

    /// <summary>Who took, put off and answered which task.</summary>
    public QueueBook Queue { get; }

    /// <summary>All open tasks in memory.</summary>
    public OpenWork OpenWork { get; }

    /// <summary>Who waits for an answer of ours.</summary>
    public Replies Replies { get; }

    /// <summary>What reps have promised to contacts.</summary>
    public PromiseBook Promises { get; }

    /// <summary>Whom runs are about. Needs a migrated database.</summary>
    public SubjectRows Subjects { get; }

    /// <summary>Erases a person.</summary>
    public PersonEraser Privacy { get; }

    /// <summary>What is measured.</summary>
    public MetricStore Metrics { get; }

    /// <summary>When the next run is due; null where none waits for a point in time.</summary>
    public DateTimeOffset? NextDueAt => _writer.Due.Next;

    /// <summary>Opens the database that <paramref name="owner"/> holds, and makes its tables where they are missing.</summary>
    public static RunStore Open(StoreLock owner, RunStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        var store = new RunStore(owner.DatabasePath, options ?? new());
        store._writer.Due.Apply(store._reads.Read(0, static (connection, _) =>
            connection.Prepare(SelectDue).Rows(row => new DueMove(row.Guid(0), null, row.Int64(1)))));
        return store;
    }

    public ValueTask<RunState?> Get(Guid runId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_reads.Read((runId, _writer.Heads), static (connection, wanted) =>
        {
            var select = connection.Prepare(SelectState).Bind(1, wanted.runId);
            try
            {
                if (!select.Step())
                    return null;
                wanted.Heads.Put(wanted.runId, RunHead.Read(select));
                return RunState.Read(select.Blob(9));
            }
            finally
            {
                select.Reset();
            }
        }));
    }

    public ValueTask<IReadOnlyList<BookmarkMatch>> Find(BookmarkKind kind, string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_reads.Read((kind, key), static (connection, wanted) =>
            (IReadOnlyList<BookmarkMatch>)connection.Prepare(SelectWaiting).Bind(1, (long)wanted.kind).Bind(2, wanted.key)
                .Rows(row => new BookmarkMatch(row.Guid(0), row.Text(1), row.TextOrNull(2)))));
    }

    public ValueTask<IReadOnlyList<Guid>> Due(DateTimeOffset until, int max, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_writer.Due.Until(until, max));
    }

    public ValueTask<IReadOnlyList<OutboxItem>> ClaimOutbox(
        DateTimeOffset now, int max, TimeSpan lease, IReadOnlyDictionary<string, int>? atMost = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Write(tables => tables.Outbox.Claim(now, max, lease, atMost));
    }

    public async ValueTask Defer(OutboxItem item, DateTimeOffset until, string? reason, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Write(tables =>
        {
            tables.Outbox.Defer(item, until, reason);
            return true;
        });
    }

    public ValueTask Commit(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(transitions);
        ArgumentNullException.ThrowIfNull(done);
        var request = CommitRequest.For(transitions, done, _options.Clock.GetUtcNow());
        _writer.Enqueue(request);
        return request.Completion;
    }

    /// <summary>
    /// Deletes runs that have ended, with their history, tasks and messages, in one transaction; the others are left as
    /// they are. Tells what became of each, in the order asked.
    /// </summary>
    public async ValueTask<IReadOnlyList<RunRemoval>> Delete(IReadOnlyList<Guid> runIds, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(runIds);
        return await Write(tables => tables.Remover.Remove(runIds));
    }

    /// <summary>Writes what is waiting and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _reads.Dispose();
        Metrics.Dispose();
    }

    private ValueTask<T> Write<T>(Func<WriteTables, T> write)
    {
        var request = new WriteRequest<T>(write);
        _writer.Enqueue(request);
        return request.Result();
    }
}
