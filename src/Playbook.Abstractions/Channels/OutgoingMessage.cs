namespace Playbook.Abstractions;

/// <summary>A message, rendered and ready to go.</summary>
/// <param name="IdempotencyKey">The same for every attempt at the same message, and for no other.</param>
/// <param name="To">The address in the channel's own form: an e-mail address, an E.164 number …</param>
/// <param name="ToName">The contact's name as it is written.</param>
/// <param name="Subject">The subject line; null where the channel has none.</param>
/// <param name="Text">The body as plain text.</param>
public sealed record OutgoingMessage(string IdempotencyKey, string To, string ToName, string? Subject, string Text)
{
    /// <summary>The body as HTML, beside <see cref="Text"/>; null where there is only text.</summary>
    public string? Html { get; init; }

    /// <summary>The name of the person it comes from; null for the company.</summary>
    public string? FromName { get; init; }

    /// <summary>That person's own address, where an answer should go; null for the channel's.</summary>
    public string? FromAddress { get; init; }

    /// <summary>When the message was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The provider's ids of the messages that went before in the same conversation, oldest first.</summary>
    public IReadOnlyList<string> Thread { get; init; } = [];

    /// <summary>Where one click stops all further messages; null where the channel has its own way.</summary>
    public Uri? UnsubscribeUrl { get; init; }

    /// <summary>Files that go with it.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The channel's action that sends it, such as <c>Send</c>; null for a plain message.</summary>
    public string? Action { get; init; }

    /// <summary>The action's own inputs by name.</summary>
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = new Dictionary<string, object?>();
}

/// <summary>A file that goes with a message.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="ContentType">Its media type, such as <c>application/pdf</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record Attachment(string Name, string ContentType, ReadOnlyMemory<byte> Content);

/// <summary>The one-time leave to make one touch, given by the sending policy. No channel is called without one.</summary>
/// <param name="IdempotencyKey">The message that it is for.</param>
/// <param name="GivenAt">UTC.</param>
/// <param name="ValidUntil">UTC; a channel refuses to send after it.</param>
/// <param name="Reason">The rule that allowed it, as people read it.</param>
public sealed record Permit(string IdempotencyKey, DateTimeOffset GivenAt, DateTimeOffset ValidUntil, string Reason);

/// <summary>What became of a message: a closed set.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The channel took it; <paramref name="ProviderId"/> is its name for the message.</summary>
    public sealed record Accepted(string ProviderId) : SendResult;

    /// <summary>It will never go; <paramref name="Reason"/> names the cause and the cure.</summary>
    public sealed record Refused(string Reason) : SendResult;

    /// <summary>Not now; try again after <paramref name="After"/>.</summary>
    public sealed record TryLater(TimeSpan After, string Reason) : SendResult;
}
