namespace Playbook.Sales.Queue;

/// <summary>What became of a promise.</summary>
public enum PromiseState
{
    Open,

    /// <summary>Its time has passed, and nothing came.</summary>
    Broken,

    Kept,

    /// <summary>Kept, but after its time.</summary>
    KeptLate,

    /// <summary>The contact does not expect it any more.</summary>
    Withdrawn,
}

/// <summary>Something that a rep said they would do for a contact at a time. Moments are UTC.</summary>
public sealed record Promise
{
    /// <summary>So long after its time it still counts as kept.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>UUIDv7 of <see cref="MadeAt"/>.</summary>
    public required Guid Id { get; init; }

    public required Guid ContactId { get; init; }

    /// <summary>The step in which it was made.</summary>
    public string? TaskId { get; init; }

    public required string Text { get; init; }

    /// <summary>When it is to be kept.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
    public string? By { get; init; }
    public DateTimeOffset? KeptAt { get; init; }
    public string? KeptBy { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
    public string? WithdrawnBy { get; init; }

    public PromiseState StateAt(DateTimeOffset now) =>
        WithdrawnAt is not null ? PromiseState.Withdrawn
        : KeptAt is { } kept ? kept > At + Grace ? PromiseState.KeptLate : PromiseState.Kept
        : now > At + Grace ? PromiseState.Broken : PromiseState.Open;

    /// <summary>
    /// Whether the promise puts a task about its contact where promises stand: the step in which it was made waits for it, and
    /// any other is moved when its time has come and that step is done.
    /// </summary>
    public bool Concerns(string taskId, DateTimeOffset now) =>
        KeptAt is null && WithdrawnAt is null && (TaskId == taskId || At - TaskQueue.BeforePromise <= now);
}
