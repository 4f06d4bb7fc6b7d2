using Playbook.Abstractions;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Storage.Runs;

/// <summary>Which tasks to list; what is null does not matter.</summary>
public sealed record TaskFilter
{
    public TaskState? State { get; init; } = TaskState.Open;
    public string? Role { get; init; }
    public string? Owner { get; init; }

    /// <summary>Only tasks that nobody has taken.</summary>
    public bool Unowned { get; init; }

    public string? DefinitionId { get; init; }
    public string? SubjectId { get; init; }
}

/// <summary>A task as the queue shows it.</summary>
/// <param name="EscalatedFrom">The role that had it before; null where it was never moved.</param>
/// <param name="Fields">What the rep filled in; empty while it is open.</param>
/// <param name="SnoozedUntil">Until when a rep has put it off; null where nobody has.</param>
public sealed record TaskItem(
    string Id,
    Guid RunId,
    string DefinitionId,
    string ActivityId,
    string Role,
    string Title,
    string? Owner,
    string? EscalatedFrom,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt,
    TaskState State,
    string? Outcome,
    string? By,
    DateTimeOffset? CompletedAt,
    string SubjectKind,
    string SubjectId,
    Effect.OpenTask Request,
    IReadOnlyDictionary<string, object?> Fields,
    DateTimeOffset? SnoozedUntil = null);

/// <summary>How many open tasks a role has.</summary>
public sealed record TaskCount(string Role, long Open, long Unowned);
