namespace Playbook.Abstractions;

/// <summary>Anything that wakes a run: a closed set. Late and duplicate stimuli are harmless.</summary>
public abstract record Stimulus
{
    private Stimulus()
    {
    }

    /// <summary>The bookmark that it is meant for; null for a stimulus to the run as a whole.</summary>
    public string? BookmarkId { get; init; }

    /// <summary>
    /// What brought it in over a channel: the channel's id, a colon and the event's own id; null for everything else. A run
    /// takes each once, however often it is brought.
    /// </summary>
    public string? EventId { get; init; }

    /// <summary>Fresh facts about the subject, where they changed since the run's last turn.</summary>
    public Subject? Facts { get; init; }

    /// <summary>The run begins.</summary>
    public sealed record Started(IReadOnlyDictionary<string, object?> Input) : Stimulus
    {
        /// <summary>The activity that triggered the run; null for the playbook's own start.</summary>
        public string? TriggerActivityId { get; init; }
    }

    /// <summary>A point in time has come.</summary>
    public sealed record Due : Stimulus;

    /// <summary>An event by name.</summary>
    public sealed record Signalled(string Name, object? Payload) : Stimulus;

    /// <summary>A person has done a task.</summary>
    public sealed record TaskCompleted(string Outcome, IReadOnlyDictionary<string, object?> Fields, string? By) : Stimulus
    {
        /// <summary>The message that doing it was: sent over the task's channel with the same turn. Null where none is to go.</summary>
        public WrittenMessage? Written { get; init; }
    }

    /// <summary>The channel took the message; <paramref name="ProviderId"/> is its name for it.</summary>
    public sealed record Delivered(string? ProviderId) : Stimulus;

    /// <summary>The message was not sent, by the channel's or the sending policy's word.</summary>
    public sealed record Rejected(string Reason) : Stimulus;

    /// <summary>The message came back, or is late; <paramref name="Kind"/> tells whether the address will never work.</summary>
    public sealed record Bounced(string Reason, BounceKind Kind) : Stimulus;

    /// <summary>The subject has answered.</summary>
    public sealed record Replied(string? Text, string? Channel) : Stimulus
    {
        /// <summary>The words of the answer that may ask for no more messages; a person decides. Null where there are none.</summary>
        public string? PossibleOptOut { get; init; }
    }

    /// <summary>A machine has answered for the subject, who is away; <paramref name="ReturnsAt"/> (UTC) where it says until when.</summary>
    public sealed record AutoReplied(string? Text, string? Channel, DateTimeOffset? ReturnsAt) : Stimulus;

    /// <summary>The subject called a message spam.</summary>
    public sealed record Complained(string? Channel) : Stimulus;

    /// <summary>The subject wants no more messages; <paramref name="Wording"/> is what they wrote or pressed.</summary>
    public sealed record Unsubscribed(string Wording, string? Channel) : Stimulus;

    /// <summary>
    /// The subject answered an invitation or a call with one of a few words: <c>accepted</c>, <c>declined</c>,
    /// <c>proposed</c> …; <paramref name="Data"/> is what belongs to it, such as <c>start</c>.
    /// </summary>
    public sealed record ContactAnswered(string Answer, IReadOnlyDictionary<string, object?> Data) : Stimulus;

    /// <summary>A run that this one started has ended.</summary>
    public sealed record RunFinished(Guid RunId, string SubStatus, IReadOnlyDictionary<string, object?> Output) : Stimulus;

    /// <summary>A request made of the outside was answered.</summary>
    public sealed record Answered(object? Value) : Stimulus;

    /// <summary>
    /// Something that the run asked of the outside could not be done after many attempts: it becomes an incident. A retry
    /// takes the same up again, with the same key.
    /// </summary>
    /// <param name="OutboxId">Which effect, by its id; for a message its idempotency key.</param>
    /// <param name="ActivityId">The activity that asked for it.</param>
    /// <param name="Reason">The cause, and the cure where it is known.</param>
    public sealed record GivenUp(string OutboxId, string ActivityId, string Reason) : Stimulus;

    /// <summary>A person asks for the run to go on from an incident.</summary>
    /// <param name="IncidentId">Which incident.</param>
    /// <param name="Skip">False to run the activity again; true to leave it as done through <paramref name="Outcome"/>.</param>
    /// <param name="Outcome">The port to leave through when skipped; null for <c>Done</c>.</param>
    public sealed record Repaired(string IncidentId, bool Skip, string? Outcome) : Stimulus;

    /// <summary>The run is to stand still until it is resumed: it does nothing, and keeps what comes for it.</summary>
    public sealed record Paused(string? Reason, string? By) : Stimulus;

    /// <summary>A paused run is to go on, with what came for it meanwhile.</summary>
    public sealed record Resumed(string? Reason, string? By) : Stimulus
    {
        /// <summary>When what became due meanwhile is taken up, UTC, so that many runs do not all go on at once; null for now.</summary>
        public DateTimeOffset? NotBefore { get; init; }
    }

    /// <summary>The run is to give up all that is under way and go on at another step of its own version.</summary>
    /// <param name="ActivityId">The step that begins, by its activity's id.</param>
    /// <param name="Reason">Why, in words for the history.</param>
    /// <param name="By">Who wants it.</param>
    public sealed record Moved(string ActivityId, string? Reason, string? By) : Stimulus
    {
        /// <summary>The state that whoever wants it has looked at: where the run has gone on meanwhile, nothing happens. Null for any.</summary>
        public long? Revision { get; init; }

        /// <summary>Ids of messages that no step waits for any more and that are not to go out; empty for none.</summary>
        public IReadOnlyList<string> Withdrawn { get; init; } = [];
    }

    /// <summary>The run is to end now.</summary>
    public sealed record Cancelled(string? Reason, string? By) : Stimulus;
}
