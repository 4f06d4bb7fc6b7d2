using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Sending;
using Playbook.Storage.Queue;

namespace Playbook.Server.Workers;

/// <summary>A store that wakes the workers after a commit that left something for them, and tells which runs have changed.</summary>
public sealed class WakingStore(IRunStore store, Wakeups wakeups, ChangedRuns changes, ChannelGates gates, OpenWork work) : IRunStore
{
    public ValueTask<RunState?> Get(Guid runId, CancellationToken cancellationToken = default) => store.Get(runId, cancellationToken);

    public ValueTask<IReadOnlyList<BookmarkMatch>> Find(BookmarkKind kind, string key, CancellationToken cancellationToken = default) =>
        store.Find(kind, key, cancellationToken);

    public ValueTask<IReadOnlyList<Guid>> Due(DateTimeOffset until, int max, CancellationToken cancellationToken = default) =>
        store.Due(until, max, cancellationToken);

    public ValueTask<IReadOnlyList<OutboxItem>> ClaimOutbox(DateTimeOffset now, int max, TimeSpan lease, IReadOnlyDictionary<string, int>? atMost = null, CancellationToken cancellationToken = default) =>
        store.ClaimOutbox(now, max, lease, atMost, cancellationToken);

    public ValueTask Defer(OutboxItem item, DateTimeOffset until, string? reason, CancellationToken cancellationToken = default) =>
        store.Defer(item, until, reason, cancellationToken);

    public async ValueTask Commit(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, CancellationToken cancellationToken = default)
    {
        await store.Commit(transitions, done, cancellationToken);
        TellTasks(transitions);
        foreach (var transition in transitions)
        {
            changes.Tell(transition.State.Id);
            if (transition.OutboxReleased.Count > 0)
                gates.TryAgain();
            if (transition.Outbox.Count + transition.OutboxReleased.Count > 0)
                wakeups.Outbox.Ring();
            if (transition.Stimulus is Stimulus.Resumed)
                wakeups.Due.Ring();
            foreach (var bookmark in transition.BookmarksAdded)
                if (bookmark.DueAt is not null)
                    wakeups.Due.Ring();
        }
    }

    private void TellTasks(IReadOnlyList<Transition> transitions)
    {
        List<string>? changed = null;
        foreach (var transition in transitions)
        {
            foreach (var opened in transition.TasksOpened)
                (changed ??= []).Add(opened.TaskId);
            foreach (var closed in transition.TasksClosed)
                (changed ??= []).Add(closed.TaskId);
            foreach (var escalated in transition.TasksEscalated)
                (changed ??= []).Add(escalated.TaskId);
            // The tasks of a run that stands still are nobody's work meanwhile.
            if (transition.Stimulus is Stimulus.Paused or Stimulus.Resumed)
                (changed ??= []).AddRange(transition.State.Bookmarks.Where(bookmark => bookmark.Kind == BookmarkKind.Task).Select(bookmark => bookmark.Id));
        }

        if (changed is not null)
            work.Tell(changed);
    }
}
