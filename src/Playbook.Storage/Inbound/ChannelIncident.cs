namespace Playbook.Storage.Inbound;

public enum ChannelIncidentKind
{
    /// <summary>A receiver's rules or our own standing kept a message out.</summary>
    PolicyBounce,

    /// <summary>A contact called a message spam.</summary>
    Complaint,

    /// <summary>So many complained that nothing more goes out from this mailbox until the operator has looked.</summary>
    Paused,
}

/// <summary>Something about a channel or one of its mailboxes that the operator must look at; nobody's contact is at fault.</summary>
public sealed record ChannelIncident
{
    public required Guid Id { get; init; }

    /// <summary>What makes a doubled one harmless.</summary>
    public required string Key { get; init; }

    public required ChannelIncidentKind Kind { get; init; }
    public required string Channel { get; init; }

    /// <summary>Our own address that it is about; null for the channel as a whole.</summary>
    public string? Mailbox { get; init; }

    /// <summary>The cause and the cure.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public string? ResolvedBy { get; init; }
}

/// <summary>A key that signs links in messages. Never removed: messages are clicked years later.</summary>
public sealed record LinkKey
{
    public required int Number { get; init; }
    public required byte[] Secret { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
