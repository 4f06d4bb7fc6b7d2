namespace Playbook.Sales.Queue;

/// <summary>What somebody did with a task besides doing it.</summary>
public enum TaskMoveKind
{
    /// <summary>Somebody took it for themselves.</summary>
    Claimed,

    /// <summary>Whoever had it gave it back to the role.</summary>
    Released,

    /// <summary>Somebody gave it to a colleague.</summary>
    Delegated,

    /// <summary>A manager moved it from one person to another.</summary>
    Rebalanced,

    /// <summary>Put off until a time.</summary>
    Snoozed,

    /// <summary>Not today, with a reason.</summary>
    Skipped,

    /// <summary>Put off together with others.</summary>
    Rescheduled,

    /// <summary>An answer was given, and can be taken back for a moment.</summary>
    Answered,

    /// <summary>The answer was taken back before it counted.</summary>
    TakenBack,

    /// <summary>A move before was undone.</summary>
    Undone,

    /// <summary>The rep promised the contact something.</summary>
    Promised,

    /// <summary>A promise was kept, or is not expected any more.</summary>
    PromiseSettled,

    /// <summary>The answer came too late: somebody else was faster, or the run went on without it.</summary>
    Late,
}

/// <summary>A fact about a task: who, when, why, and what was before. Never changed; undoing it is another one.</summary>
public sealed record TaskMove
{
    /// <summary>UUIDv7 of <see cref="At"/>.</summary>
    public required Guid Id { get; init; }

    public required string TaskId { get; init; }
    public required TaskMoveKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? By { get; init; }
    public string? OwnerBefore { get; init; }
    public string? OwnerAfter { get; init; }
    public DateTimeOffset? SnoozedBefore { get; init; }
    public DateTimeOffset? SnoozedAfter { get; init; }

    /// <summary>The reason in words; for an answer, its outcome.</summary>
    public string? Why { get; init; }

    /// <summary>Moves that were made together are undone together; null for one alone.</summary>
    public Guid? Batch { get; init; }

    /// <summary>The move by which this one is undone.</summary>
    public TaskMove Back(Guid id, DateTimeOffset at, string? by) => this with
    {
        Id = id, Kind = TaskMoveKind.Undone, At = at, By = by, Why = Kind.ToString(), Batch = null,
        OwnerBefore = OwnerAfter, OwnerAfter = OwnerBefore, SnoozedBefore = SnoozedAfter, SnoozedAfter = SnoozedBefore,
    };
}
