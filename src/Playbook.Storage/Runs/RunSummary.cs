using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Storage.Runs;

/// <summary>Which runs to list; what is null does not matter.</summary>
public sealed record RunFilter
{
    public string? DefinitionId { get; init; }
    public string? DefinitionVersionId { get; init; }
    public RunStatus? Status { get; init; }
    public RunSubStatus? SubStatus { get; init; }
    public string? SubjectKind { get; init; }
    public string? SubjectId { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>Only runs with an incident that nobody has resolved.</summary>
    public bool WithIncidents { get; init; }

    /// <summary>Only runs that somebody has paused.</summary>
    public bool Paused { get; init; }
}

/// <summary>A run as lists show it.</summary>
public sealed record RunSummary(
    Guid Id,
    string DefinitionId,
    string DefinitionVersionId,
    int DefinitionVersion,
    RunStatus Status,
    RunSubStatus SubStatus,
    string SubjectKind,
    string SubjectId,
    string? Name,
    string? CorrelationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? DueAt,
    long Revision,
    int OpenTasks,
    int OpenIncidents)
{
    /// <summary>Whether somebody has made it stand still.</summary>
    public bool IsPaused { get; init; }
}

/// <summary>How many runs of a playbook are in a status.</summary>
public sealed record RunCount(string DefinitionId, RunStatus Status, RunSubStatus SubStatus, long Count);

/// <summary>How many runs are pinned to a version.</summary>
public sealed record RunsOnVersion(string VersionId, int Version, long Count);

/// <summary>A message that a run sent or wants to send. <paramref name="State"/> is <c>Waiting</c>, <c>Claimed</c>, <c>Done</c>, <c>Withdrawn</c> or <c>Held</c>.</summary>
/// <param name="Reason">Why it was put back the last time; null where it never was.</param>
/// <param name="Result">What became of it, as the worker wrote it (JSON); null while it waits.</param>
public sealed record RunMessage(
    string Id,
    string ActivityId,
    Effect.SendMessage Message,
    Schema.OutboxStatus State,
    DateTimeOffset CreatedAt,
    DateTimeOffset NotBefore,
    int Attempts,
    string? Reason,
    DateTimeOffset? DoneAt,
    string? Result);

/// <summary>Something in the outbox that is not done.</summary>
/// <param name="Number">Grows from one to the next, so that a list can go on behind it.</param>
/// <param name="Channel">The channel of a message; empty for anything else.</param>
/// <param name="Kind">The kind of effect, such as <c>SendMessage</c>.</param>
/// <param name="IsHeld">Whether it stands at an incident and waits for a person; otherwise it is tried again at <paramref name="NotBefore"/>.</param>
/// <param name="Faults">How many attempts failed.</param>
/// <param name="Reason">Why it was put back the last time; null where it never was.</param>
public sealed record OutboxEntry(
    long Number,
    string Id,
    Guid RunId,
    string ActivityId,
    string Channel,
    string Kind,
    bool IsHeld,
    DateTimeOffset CreatedAt,
    DateTimeOffset NotBefore,
    int Faults,
    DateTimeOffset? FailingSince,
    string? Reason);

/// <summary>One turn of any run, for metrics. <paramref name="Seq"/> grows from turn to turn: ask for what comes after the last.</summary>
public sealed record JournalFeedEntry(long Seq, string DefinitionId, string DefinitionVersionId, string SubjectKind, string SubjectId, JournalEntry Entry);
