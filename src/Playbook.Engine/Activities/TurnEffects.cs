using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>The bookmarks, tasks and outgoing effects of one turn, with what the turn started from.</summary>
internal sealed class TurnEffects(RunState state, DateTimeOffset now)
{
    private List<RunBookmark>? _added;
    private List<RunBookmark>? _removed;
    private TaskClosed? _completedTask;

    private List<OutboxItem>? _outbox;
    private List<TaskOpened>? _opened;
    private List<TaskClosed>? _closed;
    private List<TaskEscalated>? _escalated;
    private List<string>? _withdrawn;
    private List<string>? _held;
    private List<string>? _released;

    public IReadOnlyList<OutboxItem> Outbox => _outbox ?? (IReadOnlyList<OutboxItem>)[];
    public IReadOnlyList<TaskOpened> TasksOpened => _opened ?? (IReadOnlyList<TaskOpened>)[];
    public IReadOnlyList<TaskClosed> TasksClosed => _closed ?? (IReadOnlyList<TaskClosed>)[];
    public IReadOnlyList<TaskEscalated> TasksEscalated => _escalated ?? (IReadOnlyList<TaskEscalated>)[];
    public IReadOnlyList<string> OutboxWithdrawn => _withdrawn ?? (IReadOnlyList<string>)[];
    public IReadOnlyList<string> OutboxHeld => _held ?? (IReadOnlyList<string>)[];
    public IReadOnlyList<string> OutboxReleased => _released ?? (IReadOnlyList<string>)[];

    public IReadOnlyList<RunBookmark> Added => _added ?? (IReadOnlyList<RunBookmark>)[];
    public IReadOnlyList<RunBookmark> Removed => _removed ?? (IReadOnlyList<RunBookmark>)[];

    /// <summary>The bookmark that is being woken: it is still there while its activity resumes, but nothing can be tied to it.</summary>
    public RunBookmark? Waking { get; set; }

    public bool HasBookmark(string activityId)
    {
        var bookmarks = state.Bookmarks;
        for (var i = 0; i < bookmarks.Count; i++)
            if (bookmarks[i].ActivityId == activityId)
                return true;
        return false;
    }

    public RunBookmark Add(ActivityExecution execution, string activityId, string name, Bookmark bookmark)
    {
        var stored = new RunBookmark($"{state.Id:N}-{state.NextBookmark++}", bookmark.Kind, bookmark.Key, activityId, execution.Id, name, bookmark.DueAt);
        state.Bookmarks.Add(stored);
        (_added ??= []).Add(stored);
        return stored;
    }

    public void Remove(RunBookmark bookmark)
    {
        if (!state.Bookmarks.Remove(bookmark))
            return;
        if (_added is null || !_added.Remove(bookmark))
            (_removed ??= []).Add(bookmark);
        else if (bookmark.Kind == BookmarkKind.Delivery)
            _outbox?.RemoveAll(item => item.BookmarkId == bookmark.Id);
        if (bookmark.Kind == BookmarkKind.Task)
            CloseTask(bookmark.Id);
        if (state.Incidents.Count > 0)
            WithdrawHeld(bookmark.Id);
    }

    /// <summary>Leaves an effect in the outbox, not to be tried again before <see cref="Release"/>.</summary>
    public void Hold(string outboxId) => (_held ??= []).Add(outboxId);

    /// <summary>Has a held effect tried again, with the same id.</summary>
    public void Release(string outboxId) => (_released ??= []).Add(outboxId);

    /// <summary>Gives up what is held for a bookmark that goes (null: what nobody waits for): its incident is settled with that.</summary>
    public void WithdrawHeld(string? bookmarkId)
    {
        for (var i = 0; i < state.Incidents.Count; i++)
        {
            if (state.Incidents[i] is not { Held: { } held, Resolved: false } incident || held.BookmarkId != bookmarkId)
                continue;
            state.Incidents[i] = incident with { Resolved = true };
            Withdraw(held.OutboxId);
        }
    }

    /// <summary>Takes an effect back that was not done.</summary>
    public void Withdraw(string outboxId) => (_withdrawn ??= []).Add(outboxId);

    public void RemoveAll(ActivityExecution execution)
    {
        for (var i = state.Bookmarks.Count - 1; i >= 0; i--)
            if (state.Bookmarks[i].Execution == execution.Id)
                Remove(state.Bookmarks[i]);
    }

    public void RemoveAll()
    {
        for (var i = state.Bookmarks.Count - 1; i >= 0; i--)
            Remove(state.Bookmarks[i]);
    }

    /// <summary>Says how the task of a bookmark about to go was completed; otherwise it counts as withdrawn.</summary>
    public void CompleteTask(string taskId, Stimulus.TaskCompleted stimulus) =>
        _completedTask = new TaskClosed(taskId, stimulus.Outcome, stimulus.By, stimulus.Fields);

    /// <summary>Takes up an effect of an activity; <paramref name="execution"/>'s bookmarks with the effect's key get its answer.</summary>
    public void Emit(ActivityExecution execution, string activityId, Effect effect)
    {
        switch (effect)
        {
            case Effect.OpenTask task when FindBookmark(execution, BookmarkKind.Task, task.Key) is { } bookmark:
                (_opened ??= []).Add(new TaskOpened(bookmark.Id, state.Id, state.DefinitionId, activityId, state.Subject.Kind, state.Subject.Id, task));
                break;
            case Effect.OpenTask task:
                throw new InvalidOperationException($"The step opens a task '{task.Key}' that nothing waits for; wait with Bookmark.Task(\"{task.Key}\").");
            case Effect.EscalateTask escalate:
                if (FindBookmark(execution, BookmarkKind.Task, escalate.Key) is { } open)
                    (_escalated ??= []).Add(new TaskEscalated(open.Id, escalate.ToRole));
                break;
            default:
                var (kind, key) = Answer(effect);
                (_outbox ??= []).Add(new OutboxItem($"{state.Id:N}-e{state.NextEffect++}", state.Id, activityId, key is null ? null : FindBookmark(execution, kind, key)?.Id, effect, now));
                break;
        }
    }

    private static (BookmarkKind Kind, string? Key) Answer(Effect effect) => effect switch
    {
        Effect.SendMessage message => (BookmarkKind.Delivery, message.Key),
        Effect.StartRun run => (BookmarkKind.Run, run.Key),
        Effect.CallHttp call => (BookmarkKind.Answer, call.Key),
        Effect.RequestWork work => (BookmarkKind.Answer, work.Key),
        _ => (BookmarkKind.Answer, null),
    };

    private RunBookmark? FindBookmark(ActivityExecution execution, BookmarkKind kind, string key) =>
        state.Bookmarks.Find(b => b.Execution == execution.Id && b.Kind == kind && b.Key == key && !ReferenceEquals(b, Waking));

    private void CloseTask(string taskId)
    {
        if (_opened?.RemoveAll(t => t.TaskId == taskId) > 0)
            return;
        (_closed ??= []).Add(_completedTask?.TaskId == taskId ? _completedTask : new TaskClosed(taskId, null, null, new Dictionary<string, object?>()));
    }
}
