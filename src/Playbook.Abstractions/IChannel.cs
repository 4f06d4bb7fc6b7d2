namespace Playbook.Abstractions;

/// <summary>A way to reach people: e-mail, phone, SMS, letter … An implementation is loaded from a plugin folder.</summary>
public interface IChannel
{
    /// <summary>What the channel is called and can do.</summary>
    ChannelDescription Description { get; }

    /// <summary>
    /// Tries the settings for real, without touching any contact. Returns an empty list where all is well, otherwise one
    /// sentence per problem naming the cause and the cure.
    /// </summary>
    ValueTask<IReadOnlyList<string>> Validate(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken);

    /// <summary>
    /// Sends one message. Called again with the same <see cref="OutgoingMessage.IdempotencyKey"/> after a crash: must then
    /// not send a second time. Throws only for faults in the channel itself, which are tried again later.
    /// </summary>
    ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken);
}

/// <summary>What a channel is called and can do.</summary>
/// <param name="Id">The id that playbooks name, such as <c>email</c>.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Text">One sentence.</param>
public sealed record ChannelDescription(string Id, string DisplayName, string Text);

/// <summary>A message, rendered and ready to go.</summary>
/// <param name="IdempotencyKey">The same for every attempt at the same message, and for no other.</param>
/// <param name="To">The address in the channel's own form: an e-mail address, an E.164 number …</param>
/// <param name="ToName">The contact's name as it is written.</param>
/// <param name="Subject">The subject line; null where the channel has none.</param>
/// <param name="Text">The body as plain text.</param>
public sealed record OutgoingMessage(string IdempotencyKey, string To, string ToName, string? Subject, string Text)
{
    /// <summary>The name of the person it comes from; null for the company.</summary>
    public string? FromName { get; init; }

    /// <summary>That person's own address, where an answer should go; null for the channel's.</summary>
    public string? FromAddress { get; init; }

    /// <summary>When the message was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

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
