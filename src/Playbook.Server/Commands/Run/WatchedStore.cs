using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Server.Commands.Run;

/// <summary>A store that tells of every transition that it committed.</summary>
internal sealed class WatchedStore(IRunStore inner, Action<Transition> committed) : IRunStore
{
    public ValueTask<RunState?> Get(Guid runId, CancellationToken cancellationToken = default) => inner.Get(runId, cancellationToken);

    public ValueTask<IReadOnlyList<BookmarkMatch>> Find(BookmarkKind kind, string key, CancellationToken cancellationToken = default) => inner.Find(kind, key, cancellationToken);

    public ValueTask<IReadOnlyList<Guid>> Due(DateTimeOffset until, int max, CancellationToken cancellationToken = default) => inner.Due(until, max, cancellationToken);

    public ValueTask<IReadOnlyList<OutboxItem>> ClaimOutbox(DateTimeOffset now, int max, TimeSpan lease, IReadOnlyDictionary<string, int>? atMost = null, CancellationToken cancellationToken = default) => inner.ClaimOutbox(now, max, lease, atMost, cancellationToken);

    public ValueTask Defer(OutboxItem item, DateTimeOffset until, string? reason, CancellationToken cancellationToken = default) => inner.Defer(item, until, reason, cancellationToken);

    public async ValueTask Commit(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, CancellationToken cancellationToken = default)
    {
        await inner.Commit(transitions, done, cancellationToken);
        foreach (var transition in transitions)
            committed(transition);
    }
}
