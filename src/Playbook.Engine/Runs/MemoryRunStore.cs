using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>Runs in memory: for trying a playbook out, for simulation and for tests. Nothing survives the process.</summary>
public sealed class MemoryRunStore : IRunStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, RunState> _runs = [];
    private readonly Dictionary<string, (OutboxItem Item, DateTimeOffset NotBefore)> _outbox = [];
    private readonly HashSet<string> _held = [];
    private readonly Dictionary<string, TaskOpened> _tasks = [];
    private readonly List<Transition> _transitions = [];

    /// <summary>Told of each transition as it is committed.</summary>
    public Action<Transition>? Committed { get; init; }

    /// <summary>Every transition committed, in order.</summary>
    public IReadOnlyList<Transition> Transitions
    {
        get
        {
            lock (_lock)
                return [.. _transitions];
        }
    }

    /// <summary>Open tasks, oldest first.</summary>
    public IReadOnlyList<TaskOpened> Tasks
    {
        get
        {
            lock (_lock)
                return [.. _tasks.Values];
        }
    }

    public IReadOnlyList<RunState> Runs
    {
        get
        {
            lock (_lock)
                return [.. _runs.Values];
        }
    }

    public ValueTask<RunState?> Get(Guid runId, CancellationToken cancellationToken = default)
    {
        lock (_lock)
            return ValueTask.FromResult(_runs.GetValueOrDefault(runId));
    }

    public ValueTask<IReadOnlyList<BookmarkMatch>> Find(BookmarkKind kind, string key, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            IReadOnlyList<BookmarkMatch> matches =
            [
                .. from run in _runs.Values
                   where !RunLifecycle.IsOver(run)
                   from bookmark in run.Bookmarks
                   where bookmark.Kind == kind && (kind is BookmarkKind.Reply or BookmarkKind.Invitation ? run.Subject.Id : bookmark.Key) == key
                   select new BookmarkMatch(run.Id, bookmark.Id, run.CorrelationId),
            ];
            return ValueTask.FromResult(matches);
        }
    }

    public ValueTask<IReadOnlyList<Guid>> Due(DateTimeOffset until, int max, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            IReadOnlyList<Guid> due = [.. _runs.Values.Where(r => r.NextDueAt <= until).OrderBy(r => r.NextDueAt).Take(max).Select(r => r.Id)];
            return ValueTask.FromResult(due);
        }
    }

    public ValueTask<IReadOnlyList<OutboxItem>> ClaimOutbox(DateTimeOffset now, int max, TimeSpan lease, IReadOnlyDictionary<string, int>? atMost = null, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var claimed = _outbox.Values.Where(o => o.NotBefore <= now && !_held.Contains(o.Item.Id)).OrderBy(o => o.NotBefore)
                .GroupBy(o => o.Item.Channel).SelectMany(channel => channel.Take(atMost?.GetValueOrDefault(channel.Key, max) ?? max))
                .OrderBy(o => o.NotBefore).Take(max).Select(o => o.Item).ToList();
            foreach (var item in claimed)
                _outbox[item.Id] = (item with { Attempts = item.Attempts + 1 }, now + lease);
            return ValueTask.FromResult<IReadOnlyList<OutboxItem>>(claimed);
        }
    }

    public ValueTask Defer(OutboxItem item, DateTimeOffset until, string? reason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
            if (_outbox.TryGetValue(item.Id, out var entry) && entry.Item.Attempts == item.Attempts + 1 && !_held.Contains(item.Id))
                _outbox[item.Id] = (item with { Attempts = entry.Item.Attempts }, until);
        return ValueTask.CompletedTask;
    }

    public ValueTask Commit(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            Check(transitions);
            foreach (var transition in transitions)
                Apply(transition);
            foreach (var item in done)
                _outbox.Remove(item.Id);
        }

        return ValueTask.CompletedTask;
    }

    private void Check(IReadOnlyList<Transition> transitions)
    {
        var revisions = new Dictionary<Guid, long>();
        foreach (var transition in transitions)
        {
            var state = transition.State;
            if (revisions.GetValueOrDefault(state.Id, _runs.GetValueOrDefault(state.Id)?.Revision ?? 0) != state.Revision - 1)
                throw new ConcurrencyException($"Run {state.Id:N} was changed by somebody else.");
            revisions[state.Id] = state.Revision;
            if (RunLifecycle.IsOver(state) && (state.Bookmarks.Count > 0 || LeavesBookmark(transition)))
                throw new InvalidOperationException($"Run {state.Id:N} would end and leave bookmarks behind.");
        }
    }

    private bool LeavesBookmark(Transition transition) =>
        _runs.GetValueOrDefault(transition.State.Id) is { } before && before.Bookmarks.Exists(bookmark => !transition.BookmarksRemoved.Contains(bookmark));

    private void Apply(Transition transition)
    {
        _runs[transition.State.Id] = transition.State;
        _transitions.Add(transition);
        Committed?.Invoke(transition);
        foreach (var task in transition.TasksOpened)
            _tasks[task.TaskId] = task;
        foreach (var task in transition.TasksClosed)
            _tasks.Remove(task.TaskId);
        foreach (var task in transition.TasksEscalated)
            if (_tasks.TryGetValue(task.TaskId, out var open))
                _tasks[task.TaskId] = open with { Request = open.Request with { Role = task.ToRole } };
        foreach (var item in transition.Outbox)
            _outbox[item.Id] = (item, item.CreatedAt);
        foreach (var id in transition.OutboxWithdrawn)
            _outbox.Remove(id);
        _held.UnionWith(transition.OutboxHeld);
        foreach (var id in transition.OutboxReleased)
            if (_held.Remove(id) && _outbox.TryGetValue(id, out var held))
                _outbox[id] = (held.Item with { Faults = 0, FailingSince = null }, transition.At);
        foreach (var bookmark in transition.BookmarksRemoved)
            if (bookmark.Kind == BookmarkKind.Delivery && transition.Stimulus.BookmarkId != bookmark.Id)
                foreach (var unsent in _outbox.Values.Where(o => o.Item.BookmarkId == bookmark.Id).ToList())
                    _outbox.Remove(unsent.Item.Id);
    }
}
