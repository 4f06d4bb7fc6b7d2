using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>One subject in one pinned version of one playbook, as it stands between two turns.</summary>
public sealed class RunState
{
    public required Guid Id { get; init; }
    public required string DefinitionId { get; init; }
    public required string DefinitionVersionId { get; init; }
    public required int DefinitionVersion { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public Guid? ParentRunId { get; init; }

    /// <summary>Where the end of this run is reported to: a <see cref="BookmarkKind.Run"/> bookmark of the parent.</summary>
    public string? ParentBookmarkId { get; init; }

    public RunStatus Status { get; set; }
    public RunSubStatus SubStatus { get; set; }
    public string? Name { get; set; }
    public string? CorrelationId { get; set; }
    public Subject Subject { get; set; } = Subject.None;
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>How many transitions were committed, this state's own included.</summary>
    public long Revision { get; set; }

    /// <summary>What the run waits for. A faulted run keeps its bookmarks for a retry; they are not woken meanwhile.</summary>
    public List<RunBookmark> Bookmarks { get; init; } = [];

    public List<Incident> Incidents { get; init; } = [];

    /// <summary>What came for the run while it stood at an incident or was paused: taken in this order once it goes on.</summary>
    public List<Stimulus>? Deferred { get; set; }

    /// <summary>Since when, by whom and why the run stands still; null where it does not.</summary>
    public RunPause? Pause { get; set; }

    /// <summary>
    /// The last events that came in over channels and were taken, oldest first. Whoever brings events in marks one as handled
    /// only after the runs took it, so that after a crash the last few are brought again.
    /// </summary>
    public List<TakenEvent>? Taken { get; set; }

    /// <summary>Values of the playbook's variables, in the order of its definition.</summary>
    public object?[] Variables { get; set; } = [];

    /// <summary>Variables that a script made.</summary>
    public Dictionary<string, object?>? ScriptVariables { get; set; }

    public IReadOnlyDictionary<string, object?> Input { get; set; } = new Dictionary<string, object?>();
    public Dictionary<string, object?>? Output { get; set; }

    /// <summary>The activity that triggered the run; null for the playbook's own start.</summary>
    public string? TriggerActivityId { get; set; }

    /// <summary>The last outcome of each step that recorded one, by activity id: <c>previous</c> in scripts.</summary>
    public Dictionary<string, string>? PreviousOutcomes { get; set; }

    /// <summary>Results by activity id and output name, where the playbook asks for them.</summary>
    public Dictionary<string, object?>? Results { get; set; }

    public object? LastResult { get; set; }

    /// <summary>Executions that have not ended, oldest first.</summary>
    public List<ActivityExecution> Executions { get; init; } = [];

    /// <summary>How many random values scripts have drawn.</summary>
    public long Draws { get; set; }

    public int NextExecution { get; set; } = 1;
    public int NextBookmark { get; set; } = 1;
    public int NextEffect { get; set; } = 1;

    /// <summary>When the earliest <see cref="BookmarkKind.Due"/> bookmark is due; null for none, and for a run that is not waiting or is paused.</summary>
    public DateTimeOffset? NextDueAt
    {
        get
        {
            if (Status == RunStatus.Finished || Pause is not null)
                return null;
            DateTimeOffset? next = null;
            foreach (var bookmark in Bookmarks)
                if (bookmark.DueAt is { } due && (next is null || due < next))
                    next = due;
            return next;
        }
    }

    /// <summary>A copy that shares nothing that can change.</summary>
    public RunState Clone()
    {
        var copy = new RunState
        {
            Id = Id,
            DefinitionId = DefinitionId,
            DefinitionVersionId = DefinitionVersionId,
            DefinitionVersion = DefinitionVersion,
            CreatedAt = CreatedAt,
            ParentRunId = ParentRunId,
            ParentBookmarkId = ParentBookmarkId,
            Status = Status,
            SubStatus = SubStatus,
            Name = Name,
            CorrelationId = CorrelationId,
            Subject = Subject,
            UpdatedAt = UpdatedAt,
            FinishedAt = FinishedAt,
            Revision = Revision,
            Bookmarks = [.. Bookmarks],
            Incidents = [.. Incidents],
            Deferred = Deferred is null ? null : [.. Deferred],
            Pause = Pause,
            Taken = Taken is null ? null : [.. Taken],
            Variables = Variables.Length == 0 ? [] : Array.ConvertAll(Variables, RunValues.Copy),
            ScriptVariables = ScriptVariables is null ? null : (Dictionary<string, object?>)RunValues.Copy(ScriptVariables)!,
            Input = Input,
            TriggerActivityId = TriggerActivityId,
            Output = Output is null ? null : new(Output),
            PreviousOutcomes = PreviousOutcomes is null ? null : new(PreviousOutcomes),
            Results = Results is null ? null : new(Results),
            LastResult = LastResult,
            Draws = Draws,
            NextExecution = NextExecution,
            NextBookmark = NextBookmark,
            NextEffect = NextEffect,
        };
        copy.Executions.Capacity = Executions.Count;
        foreach (var execution in Executions)
            copy.Executions.Add(execution.Clone());
        foreach (var execution in copy.Executions)
            if (execution.Parent is { } parent)
                execution.Parent = copy.Executions.Find(e => e.Id == parent.Id);
        return copy;
    }
}

/// <summary>An event from a channel that the run has taken.</summary>
/// <param name="Id">See <see cref="Stimulus.EventId"/>.</param>
/// <param name="Before">Bookmarks from this number on were made after it was first taken, and it is not for them.</param>
public readonly record struct TakenEvent(string Id, int Before);

/// <summary>A person has made a run stand still.</summary>
/// <param name="At">Since when, UTC.</param>
public sealed record RunPause(DateTimeOffset At, string? Reason, string? By);

/// <summary>A fault that a person must look at.</summary>
/// <param name="Id">Unique within the run.</param>
/// <param name="ActivityId">Which activity faulted.</param>
/// <param name="Execution">Which execution of it.</param>
/// <param name="Message">The cause, and the cure where it is known.</param>
/// <param name="At">UTC.</param>
public sealed record Incident(string Id, string ActivityId, string ActivityType, int Execution, string Message, DateTimeOffset At)
{
    /// <summary>Whether somebody retried or skipped it, or it settled itself.</summary>
    public bool Resolved { get; init; }

    /// <summary>What the outside could not do and a retry takes up again; null where the activity itself failed.</summary>
    public HeldEffect? Held { get; init; }
}

/// <summary>An effect that stays in the outbox until a person has looked at its incident.</summary>
/// <param name="OutboxId">Its id; for a message its idempotency key, which a retry keeps.</param>
/// <param name="BookmarkId">What waits for its answer; null where nobody does.</param>
public sealed record HeldEffect(string OutboxId, string? BookmarkId);
