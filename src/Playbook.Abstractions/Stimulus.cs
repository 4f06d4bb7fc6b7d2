namespace Playbook.Abstractions;

/// <summary>Anything that wakes a run: a closed set. Late and duplicate stimuli are harmless.</summary>
public abstract record Stimulus
{
    private Stimulus()
    {
    }

    /// <summary>The bookmark that it is meant for; null for a stimulus to the run as a whole.</summary>
    public string? BookmarkId { get; init; }

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
    public sealed record TaskCompleted(string Outcome, IReadOnlyDictionary<string, object?> Fields, string? By) : Stimulus;

    /// <summary>The channel took the message; <paramref name="ProviderId"/> is its name for it.</summary>
    public sealed record Delivered(string? ProviderId) : Stimulus;

    /// <summary>The message was not sent, by the channel's or the sending policy's word.</summary>
    public sealed record Rejected(string Reason) : Stimulus;

    /// <summary>The message came back; <paramref name="Hard"/> where the address will never work.</summary>
    public sealed record Bounced(string Reason, bool Hard) : Stimulus;

    /// <summary>The subject has answered.</summary>
    public sealed record Replied(string? Text, string? Channel) : Stimulus;

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

    /// <summary>The run is to end now.</summary>
    public sealed record Cancelled(string? Reason, string? By) : Stimulus;
}
