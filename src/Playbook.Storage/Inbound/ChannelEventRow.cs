using Playbook.Abstractions;

namespace Playbook.Storage.Inbound;

public enum EventState
{
    /// <summary>Stored, and still to be handled.</summary>
    Waiting,

    /// <summary>Everything that follows from it was done.</summary>
    Handled,

    /// <summary>Nobody is known whom it is about; a person can say who.</summary>
    Unmatched,

    /// <summary>A person has put it aside.</summary>
    Dismissed,
}

/// <summary>Something that came in over a channel, as it is stored before the channel hears that it may forget it.</summary>
public sealed class ChannelEventRow
{
    public long Number { get; init; }
    public required string Channel { get; init; }

    /// <summary>The channel's id of it; unique within the channel.</summary>
    public required string EventId { get; init; }

    /// <summary>The name of the event's type, such as <c>Replied</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>For a bounce <c>hard</c>, <c>soft</c> or <c>policy</c>; for an answer its word.</summary>
    public string? Detail { get; init; }

    public DateTimeOffset At { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public string? Address { get; init; }
    public string? MessageKey { get; init; }

    /// <summary>The whole event, as JSON.</summary>
    public required string Body { get; init; }

    public EventState State { get; init; }
    public DateTimeOffset NotBefore { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? HandledAt { get; init; }

    /// <summary>What came of it, or why it failed the last time, as people read it.</summary>
    public string? Result { get; init; }

    public string? MatchedBy { get; init; }
    public Guid? ContactId { get; init; }
    public Guid? RunId { get; init; }
}

/// <summary>An event from the inbox.</summary>
public sealed record InboundEvent(long Number, string Channel, ChannelEvent Event, DateTimeOffset ReceivedAt)
{
    public EventState State { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? HandledAt { get; init; }
    public string? Result { get; init; }
    public string? MatchedBy { get; init; }
    public Guid? ContactId { get; init; }
    public Guid? RunId { get; init; }

    /// <summary>What runs know it by.</summary>
    public string Key => $"{Channel}:{Event.Id}";
}

/// <summary>What came of an event.</summary>
/// <param name="Result">As people read it.</param>
public sealed record EventOutcome(EventState State, string Result)
{
    public string? MatchedBy { get; init; }
    public Guid? ContactId { get; init; }
    public Guid? RunId { get; init; }

    /// <summary>The message that it is about, where it was found by something else than its key.</summary>
    public string? MessageKey { get; init; }
}

/// <summary>Which events to list; what is null does not matter.</summary>
public sealed record EventFilter
{
    public EventState? State { get; init; }
    public string? Channel { get; init; }
    public string? Kind { get; init; }
    public Guid? ContactId { get; init; }
}
