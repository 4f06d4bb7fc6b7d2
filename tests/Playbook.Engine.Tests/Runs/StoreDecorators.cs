using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Tests.Runs;

/// <summary>Passes everything on.</summary>
internal abstract class StoreDecorator(IRunStore store) : IRunStore
{
    public ValueTask<RunState?> Get(Guid runId, CancellationToken cancellationToken = default) => store.Get(runId, cancellationToken);

    public ValueTask<IReadOnlyList<BookmarkMatch>> Find(BookmarkKind kind, string key, CancellationToken cancellationToken = default) => store.Find(kind, key, cancellationToken);

    public ValueTask<IReadOnlyList<Guid>> Due(DateTimeOffset until, int max, CancellationToken cancellationToken = default) => store.Due(until, max, cancellationToken);

    public virtual ValueTask<IReadOnlyList<OutboxItem>> ClaimOutbox(DateTimeOffset now, int max, TimeSpan lease, IReadOnlyDictionary<string, int>? atMost = null, CancellationToken cancellationToken = default) => store.ClaimOutbox(now, max, lease, atMost, cancellationToken);

    public ValueTask Defer(OutboxItem item, DateTimeOffset until, string? reason, CancellationToken cancellationToken = default) => store.Defer(item, until, reason, cancellationToken);

    public virtual ValueTask Commit(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, CancellationToken cancellationToken = default) => store.Commit(transitions, done, cancellationToken);
}

/// <summary>Lets somebody else be faster, once.</summary>
internal sealed class InterferingStore(IRunStore store) : StoreDecorator(store)
{
    public Func<Task>? BeforeNextCommit { get; set; }

    public override async ValueTask Commit(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, CancellationToken cancellationToken = default)
    {
        if (BeforeNextCommit is { } interfere)
        {
            BeforeNextCommit = null;
            await interfere();
        }

        await base.Commit(transitions, done, cancellationToken);
    }
}

/// <summary>Counts the transitions of each commit.</summary>
internal sealed class CountingStore(IRunStore store) : StoreDecorator(store)
{
    public List<int> Commits { get; } = [];

    public override async ValueTask Commit(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, CancellationToken cancellationToken = default)
    {
        await base.Commit(transitions, done, cancellationToken);
        Commits.Add(transitions.Count);
    }
}
