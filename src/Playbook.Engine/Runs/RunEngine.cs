using System.Runtime.CompilerServices;
using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Runs;

/// <summary>
/// The process engine: a pure function from a definition, a run's state and a stimulus to a transition. It reads no
/// clock and does no I/O; the same input gives the same transition.
/// </summary>
public sealed class RunEngine(ActivityCatalog catalog, ExpressionEvaluator evaluator)
{
    /// <summary>How many activities one turn may execute: beyond it the playbook loops without a wait.</summary>
    public const int MaxActivitiesPerTurn = 100_000;

    /// <summary>How many characters of lines, messages and facts one turn may record.</summary>
    public const long MaxTextPerTurn = 16_000_000;

    private readonly ConditionalWeakTable<PlaybookDefinition, ActivityBehavior[]> _behaviors = [];
    private readonly NotFoundActivity _notFound = new();
    private readonly EmbeddedWorkflow _embedded = new();

    public ActivityCatalog Catalog => catalog;

    /// <summary>A run that has not begun; <see cref="Stimulus.Started"/> begins it.</summary>
    public static RunState NewRun(PlaybookDefinition definition, Guid id, Subject subject, DateTimeOffset now, string? correlationId = null, Guid? parentRunId = null, string? parentBookmarkId = null) => new()
    {
        Id = id,
        DefinitionId = definition.DefinitionId,
        DefinitionVersionId = definition.VersionId,
        DefinitionVersion = definition.Version,
        CreatedAt = now,
        UpdatedAt = now,
        SubStatus = RunSubStatus.Pending,
        Subject = subject,
        CorrelationId = correlationId,
        ParentRunId = parentRunId,
        ParentBookmarkId = parentBookmarkId,
    };

    /// <summary>
    /// Takes one turn. Null where the stimulus comes too late or twice, so that nothing changes: the run is over, the
    /// bookmark is gone, the incident is resolved.
    /// </summary>
    public Transition? Advance(PlaybookDefinition definition, RunState state, Stimulus stimulus, DateTimeOffset now)
    {
        if (RunLifecycle.IsOver(state) ? !HeldEffects.ConcernsEnded(state, stimulus) : !Concerns(definition, state, stimulus))
            return null;
        var next = state.Clone();
        if (stimulus.Facts is { } facts)
            next.Subject = facts;
        TakenEvents.Remember(next, stimulus);
        var turn = new Turn(definition, BehaviorsOf(definition), evaluator, next, now);
        if (stimulus is Stimulus.Cancelled)
            Cancel(turn);
        else if (stimulus is Stimulus.Paused paused)
            RunPauses.Begin(turn, paused);
        else if (stimulus is Stimulus.Resumed resumed)
            Resume(turn, resumed);
        else if (stimulus is Stimulus.GivenUp givenUp)
            HeldEffects.Hold(turn, givenUp, FindBookmark(next, givenUp));
        else if (HeldEffects.IsNobodysWait(next, stimulus, out var incident, out var asked))
            HeldEffects.Settle(turn, incident, asked.Skip);
        else if ((state.SubStatus == RunSubStatus.Faulted || state.Pause is not null) && stimulus is not (Stimulus.Repaired or Stimulus.Moved))
            (next.Deferred ??= []).Add(stimulus);
        else
            Run(turn, stimulus);
        next.Revision++;
        next.UpdatedAt = now;
        return new Transition
        {
            State = next,
            Stimulus = stimulus,
            At = now,
            Events = turn.TakeEvents(),
            BookmarksAdded = turn.Effects.Added,
            BookmarksRemoved = turn.Effects.Removed,
            Outbox = turn.Effects.Outbox,
            TasksOpened = turn.Effects.TasksOpened,
            TasksClosed = turn.Effects.TasksClosed,
            TasksEscalated = turn.Effects.TasksEscalated,
            OutboxWithdrawn = turn.Effects.OutboxWithdrawn,
            OutboxHeld = turn.Effects.OutboxHeld,
            OutboxReleased = turn.Effects.OutboxReleased,
        };
    }

    private static bool Concerns(PlaybookDefinition definition, RunState state, Stimulus stimulus) => stimulus switch
    {
        Stimulus.Started => state.SubStatus == RunSubStatus.Pending,
        Stimulus.Cancelled => true,
        Stimulus.GivenUp givenUp => HeldEffects.IsNew(state, givenUp) && (givenUp.BookmarkId is null || FindBookmark(state, givenUp) is not null),
        Stimulus.Paused or Stimulus.Resumed => RunPauses.Concerns(state, stimulus),
        Stimulus.Repaired repaired => state.Pause is null && state.Incidents.Exists(i => i.Id == repaired.IncidentId && !i.Resolved),
        Stimulus.Moved moved => RunMoves.Concerns(definition, state, moved),
        _ => stimulus.BookmarkId is not null && ((state.SubStatus == RunSubStatus.Suspended && state.Pause is null) || CanBeKept(state, stimulus)) && FindBookmark(state, stimulus) is not null && !TakenEvents.IsTaken(state, stimulus),
    };

    /// <summary>
    /// What nobody would tell a run a second time is kept while it stands at an incident or is paused. A time that has come is
    /// still past after that, and a rep's task waits.
    /// </summary>
    private static bool CanBeKept(RunState state, Stimulus stimulus) =>
        (state.SubStatus == RunSubStatus.Faulted || state is { Pause: not null, SubStatus: RunSubStatus.Suspended }) && stimulus is not (Stimulus.Due or Stimulus.TaskCompleted)
        && state.Deferred?.Exists(d => d.BookmarkId == stimulus.BookmarkId && (stimulus.EventId is null || d.EventId == stimulus.EventId)) != true;

    private static RunBookmark? FindBookmark(RunState state, Stimulus stimulus)
    {
        foreach (var bookmark in state.Bookmarks)
            if (bookmark.Id == stimulus.BookmarkId)
                return Fits(bookmark.Kind, stimulus) ? bookmark : null;
        return null;
    }

    private static bool Fits(BookmarkKind kind, Stimulus stimulus) => kind switch
    {
        BookmarkKind.Due => stimulus is Stimulus.Due,
        BookmarkKind.Signal => stimulus is Stimulus.Signalled,
        BookmarkKind.Task => stimulus is Stimulus.TaskCompleted,
        BookmarkKind.Reply => stimulus is Stimulus.Replied or Stimulus.AutoReplied or Stimulus.Bounced or Stimulus.Complained or Stimulus.Unsubscribed,
        BookmarkKind.Delivery => stimulus is Stimulus.Delivered or Stimulus.Rejected or Stimulus.Bounced or Stimulus.ContactAnswered or Stimulus.GivenUp,
        BookmarkKind.Invitation => stimulus is Stimulus.ContactAnswered,
        BookmarkKind.Run => stimulus is Stimulus.RunFinished or Stimulus.GivenUp,
        _ => stimulus is Stimulus.Answered or Stimulus.GivenUp,
    };

    private static void Run(Turn turn, Stimulus stimulus)
    {
        var state = turn.State;
        RunLifecycle.Move(state, RunSubStatus.Executing, turn.Now);
        // Elsa stores what is under way newest first, so that after each wait several cancellations come in the other order.
        state.Executions.Reverse();
        switch (stimulus)
        {
            case Stimulus.Started started:
                Begin(turn, started);
                break;
            case Stimulus.Repaired repaired:
                RunRepair.Repair(turn, repaired);
                break;
            case Stimulus.Moved moved:
                RunMoves.Move(turn, moved);
                break;
            case Stimulus.Resumed:
                break;
            default:
                Resume(turn, FindBookmark(state, stimulus)!, stimulus);
                break;
        }

        Work(turn);
        TakeDeferred(turn);
        turn.ReopenBrokenOff();
        FaultIfStuck(turn);
        if (state.SubStatus == RunSubStatus.Executing)
            RunLifecycle.Move(state, Rest(turn), turn.Now);
    }

    private static void Resume(Turn turn, Stimulus.Resumed resumed)
    {
        if (RunPauses.End(turn.State, resumed))
            Run(turn, resumed);
    }

    /// <summary>Nothing waits for nothing: what can neither be woken nor retried becomes an incident.</summary>
    private static void FaultIfStuck(Turn turn)
    {
        var state = turn.State;
        if (state.SubStatus != RunSubStatus.Executing || state.Executions.Count == 0 || state.Bookmarks.Count > 0 || state.Executions.Exists(e => e.Status == ActivityStatus.Faulted))
            return;
        var innermost = state.Executions.FindLast(e => !state.Executions.Exists(child => child.Parent == e))!;
        turn.Fault(innermost, $"'{turn.NodeOf(innermost).Id}' waits for a branch that can no longer come. Skip it to go on behind it, or correct the playbook: a join must be able to do without a path that is not taken.");
    }

    /// <summary>The value that a variable has when a run begins.</summary>
    public static object? DefaultOf(VariableDefinition variable) => VariableDefaults.ValueOf(variable);

    private static void Resume(Turn turn, RunBookmark bookmark, Stimulus stimulus)
    {
        if (stimulus is Stimulus.TaskCompleted completed)
            turn.Effects.CompleteTask(bookmark.Id, completed);
        var execution = turn.State.Executions.Find(e => e.Id == bookmark.Execution)
            ?? throw new InvalidOperationException($"The run's state is damaged: bookmark {bookmark.Id} has no execution.");
        turn.Invoke(execution, bookmark, stimulus);
    }

    private static void Work(Turn turn)
    {
        while (turn.RunNext())
            if (turn.Executed >= MaxActivitiesPerTurn)
                turn.FaultScheduled($"The playbook ran {MaxActivitiesPerTurn:N0} activities without a wait and was stopped: a loop in it never ends. Put a wait or a limit into the loop.");
            else if (turn.TextWritten > MaxTextPerTurn)
                turn.FaultScheduled($"The playbook wrote more than {MaxTextPerTurn / 1_000_000} million characters without a wait and was stopped: a loop in it never ends. Put a wait or a limit into the loop.");
    }

    /// <summary>Once no incident stops the run any more, takes what came meanwhile and is still waited for.</summary>
    private static void TakeDeferred(Turn turn)
    {
        var state = turn.State;
        var given = new HashSet<string>(StringComparer.Ordinal);
        while (state.Deferred is { Count: > 0 } deferred && state.SubStatus == RunSubStatus.Executing && Rest(turn) != RunSubStatus.Faulted)
        {
            var stimulus = deferred[0];
            deferred.RemoveAt(0);
            // A contact's second event finds the wait that the first one made anew.
            var bookmark = FindBookmark(state, stimulus) ?? (stimulus.EventId is { } id && !given.Contains(id) ? state.Bookmarks.Find(b => Fits(b.Kind, stimulus)) : null);
            if (bookmark is null)
                continue;
            if (stimulus.EventId is not null)
                given.Add(stimulus.EventId);
            Resume(turn, bookmark, stimulus);
            Work(turn);
        }

        if (state.Deferred?.Count == 0 || RunLifecycle.IsOver(state))
            state.Deferred = null;
    }

    private static RunSubStatus Rest(Turn turn)
    {
        var executions = turn.State.Executions;
        if (executions.Count == 0)
            return RunSubStatus.Finished;
        // After one of several incidents was repaired, the others still stop the run.
        return !turn.Definition.ContinueWithIncidents && executions.Exists(e => e.Status == ActivityStatus.Faulted) ? RunSubStatus.Faulted : RunSubStatus.Suspended;
    }

    private static void Begin(Turn turn, Stimulus.Started started)
    {
        var state = turn.State;
        state.Input = started.Input.Count == 0 ? started.Input : (IReadOnlyDictionary<string, object?>)RunValues.Copy(started.Input)!;
        state.TriggerActivityId = turn.Trigger = started.TriggerActivityId;
        var variables = turn.Definition.Variables;
        state.Variables = variables.Count == 0 ? [] : new object?[variables.Count];
        for (var i = 0; i < variables.Count; i++)
            state.Variables[i] = VariableDefaults.ValueOf(variables[i]);
        turn.Schedule(null, turn.Definition.Root);
    }

    private static void Cancel(Turn turn)
    {
        var state = turn.State;
        foreach (var execution in state.Executions.ToList())
        {
            execution.IsDetached = true;
            execution.Status = ActivityStatus.Canceled;
            turn.Log(RunEventKind.Canceled, execution);
        }

        state.Executions.Clear();
        turn.Effects.RemoveAll();
        turn.Effects.WithdrawHeld(null);
        state.Pause = null;
        RunLifecycle.Move(state, RunSubStatus.Cancelled, turn.Now);
    }

    private ActivityBehavior[] BehaviorsOf(PlaybookDefinition definition)
    {
        if (_behaviors.TryGetValue(definition, out var known))
            return known;
        var behaviors = new ActivityBehavior[definition.Nodes.Count];
        foreach (var node in definition.Nodes)
            behaviors[node.Index] = node.Embedded is not null ? _embedded : catalog.Find(node.Type) ?? _notFound;
        _behaviors.AddOrUpdate(definition, behaviors);
        return behaviors;
    }
}
