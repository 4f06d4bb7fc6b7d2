namespace Playbook.Abstractions;

/// <summary>Something that came in over a channel: a closed set. Late, doubled and reordered events are harmless.</summary>
/// <param name="Id">The same whenever the same thing comes in again, and unique within the channel.</param>
/// <param name="At">When it happened by the provider's word, UTC.</param>
public abstract record ChannelEvent(string Id, DateTimeOffset At)
{
    /// <summary>The message of ours that it is about, by its <see cref="OutgoingMessage.IdempotencyKey"/>; null where the channel does not know.</summary>
    public string? MessageKey { get; init; }

    /// <summary>The same by the provider's id, as given in <see cref="SendResult.Accepted"/>; null where the channel does not know.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The address that it came from, or that did not work; null where that is not known.</summary>
    public string? Address { get; init; }

    /// <summary>How the message was found, for the record: <c>In-Reply-To</c>, <c>plus-address</c> …; null for the provider's own id.</summary>
    public string? MatchedBy { get; init; }

    /// <summary>A person wrote back.</summary>
    public sealed record Replied(string Id, DateTimeOffset At, string Text) : ChannelEvent(Id, At)
    {
        /// <summary>The subject line; null where the channel has none.</summary>
        public string? Subject { get; init; }
    }

    /// <summary>A machine wrote back: away, on holiday. <paramref name="ReturnsAt"/> where it says until when.</summary>
    public sealed record AutoReplied(string Id, DateTimeOffset At, string Text, DateTimeOffset? ReturnsAt) : ChannelEvent(Id, At);

    /// <summary>The message came back, or is late.</summary>
    public sealed record Bounced(string Id, DateTimeOffset At, BounceKind Kind, string Reason) : ChannelEvent(Id, At);

    /// <summary>The contact called it spam.</summary>
    public sealed record Complained(string Id, DateTimeOffset At) : ChannelEvent(Id, At);

    /// <summary>The contact wants no more. <paramref name="Wording"/> is what they wrote or pressed.</summary>
    public sealed record Unsubscribed(string Id, DateTimeOffset At, string Wording) : ChannelEvent(Id, At)
    {
        /// <summary>Whether they only want no more over this channel; otherwise they want no more over any.</summary>
        public bool OnlyThisChannel { get; init; }
    }

    /// <summary>It reached the contact's machine.</summary>
    public sealed record Delivered(string Id, DateTimeOffset At) : ChannelEvent(Id, At);

    /// <summary>The provider gave up after it had accepted.</summary>
    public sealed record Failed(string Id, DateTimeOffset At, string Reason) : ChannelEvent(Id, At);

    /// <summary>The contact answered with one of a few words: <c>accepted</c>, <c>declined</c>, <c>proposed</c> for an invitation; a call's end.</summary>
    public sealed record Answered(string Id, DateTimeOffset At, string Answer) : ChannelEvent(Id, At)
    {
        /// <summary>What belongs to the answer, such as the time proposed.</summary>
        public IReadOnlyDictionary<string, object?> Data { get; init; } = new Dictionary<string, object?>();
    }
}

/// <summary>Why a message came back.</summary>
public enum BounceKind
{
    /// <summary>The address does not work and never will.</summary>
    Hard,

    /// <summary>Not this time: mailbox full, server away. The provider may still be trying.</summary>
    Soft,

    /// <summary>The receiver's rules or our own standing forbid it; the operator must look.</summary>
    Policy,
}

/// <summary>A request on a channel's webhook address.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">What follows the channel's address, without a leading slash.</param>
/// <param name="Headers">By name, in any case; several values of one name are joined by a comma.</param>
/// <param name="Body">At most 1 MB; more is refused before the channel sees it.</param>
public sealed record InboundRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Query values by name.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>The whole address that the sender called, as it signed it.</summary>
    public Uri? Url { get; init; }
}

/// <summary>The answer to a request, and what it brought.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Events">What came in; stored before the answer is given.</param>
public sealed record InboundAnswer(int Status, IReadOnlyList<ChannelEvent> Events)
{
    /// <summary>The body; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>The body's media type.</summary>
    public string ContentType { get; init; } = "text/plain; charset=utf-8";

    /// <summary>The channel takes no requests here.</summary>
    public static InboundAnswer NotHere { get; } = new(404, []);

    /// <summary>The signature is wrong or missing.</summary>
    public static InboundAnswer NotSigned { get; } = new(401, []);

    /// <summary>All is well.</summary>
    public static InboundAnswer Ok(params IReadOnlyList<ChannelEvent> events) => new(200, events);
}
