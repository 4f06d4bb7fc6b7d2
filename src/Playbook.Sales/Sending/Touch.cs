namespace Playbook.Sales.Sending;

public enum TouchDirection
{
    Out,
    In,
}

public enum TouchKind
{
    /// <summary>A permit was given and counts against the caps; the channel has not answered yet.</summary>
    Permitted,

    /// <summary>The channel took it; for a guided step, the rep did it.</summary>
    Sent,

    /// <summary>It reached the contact's machine.</summary>
    Delivered,

    /// <summary>The provider gave up after it had accepted.</summary>
    Failed,

    Replied,
    AutoReplied,
    Bounced,
    Complained,
    Unsubscribed,

    /// <summary>The contact answered with one of a few words: an invitation, a call's end.</summary>
    Answered,
}

/// <summary>One contact with a person over a channel, out or in. Never changed but for <see cref="TouchKind.Permitted"/>, which becomes sent or goes.</summary>
public sealed record Touch
{
    /// <summary>UUIDv7 of <see cref="At"/>.</summary>
    public required Guid Id { get; init; }

    /// <summary>What makes a doubled one harmless: see <see cref="KeyOut"/> and <see cref="KeyIn"/>.</summary>
    public required string Key { get; init; }

    public required string Channel { get; init; }
    public required TouchDirection Direction { get; init; }
    public required TouchKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? ContactId { get; init; }
    public Guid? AccountId { get; init; }
    public Guid? RunId { get; init; }
    public Guid? RepId { get; init; }

    /// <summary>The message of ours that it is or is about, by its idempotency key (the outbox id), or the task of a guided step.</summary>
    public string? MessageKey { get; init; }

    /// <summary>The provider's id of that message.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Our own address, number or account that it went out from or came in at.</summary>
    public string? Mailbox { get; init; }

    /// <summary>The contact's address.</summary>
    public string? Address { get; init; }

    /// <summary>The address's domain, for caps by receiver; null where it has none.</summary>
    public string? Domain { get; init; }

    public string? Subject { get; init; }
    public string? Text { get; init; }

    /// <summary>When the contact is back, for an automatic reply that says so.</summary>
    public DateTimeOffset? ReturnsAt { get; init; }

    /// <summary>The key of the touch by which a message went out: one per message.</summary>
    public static string KeyOut(string messageKey) => "out:" + messageKey;

    /// <summary>The key of an event that came in, by its id within the channel.</summary>
    public static string KeyIn(string channel, string eventId) => $"in:{channel}:{eventId}";
}
