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
        if (RunLifecycle.IsOver(state) || !Concerns(state, stimulus))
            return null;
        var next = state.Clone();
        if (stimulus.Facts is { } facts)
            next.Subject = facts;
        var turn = new Turn(definition, BehaviorsOf(definition), evaluator, next, now);
        if (stimulus is Stimulus.Cancelled)
            Cancel(turn);
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
        };
    }

    private static bool Concerns(RunState state, Stimulus stimulus) => stimulus switch
    {
        Stimulus.Started => state.SubStatus == RunSubStatus.Pending,
        Stimulus.Cancelled => true,
        Stimulus.Repaired repaired => state.Incidents.Exists(i => i.Id == repaired.IncidentId && !i.Resolved),
        _ => state.SubStatus == RunSubStatus.Suspended && stimulus.BookmarkId is not null && FindBookmark(state, stimulus) is not null,
    };

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
        BookmarkKind.Reply => stimulus is Stimulus.Replied,
        BookmarkKind.Delivery => stimulus is Stimulus.Delivered or Stimulus.Rejected or Stimulus.Bounced,
        BookmarkKind.Run => stimulus is Stimulus.RunFinished,
        _ => stimulus is Stimulus.Answered,
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
            default:
                var bookmark = FindBookmark(state, stimulus)!;
                if (stimulus is Stimulus.TaskCompleted completed)
                    turn.Effects.CompleteTask(bookmark.Id, completed);
                var execution = state.Executions.Find(e => e.Id == bookmark.Execution)
                    ?? throw new InvalidOperationException($"The run's state is damaged: bookmark {bookmark.Id} has no execution.");
                turn.Invoke(execution, bookmark, stimulus);
                break;
        }

        while (turn.RunNext())
            if (turn.Executed >= MaxActivitiesPerTurn)
            {
                StopEndlessLoop(turn);
                break;
            }

        if (state.SubStatus == RunSubStatus.Executing)
            RunLifecycle.Move(state, Rest(turn), turn.Now);
    }

    /// <summary>The value that a variable has when a run begins.</summary>
    public static object? DefaultOf(VariableDefinition variable) => VariableDefaults.ValueOf(variable);

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
        state.TriggerActivityId = started.TriggerActivityId;
        var variables = turn.Definition.Variables;
        state.Variables = variables.Count == 0 ? [] : new object?[variables.Count];
        for (var i = 0; i < variables.Count; i++)
            state.Variables[i] = VariableDefaults.ValueOf(variables[i]);
        turn.Schedule(null, turn.Definition.Root);
    }

    private static void StopEndlessLoop(Turn turn)
    {
        turn.ClearScheduled();
        var last = turn.State.Executions.LastOrDefault();
        if (last is not null)
            turn.Fault(last, $"The playbook ran {MaxActivitiesPerTurn:N0} activities without a wait and was stopped: a loop in it never ends. Put a wait or a limit into the loop.");
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
