using System.Buffers;
using FsCheck.Xunit;
using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Tests.Runs;

/// <summary>What holds for every definition and every order of stimuli; the seed that FsCheck prints makes the same again.</summary>
public sealed class EngineProperties
{
    private const int Trials = 100;
    private const int Seeds = 1_000_000;
    private const int Turns = 25;

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void A_run_is_over_or_waits_for_something_or_is_in_the_incident_list(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (_, _, transition) =>
        {
            if (transition is null)
                return;
            var state = transition.State;
            Assert.True(
                RunLifecycle.IsOver(state) || state.Bookmarks.Count > 0 && state.Status == RunStatus.Running || state.Incidents.Exists(i => !i.Resolved),
                $"stuck as {state.SubStatus} after {TestRun.TraceOf(walk.Transitions.SelectMany(t => t.Events))}\n{walk.Definition.Document.Write()}");
        });
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void A_faulted_run_has_an_incident_that_can_be_retried(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (_, _, _) => Assert.True(walk.State.SubStatus != RunSubStatus.Faulted || walk.State.Incidents.Exists(i => !i.Resolved)));
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void A_run_that_is_over_leaves_no_bookmark_no_execution_and_no_open_task(int seed)
    {
        var open = new HashSet<string>();
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (_, _, transition) =>
        {
            if (transition is null)
                return;
            foreach (var task in transition.TasksOpened)
                Assert.True(open.Add(task.TaskId), "opened twice");
            foreach (var task in transition.TasksClosed)
                Assert.True(open.Remove(task.TaskId), "closed, but was not open");
            Assert.Equal(transition.State.Bookmarks.Where(b => b.Kind == BookmarkKind.Task).Select(b => b.Id).Order(), open.Order());
            if (!RunLifecycle.IsOver(transition.State))
                return;
            Assert.Empty(transition.State.Bookmarks);
            Assert.Empty(transition.State.Executions);
            Assert.Empty(open);
        });
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void A_transition_tells_exactly_which_bookmarks_came_and_went(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (before, _, transition) =>
        {
            if (transition is null)
                return;
            // One that a resumed run is to take later is still the same.
            Assert.Equal(transition.State.Bookmarks.ExceptBy(before.Bookmarks.Select(b => b.Id), b => b.Id), transition.BookmarksAdded);
            Assert.Equal(before.Bookmarks.ExceptBy(transition.State.Bookmarks.Select(b => b.Id), b => b.Id).OrderBy(b => b.Id), transition.BookmarksRemoved.OrderBy(b => b.Id));
            Assert.All(transition.State.Bookmarks, b => Assert.Contains(transition.State.Executions, e => e.Id == b.Execution));
        });
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void A_message_whose_step_is_gone_does_not_go_out(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (_, _, transition) =>
        {
            foreach (var item in transition?.Outbox ?? [])
                if (item.Effect is Effect.SendMessage)
                    Assert.Contains(transition!.State.Bookmarks, b => b.Id == item.BookmarkId);
        });
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void What_is_held_in_the_outbox_is_in_the_incident_list_and_nothing_else_is(int seed)
    {
        var held = new HashSet<string>();
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (_, _, transition) =>
        {
            if (transition is null)
                return;
            held.UnionWith(transition.OutboxHeld);
            held.ExceptWith(transition.OutboxReleased);
            held.ExceptWith(transition.OutboxWithdrawn);
            Assert.Equal(transition.State.Incidents.Where(i => !i.Resolved && i.Held is not null).Select(i => i.Held!.OutboxId).Order(), held.Order());
            Assert.All(transition.State.Incidents, i => Assert.True(i.Resolved || i.Held is null || transition.State.Bookmarks.Exists(b => b.Id == i.Held.BookmarkId)));
        });
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void Any_order_of_stimuli_keeps_the_lifecycle_table(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (before, stimulus, transition) =>
        {
            if (transition is null)
                return;
            Assert.NotEqual(RunSubStatus.Executing, transition.State.SubStatus);
            Assert.Equal(RunStatuses.Of(transition.State.SubStatus), transition.State.Status);
            Assert.Equal(before.Revision + 1, transition.State.Revision);
            var direct = RunLifecycle.CanMove(before.SubStatus, transition.State.SubStatus);
            var throughExecuting = RunLifecycle.CanMove(before.SubStatus, RunSubStatus.Executing) && RunLifecycle.CanMove(RunSubStatus.Executing, transition.State.SubStatus);
            Assert.True(direct || throughExecuting, $"{before.SubStatus} became {transition.State.SubStatus} by {stimulus}");
        });
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void A_stimulus_given_twice_or_too_late_changes_nothing(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (before, stimulus, transition) =>
        {
            if (transition is null)
            {
                Assert.Null(TestRun.Engine.Advance(walk.Definition, before, stimulus, walk.Now));
                return;
            }

            if (stimulus is not Stimulus.Cancelled || RunLifecycle.IsOver(transition.State))
                Assert.Null(TestRun.Engine.Advance(walk.Definition, transition.State, stimulus, walk.Now));
        });
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void A_paused_run_does_nothing_but_keep_what_comes(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (before, stimulus, transition) =>
        {
            if (before.Pause is null || transition is null || stimulus is Stimulus.Resumed or Stimulus.Cancelled or Stimulus.GivenUp)
                return;
            Assert.False(stimulus is Stimulus.Due or Stimulus.TaskCompleted or Stimulus.Repaired, $"{stimulus} was taken");
            Assert.Empty(transition.Events);
            Assert.Empty(transition.Outbox);
            Assert.Empty(transition.TasksOpened);
            Assert.Empty(transition.TasksClosed);
            Assert.Empty(transition.BookmarksAdded);
            Assert.Empty(transition.BookmarksRemoved);
            Assert.NotNull(transition.State.Pause);
            Assert.Null(transition.State.NextDueAt);
            Assert.Equal((before.Deferred?.Count ?? 0) + 1, transition.State.Deferred!.Count);
        });
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void After_a_move_there_is_what_the_new_step_made_and_nothing_of_the_old(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (before, stimulus, transition) =>
        {
            if (stimulus is not Stimulus.Moved moved)
                return;
            Assert.Equal(transition is not null, moved.Revision == before.Revision && RunMoves.Refusal(walk.Definition, before, moved.ActivityId) is null);
            if (transition is null)
                return;
            var (state, first) = (transition.State, before.NextExecution);
            Assert.Equal(before.Bookmarks.Select(b => b.Id).Order(), transition.BookmarksRemoved.Select(b => b.Id).Order());
            Assert.All(state.Bookmarks, b => Assert.True(b.Execution >= first, "an old wait is left"));
            Assert.Equal(before.Bookmarks.Where(b => b.Kind == BookmarkKind.Task).Select(b => b.Id).Order(), transition.TasksClosed.Select(t => t.TaskId).Order());
            Assert.Equal(transition.TasksOpened.Select(t => t.TaskId).Order(), state.Bookmarks.Where(b => b.Kind == BookmarkKind.Task).Select(b => b.Id).Order());
            Assert.DoesNotContain(state.Incidents, i => !i.Resolved && i.Execution < first);
            Assert.Null(state.Deferred);
            var begun = transition.Events.First(e => e.Kind == RunEventKind.Started && e.Execution >= first);
            Assert.Equal((moved.ActivityId, first), (begun.ActivityId, begun.Execution));
            // What was there before and still is holds the new step; where that waits, nothing else does.
            Assert.All(state.Executions, e => Assert.True(e.Id >= first || state.Executions.Exists(child => child.Parent == e), "an old execution is left"));
            if (state.Bookmarks.Exists(b => b.Execution == first))
                Assert.All(state.Bookmarks, b => Assert.Equal(first, b.Execution));
        });
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void Advance_is_pure(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(Turns, (before, stimulus, transition) =>
        {
            var bytes = TestRun.Bytes(before);
            var again = TestRun.Engine.Advance(walk.Definition, before, stimulus, walk.Now);
            Assert.Equal(bytes, TestRun.Bytes(before));
            Assert.Equal(transition is null, again is null);
            if (transition is null)
                return;
            Assert.Equal(TestRun.Bytes(transition.State), TestRun.Bytes(again!.State));
            Assert.Equal(Written(transition), Written(again));
            Assert.Equal(transition.BookmarksAdded, again.BookmarksAdded);
            Assert.Equal(transition.BookmarksRemoved, again.BookmarksRemoved);
            Assert.Equal(transition.Outbox.Select(o => o.Id), again.Outbox.Select(o => o.Id));
            Assert.Equal(transition.TasksOpened.Select(t => t.TaskId), again.TasksOpened.Select(t => t.TaskId));
        });
    }

    [Property(MaxTest = Trials, StartSize = 1, EndSize = Seeds)]
    public void Replaying_the_journal_gives_the_same_events_and_the_same_state(int seed)
    {
        var walk = new RandomWalk(seed);
        walk.Go(Turns);
        // Through bytes both ways, as a store keeps them: what only lives in memory must make no difference.
        var state = RunState.Read(TestRun.Bytes(walk.First));
        foreach (var transition in walk.Transitions)
        {
            var entry = Journal.Read(state.Id, transition.State.Revision, transition.At, Written(transition));
            var again = TestRun.Engine.Advance(walk.Definition, state, entry.Stimulus, entry.At);
            Assert.NotNull(again);
            Assert.Equal(Written(transition), Written(again));
            Assert.Equal(TestRun.Bytes(transition.State), TestRun.Bytes(again.State));
            state = RunState.Read(TestRun.Bytes(again.State));
        }
    }

    private static byte[] Written(Transition transition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Journal.Write(transition, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
