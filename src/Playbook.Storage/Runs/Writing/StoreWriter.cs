using Playbook.Engine.Runs;

namespace Playbook.Storage.Runs.Writing;

/// <summary>
/// Writes one transaction at a time. Whatever waits when a transaction begins goes into it together, so that a hundred
/// commits cost one flush to disk. A commit that finds nobody writing is written on its caller's own thread: handing it
/// over and back costs more than writing it.
/// </summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly string _path;
    private readonly RunStoreOptions _options;
    private readonly List<DueMove> _moves = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WriteRequest[] _alone = new WriteRequest[1];
    private readonly WriteRequest[] _own = new WriteRequest[1];
    private List<WriteRequest> _waiting = [];
    private List<WriteRequest> _group = [];
    private WriteTables? _tables;
    private bool _isWriting;
    private bool _closed;

    /// <summary>Opens the file on the caller's thread, so that the caller hears what is wrong with it.</summary>
    internal StoreWriter(string path, RunStoreOptions options)
    {
        _path = path;
        _options = options;
        try
        {
            _tables = WriteTables.Open(path, Heads, options);
            // One process owns the store: whoever claimed something before this one is gone.
            _tables.Outbox.FreeClaims();
        }
        catch (SqliteFault fault)
        {
            throw StoreException.For(path, fault);
        }

        new Thread(Run) { Name = "Run store writer", IsBackground = true }.Start();
    }

    internal DueQueue Due { get; } = new();

    internal HeadCache Heads { get; } = new();

    internal void Enqueue(WriteRequest request)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_isWriting || _waiting.Count > 0)
            {
                _waiting.Add(request);
                return;
            }

            _isWriting = true;
        }

        _own[0] = request;
        WriteGroup(_own);
        Rest();
    }

    /// <summary>Writes what is waiting, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        await _ended.Task;
    }

    private void Run()
    {
        try
        {
            while (Take())
            {
                WriteGroup(_group);
                _group.Clear();
                Rest();
            }

            _tables?.Dispose();
            _ended.SetResult();
        }
        catch (Exception cause)
        {
            _ended.SetException(cause);
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            while (_isWriting || _waiting.Count == 0)
            {
                if (_closed && !_isWriting)
                    return false;
                Monitor.Wait(_gate);
            }

            (_group, _waiting) = (_waiting, _group);
            _isWriting = true;
            return true;
        }
    }

    /// <summary>Lets the next one write: the writer's thread, where somebody came meanwhile.</summary>
    private void Rest()
    {
        lock (_gate)
        {
            _isWriting = false;
            if (_waiting.Count > 0 || _closed)
                Monitor.Pulse(_gate);
        }
    }

    private void WriteGroup(IReadOnlyList<WriteRequest> group)
    {
        try
        {
            _tables ??= WriteTables.Open(_path, Heads, _options);
            _tables.Begin();
            for (var i = 0; i < group.Count; i++)
                group[i].Try(_tables);
            _tables.Commit();
        }
        catch (Exception cause)
        {
            Undo(cause);
            if (cause is StaleHeadException || (group.Count > 1 && IsOfTheWork(cause)))
                WriteEachAlone(group);
            else
                Fail(group, cause);
            return;
        }

        Complete(group);
    }

    /// <summary>One of them is at fault: only that one fails when each has a transaction of its own.</summary>
    private void WriteEachAlone(IReadOnlyList<WriteRequest> group)
    {
        for (var i = 0; i < group.Count; i++)
        {
            _alone[0] = group[i];
            WriteGroup(_alone);
        }
    }

    private void Complete(IReadOnlyList<WriteRequest> group)
    {
        _moves.Clear();
        for (var i = 0; i < group.Count; i++)
            if (!group[i].IsRefused)
                group[i].AddDueMoves(_moves);
        Due.Apply(_moves);
        for (var i = 0; i < group.Count; i++)
            group[i].Complete();
    }

    private void Fail(IReadOnlyList<WriteRequest> group, Exception cause)
    {
        // An exception of each caller's own: a shared one would collect all their stack traces.
        for (var i = 0; i < group.Count; i++)
            group[i].Fail(cause is SqliteFault fault ? StoreException.For(_path, fault) : cause);
    }

    /// <summary>
    /// After a fault of the file or the disk the connection is opened anew for the next group: what SQLite remembers of the
    /// file may no longer hold.
    /// </summary>
    private void Undo(Exception cause)
    {
        _tables?.Rollback();
        if (IsOfTheWork(cause))
            return;
        _tables?.Dispose();
        _tables = null;
    }

    private static bool IsOfTheWork(Exception cause) => cause is not SqliteFault fault || fault.IsOfTheWork;
}
