using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.ContractTests.Runs;

/// <summary>The process "died" here; a test then goes on with another store over the same data.</summary>
public sealed class ProcessDiedException(string where) : Exception($"The process died {where}.");

/// <summary>
/// A store that dies on command: before or after its n-th write (commit, claim or deferral), counted from 1. After that
/// every call fails, as it would in a process that is gone.
/// </summary>
public sealed class CrashingStore(IRunStore store, int atWrite, bool afterwards) : IRunStore
{
    private int _writes;

    public bool IsDead { get; private set; }

    public ValueTask<RunState?> Get(Guid runId, CancellationToken cancellationToken = default) => Alive().Get(runId, cancellationToken);

    public ValueTask<IReadOnlyList<BookmarkMatch>> Find(BookmarkKind kind, string key, CancellationToken cancellationToken = default) =>
        Alive().Find(kind, key, cancellationToken);

    public ValueTask<IReadOnlyList<Guid>> Due(DateTimeOffset until, int max, CancellationToken cancellationToken = default) =>
        Alive().Due(until, max, cancellationToken);

    public async ValueTask<IReadOnlyList<OutboxItem>> ClaimOutbox(DateTimeOffset now, int max, TimeSpan lease, IReadOnlyDictionary<string, int>? atMost = null, CancellationToken cancellationToken = default)
    {
        var isLast = Enter();
        var claimed = await store.ClaimOutbox(now, max, lease, atMost, cancellationToken);
        Leave(isLast);
        return claimed;
    }

    public async ValueTask Defer(OutboxItem item, DateTimeOffset until, string? reason, CancellationToken cancellationToken = default)
    {
        var isLast = Enter();
        await store.Defer(item, until, reason, cancellationToken);
        Leave(isLast);
    }

    public async ValueTask Commit(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, CancellationToken cancellationToken = default)
    {
        var isLast = Enter();
        await store.Commit(transitions, done, cancellationToken);
        Leave(isLast);
    }

    private IRunStore Alive() => IsDead ? throw new ProcessDiedException("before this call") : store;

    private bool Enter()
    {
        Alive();
        if (Interlocked.Increment(ref _writes) != atWrite)
            return false;
        if (afterwards)
            return true;
        IsDead = true;
        throw new ProcessDiedException($"before write {atWrite}");
    }

    private void Leave(bool isLast)
    {
        if (!isLast)
            return;
        IsDead = true;
        throw new ProcessDiedException($"after write {atWrite}");
    }
}
