using System.Collections.Concurrent;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs.Json;
using Playbook.Storage.Sending;

namespace Playbook.Storage.Runs.Writing;

/// <summary>
/// Transitions and finished outbox items on their way into one transaction. Everything is made into bytes on the caller's
/// thread, so that the writer's only has to hand them to SQLite.
/// </summary>
internal sealed class CommitRequest : WriteRequest
{
    private const int PoolAtMost = 2048;
    private static readonly ConcurrentQueue<CommitRequest> Pool = new();

    private readonly ByteBuffer _bytes = new();
    private readonly List<Turn> _turns = [];
    private readonly List<Range> _json = [];
    private readonly List<DueMove> _moves = [];
    private IReadOnlyList<OutboxDone> _done = [];
    private DateTimeOffset _doneAt;

    /// <summary>A turn with where its state and journal entry stand in the bytes, and where its first piece of JSON stands in the list.</summary>
    private readonly record struct Turn(Transition Transition, Range State, Range Entry, int FirstJson);

    internal static CommitRequest For(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, DateTimeOffset now)
    {
        if (!Pool.TryDequeue(out var request))
            request = new();
        try
        {
            for (var i = 0; i < transitions.Count; i++)
                request.Add(transitions[i]);
            request._done = done;
            request._doneAt = now;
            return request;
        }
        catch
        {
            request.Recycle();
            throw;
        }
    }

    internal override void AddDueMoves(List<DueMove> moves) => moves.AddRange(_moves);

    protected override void Apply(WriteTables tables)
    {
        _moves.Clear();
        if (_turns.Count == 1)
        {
            Write(tables, _turns[0], Check(tables, 0));
        }
        else
        {
            // A conflict must be found before anything is written, for it does not roll back what others wrote.
            for (var i = 0; i < _turns.Count; i++)
                Check(tables, i);
            foreach (var turn in _turns)
            {
                tables.Runs.TryFind(turn.Transition.State.Id, out var head);
                Write(tables, turn, head);
            }
        }

        for (var i = 0; i < _done.Count; i++)
        {
            tables.Outbox.Done(_done[i], _doneAt);
            if (_done[i] is MessageDone message)
                tables.TryLedger?.Apply(message);
        }
    }

    protected override void Recycle()
    {
        _bytes.Clear();
        _turns.Clear();
        _json.Clear();
        _moves.Clear();
        _done = [];
        if (Pool.Count < PoolAtMost)
            Pool.Enqueue(this);
    }

    private RunHead Check(WriteTables tables, int index)
    {
        var state = _turns[index].Transition.State;
        if (_turns.Count == 1 && tables.Heads.TryGet(state.Id, state.Revision - 1, out var known))
            return known;
        tables.Runs.TryFind(state.Id, out var head);
        var stored = head.Revision;
        for (var i = index - 1; i >= 0; i--)
        {
            if (_turns[i].Transition.State.Id == state.Id)
            {
                stored = _turns[i].Transition.State.Revision;
                break;
            }
        }

        if (stored != state.Revision - 1)
        {
            throw new ConcurrencyException(stored == 0
                ? $"Run {state.Id} is not there, so revision {state.Revision} of it cannot be stored."
                : $"Run {state.Id} is at revision {stored}, so revision {state.Revision} cannot follow: somebody else changed it. Read it again and advance it again.");
        }

        return head;
    }

    private void Write(WriteTables tables, in Turn turn, RunHead head)
    {
        var transition = turn.Transition;
        var state = transition.State;
        var before = head;
        var isNew = before.Number == 0;
        if (isNew)
            head.Number = tables.Runs.NextNumber();

        WriteBookmarks(tables, transition, ref head);
        WriteTasksAndOutbox(tables, turn, ref head);
        if (transition.Stimulus is Stimulus.Paused or Stimulus.Resumed or Stimulus.Cancelled)
            tables.Pauses.Apply(transition, head.Number);
        if (RunLifecycle.IsOver(state) && head.OpenTasks + head.OpenWaits > 0)
        {
            throw new InvalidOperationException(
                $"Run {state.Id} would end and leave {head.OpenTasks} open tasks and {head.OpenWaits} bookmarks behind. This is a fault in Playbook; please report it with this message.");
        }

        var due = state.NextDueAt?.ToUnixTimeMilliseconds();
        if (due != head.DueAt)
            _moves.Add(new(state.Id, head.DueAt, due));
        (head.Revision, head.DueAt, head.Status, head.SubStatus) = (state.Revision, due, state.Status, state.SubStatus);
        head.OpenIncidents = CountOpenIncidents(state);
        head.LastJournal = tables.Runs.Append(head, state, transition.At, _bytes[turn.Entry]);
        if (isNew)
            tables.Runs.Insert(head, state, _bytes[turn.State]);
        else
            tables.Runs.Update(before, head, state, _bytes[turn.State]);
        tables.Heads.Put(state.Id, head);
    }

    private static int CountOpenIncidents(RunState state)
    {
        var open = 0;
        foreach (var incident in state.Incidents)
            if (!incident.Resolved)
                open++;
        return open;
    }

    private static void WriteBookmarks(WriteTables tables, Transition transition, ref RunHead head)
    {
        var removed = transition.BookmarksRemoved;
        for (var i = 0; i < removed.Count; i++)
        {
            head.OpenWaits -= tables.Waits.Remove(removed[i], transition.State, head.Number);
            // Gone without having been woken: the step was left by another way, so its message must not go out any more.
            if (removed[i].Kind == BookmarkKind.Delivery && removed[i].Id != transition.Stimulus.BookmarkId)
            {
                tables.Outbox.WithdrawMessage(head.Number, removed[i].Id, transition.At);
                tables.TryLedger?.ReleaseWithdrawn(head.Number, removed[i].Id);
            }
        }

        var added = transition.BookmarksAdded;
        for (var i = 0; i < added.Count; i++)
            head.OpenWaits += tables.Waits.Add(added[i], transition.State, head.Number);
    }

    private void WriteTasksAndOutbox(WriteTables tables, in Turn turn, ref RunHead head)
    {
        var transition = turn.Transition;
        var json = turn.FirstJson;
        for (var i = 0; i < transition.TasksOpened.Count; i++)
        {
            tables.Tasks.Open(transition.TasksOpened[i], head.Number, transition.At, _bytes[_json[json++]]);
            head.OpenTasks++;
        }

        for (var i = 0; i < transition.TasksEscalated.Count; i++)
            tables.Tasks.Escalate(transition.TasksEscalated[i]);
        for (var i = 0; i < transition.TasksClosed.Count; i++)
        {
            head.OpenTasks -= tables.Tasks.Close(transition.TasksClosed[i], transition.At, _bytes[_json[json++]]);
            tables.Facts.Done(transition.TasksClosed[i], transition.State, transition.At);
        }

        for (var i = 0; i < transition.Outbox.Count; i++)
            tables.Outbox.Add(transition.Outbox[i], head.Number, _bytes[_json[json++]]);
        for (var i = 0; i < transition.Events.Count; i++)
            if (transition.Events[i].Kind == RunEventKind.Fact)
                tables.Facts.Apply(transition.Events[i], transition.State, transition.At);
        for (var i = 0; i < transition.OutboxWithdrawn.Count; i++)
        {
            tables.Outbox.Withdraw(transition.OutboxWithdrawn[i], transition.At);
            tables.TryLedger?.Release(transition.OutboxWithdrawn[i]);
        }

        for (var i = 0; i < transition.OutboxHeld.Count; i++)
        {
            tables.Outbox.Hold(transition.OutboxHeld[i], (transition.Stimulus as Stimulus.GivenUp)?.Reason);
            // Its permit is asked for anew when a person has it tried again.
            tables.TryLedger?.Release(transition.OutboxHeld[i]);
        }

        for (var i = 0; i < transition.OutboxReleased.Count; i++)
            tables.Outbox.Release(transition.OutboxReleased[i], transition.At);
    }

    private void Add(Transition transition)
    {
        var state = transition.State;
        if (RunLifecycle.IsOver(state) && state.Bookmarks.Count > 0)
        {
            throw new InvalidOperationException(
                $"Run {state.Id} would end and leave {state.Bookmarks.Count} bookmarks behind. This is a fault in Playbook; please report it with this message.");
        }

        var start = _bytes.Length;
        state.Write(_bytes);
        if (!RunLifecycle.IsOver(state))
            LeaveRoom(_bytes.Length - start, state.Revision == 1);
        var middle = _bytes.Length;
        Journal.Write(transition, _bytes);
        _turns.Add(new(transition, start..middle, middle.._bytes.Length, _json.Count));

        for (var i = 0; i < transition.TasksOpened.Count; i++)
            AddEffect(transition.TasksOpened[i].Request);
        for (var i = 0; i < transition.TasksClosed.Count; i++)
            AddFields(transition.TasksClosed[i].Fields);
        for (var i = 0; i < transition.Outbox.Count; i++)
            AddEffect(transition.Outbox[i].Effect);
    }

    /// <summary>
    /// Fills a state up with zeros, which reading ignores. Rows that grow a little with every turn split their pages and
    /// leave them half empty; with room from the start they stay where they are.
    /// </summary>
    private void LeaveRoom(int length, bool isNew)
    {
        const int Step = 64;
        var wanted = isNew ? length + length / 4 : length;
        var room = (wanted + Step - 1) / Step * Step - length;
        _bytes.GetSpan(room)[..room].Clear();
        _bytes.Advance(room);
    }

    private void AddEffect(Effect effect)
    {
        var start = _bytes.Length;
        EffectJson.Write(effect, _bytes);
        _json.Add(start.._bytes.Length);
    }

    private void AddFields(IReadOnlyDictionary<string, object?> fields)
    {
        var start = _bytes.Length;
        if (fields.Count > 0)
            EffectJson.WriteValues(fields, _bytes);
        _json.Add(start.._bytes.Length);
    }
}
