using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>Where runs live. One process owns a store at a time.</summary>
public interface IRunStore
{
    /// <summary>The run as last committed; null where there is none.</summary>
    ValueTask<RunState?> Get(Guid runId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Who waits for <paramref name="key"/>: for <see cref="BookmarkKind.Signal"/> the event's name, for
    /// <see cref="BookmarkKind.Reply"/> and <see cref="BookmarkKind.Invitation"/> the subject's id. Other kinds are addressed directly and not found here.
    /// </summary>
    ValueTask<IReadOnlyList<BookmarkMatch>> Find(BookmarkKind kind, string key, CancellationToken cancellationToken = default);

    /// <summary>Runs with a <see cref="BookmarkKind.Due"/> bookmark at or before <paramref name="until"/>, earliest first.</summary>
    ValueTask<IReadOnlyList<Guid>> Due(DateTimeOffset until, int max, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes outbox items whose time has come, oldest first, for <paramref name="lease"/>: after that, unless done or
    /// deferred, they can be claimed again, as after a crash. Of a channel named in <paramref name="atMost"/> no more are
    /// taken than it says, so that one that is slow keeps nobody else waiting.
    /// </summary>
    ValueTask<IReadOnlyList<OutboxItem>> ClaimOutbox(
        DateTimeOffset now, int max, TimeSpan lease, IReadOnlyDictionary<string, int>? atMost = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts a claimed item back until <paramref name="until"/>, with the faults that it is given with; without a
    /// <paramref name="reason"/> it stays claimed and only its lease is longer. Does nothing where the item is done or held,
    /// or somebody else has claimed it since.
    /// </summary>
    ValueTask Defer(OutboxItem item, DateTimeOffset until, string? reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Commits transitions and finished outbox items in one database transaction. Throws
    /// <see cref="ConcurrencyException"/>, with nothing written, where a run's stored revision is not one less than the
    /// transition's, or a new run's id exists. Returns when the commit is on disk.
    /// </summary>
    ValueTask Commit(IReadOnlyList<Transition> transitions, IReadOnlyList<OutboxDone> done, CancellationToken cancellationToken = default);
}

/// <summary>A run that waits for what was looked for.</summary>
public sealed record BookmarkMatch(Guid RunId, string BookmarkId, string? CorrelationId);

/// <summary>Somebody else changed the run since it was read: read it again and advance it again.</summary>
public sealed class ConcurrencyException(string message) : Exception(message);
