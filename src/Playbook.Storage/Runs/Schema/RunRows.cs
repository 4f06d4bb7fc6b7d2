using Playbook.Engine.Runs;

namespace Playbook.Storage.Runs.Schema;

/// <summary>A run as it stands. <see cref="Number"/> grows by one per run, so that new rows are appended.</summary>
public sealed class RunRow
{
    public long Number { get; init; }
    public required Guid Id { get; init; }
    public long Revision { get; init; }
    public required string DefinitionId { get; init; }
    public required string DefinitionVersionId { get; init; }
    public int DefinitionVersion { get; init; }
    public RunStatus Status { get; init; }
    public RunSubStatus SubStatus { get; init; }
    public required string SubjectKind { get; init; }
    public required string SubjectId { get; init; }
    public string? Name { get; init; }
    public string? CorrelationId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Open tasks and rows in Waits; both must be none when the run has ended for good.</summary>
    public int OpenTasks { get; init; }

    public int OpenWaits { get; init; }

    /// <summary>Incidents that nobody has resolved.</summary>
    public int OpenIncidents { get; init; }

    /// <summary>Where the run's history begins, newest turn first.</summary>
    public long LastJournal { get; init; }

    public required byte[] State { get; init; }
}

/// <summary>A run that somebody made stand still, so that lists find it without reading its state.</summary>
public sealed class PauseRow
{
    public long Run { get; init; }
    public DateTimeOffset At { get; init; }
    public string? By { get; init; }
    public string? Why { get; init; }
}

/// <summary>One turn of a run; never changed. <see cref="Previous"/> leads to the turn before, 0 at the first.</summary>
public sealed class JournalRow
{
    public long Seq { get; init; }
    public long Run { get; init; }
    public long Previous { get; init; }
    public long Revision { get; init; }
    public DateTimeOffset At { get; init; }
    public required byte[] Body { get; init; }
}

public enum TaskState
{
    Open,
    Completed,
    Withdrawn,
}

/// <summary>What a guided step asks of a person.</summary>
public sealed class TaskRow
{
    public long Number { get; init; }
    public required string Id { get; init; }
    public long Run { get; init; }
    public required string DefinitionId { get; init; }
    public required string ActivityId { get; init; }
    public required string Role { get; init; }
    public required string Title { get; init; }
    public string? Owner { get; init; }
    public string? EscalatedFrom { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public TaskState Status { get; init; }
    public string? Outcome { get; init; }
    public string? By { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public required string SubjectKind { get; init; }
    public required string SubjectId { get; init; }

    /// <summary>The OpenTask effect, as JSON.</summary>
    public required string Request { get; init; }

    /// <summary>What the rep filled in, as JSON.</summary>
    public string? Fields { get; init; }

    /// <summary>Until when a rep has put it off.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }
}

public enum OutboxStatus
{
    Waiting,
    Claimed,

    /// <summary>Nothing more happens to it; only messages are kept.</summary>
    Done,

    /// <summary>A message that its run no longer wanted.</summary>
    Withdrawn,

    /// <summary>Could not be done and stands at an incident until a person has looked at it.</summary>
    Held,
}

/// <summary>An effect on its way out, or a message that went.</summary>
public sealed class OutboxRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public long Run { get; init; }
    public required string ActivityId { get; init; }
    public string? BookmarkId { get; init; }

    /// <summary>The name of the effect's type, such as <c>SendMessage</c>.</summary>
    public required string Kind { get; init; }

    public required string Body { get; init; }
    public OutboxStatus Status { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset NotBefore { get; init; }
    public int Attempts { get; init; }

    /// <summary>Why it was put back the last time.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset? DoneAt { get; init; }
    public string? Result { get; init; }

    /// <summary>The channel that a message goes over; empty for anything else.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Attempts that failed since it was new or a person had it tried again.</summary>
    public int Faults { get; init; }

    public DateTimeOffset? FailingSince { get; init; }
}

/// <summary>A run that waits for a signal by name or for a reply of its subject.</summary>
public sealed class WaitRow
{
    public long Number { get; init; }
    public int Kind { get; init; }
    public required string Key { get; init; }
    public long Run { get; init; }
    public required string BookmarkId { get; init; }
}
