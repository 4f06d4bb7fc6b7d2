namespace Playbook.Abstractions;

/// <summary>
/// A way to reach people, opened with its settings: e-mail, phone, SMS, letter … All members may be called at the same
/// time from several threads. A channel that only sends needs the first two. One that holds something open is
/// <see cref="IAsyncDisposable"/> as well.
/// </summary>
public interface IChannel
{
    /// <summary>
    /// Tries the settings for real (connects, signs in) without touching any contact, within 30 seconds. Returns an empty
    /// list where all is well, otherwise one sentence per problem naming the cause and the cure.
    /// </summary>
    ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken);

    /// <summary>
    /// Sends one message. Called again with the same <see cref="OutgoingMessage.IdempotencyKey"/> after a crash or a lost
    /// answer: must then not send a second time as far as the provider lets it know, and gives the first answer again.
    /// Refuses a permit that is for another message, and asks for another where it ran out. Throws only for faults of the
    /// channel itself (network, sign-in); the host tries again later, more and more rarely.
    /// </summary>
    ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a request that came in on the channel's webhook address. The channel checks the signature itself, and answers
    /// 401 without events where it is wrong. The answer is given to the caller after the events are stored; an event that
    /// was stored before (by its <see cref="ChannelEvent.Id"/>) is dropped by the host.
    /// </summary>
    ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken) => new(InboundAnswer.NotHere);

    /// <summary>
    /// Fetches what comes in where the channel has to ask for it (a mailbox), until it is cancelled. Hands each event to
    /// <paramref name="inbox"/> and only afterwards marks it as fetched. May throw for faults of the channel; the host
    /// starts it again later. The default returns at once: nothing to fetch.
    /// </summary>
    Task Listen(IInbox inbox, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>How the channel is now, from what it knows without asking anybody; shown to the operator every minute.</summary>
    ChannelHealth Health => ChannelHealth.Well;
}

/// <summary>Where a channel puts what came in.</summary>
public interface IInbox
{
    /// <summary>Returns when the event is on disk. An event that was stored before is dropped.</summary>
    ValueTask Take(ChannelEvent channelEvent, CancellationToken cancellationToken);
}

/// <summary>How a channel is.</summary>
/// <param name="IsWell">Whether it can send and receive.</param>
/// <param name="Text">One sentence; where it is not well, the cause and the cure.</param>
public sealed record ChannelHealth(bool IsWell, string Text)
{
    /// <summary>Nothing is known against it.</summary>
    public static ChannelHealth Well { get; } = new(true, "Works.");
}
