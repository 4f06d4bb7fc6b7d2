using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>
/// All that one turn of a run produced. A store commits it whole or not at all.
/// </summary>
public sealed class Transition
{
    /// <summary>The run after the turn; its <see cref="RunState.Revision"/> is one more than what the store holds.</summary>
    public required RunState State { get; init; }

    /// <summary>What woke the run.</summary>
    public required Stimulus Stimulus { get; init; }

    /// <summary>When the turn was taken, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<RunEvent> Events { get; init; } = [];

    /// <summary>Bookmarks that are new and still there at the end of the turn.</summary>
    public IReadOnlyList<RunBookmark> BookmarksAdded { get; init; } = [];

    /// <summary>Bookmarks that were there before the turn and are gone.</summary>
    public IReadOnlyList<RunBookmark> BookmarksRemoved { get; init; } = [];

    /// <summary>What the outside must do; tasks are not among it.</summary>
    public IReadOnlyList<OutboxItem> Outbox { get; init; } = [];

    public IReadOnlyList<TaskOpened> TasksOpened { get; init; } = [];

    public IReadOnlyList<TaskClosed> TasksClosed { get; init; } = [];

    /// <summary>Tasks that were moved to another role.</summary>
    public IReadOnlyList<TaskEscalated> TasksEscalated { get; init; } = [];

    /// <summary>Ids of outbox items that must not go out any more, because the run ended or was helped otherwise; what was sent stays recorded as sent.</summary>
    public IReadOnlyList<string> OutboxWithdrawn { get; init; } = [];

    /// <summary>Ids of outbox items that stay where they are, not to be claimed, until a person has looked at them.</summary>
    public IReadOnlyList<string> OutboxHeld { get; init; } = [];

    /// <summary>Ids of held items that are to be tried again now, as if for the first time.</summary>
    public IReadOnlyList<string> OutboxReleased { get; init; } = [];
}

/// <summary>An effect on its way out.</summary>
/// <param name="Id">Unique over all runs and the same when a turn is replayed; the idempotency key of a message.</param>
/// <param name="BookmarkId">Where the answer goes; null where nobody waits.</param>
public sealed record OutboxItem(string Id, Guid RunId, string ActivityId, string? BookmarkId, Effect Effect, DateTimeOffset CreatedAt)
{
    /// <summary>How often it was claimed before. Whoever claimed it last decides what becomes of it.</summary>
    public int Attempts { get; init; }

    /// <summary>How many attempts failed since it was new or a person had it tried again.</summary>
    public int Faults { get; init; }

    /// <summary>When the first of those attempts failed; null for none.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The channel that a message goes over; empty for anything else.</summary>
    public string Channel => Effect is Effect.SendMessage message ? message.Channel : "";
}

/// <summary>What became of an outbox item: it is not claimed again. <paramref name="Result"/> is kept for messages (JSON); a store may know more of one than this.</summary>
public record OutboxDone(string Id, string? Result);

public sealed record TaskOpened(string TaskId, Guid RunId, string DefinitionId, string ActivityId, string SubjectKind, string SubjectId, Effect.OpenTask Request);

/// <summary>A task that left the queue: completed by somebody with an outcome, or withdrawn because its step ended otherwise (outcome null).</summary>
public sealed record TaskClosed(string TaskId, string? Outcome, string? By, IReadOnlyDictionary<string, object?> Fields);

public sealed record TaskEscalated(string TaskId, string ToRole);
