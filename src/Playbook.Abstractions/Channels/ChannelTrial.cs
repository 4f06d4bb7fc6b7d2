namespace Playbook.Abstractions;

/// <summary>
/// A provider made of code, so that a channel can be checked by <c>playbook plugin verify</c> and the contract suite without an
/// account and without reaching anybody. Each check has a trial of its own. What is left null is reported as not checked.
/// <code>
/// public ChannelTrial? Trial(ChannelSetup setup)
/// {
///     var provider = new FakeFaxLine();
///     return new ChannelTrial(new Dictionary&lt;string, string&gt; { ["key"] = "trial" }, "+4512345678", () =&gt; provider.Accepted)
///     {
///         Provider = provider.Answer,
///     };
/// }
/// </code>
/// </summary>
/// <param name="Settings">Settings with which the channel works against this provider, secrets included.</param>
/// <param name="Address">An address that the provider takes messages for.</param>
/// <param name="Accepted">The messages that the provider has taken so far, in order. One taken twice is there twice.</param>
public sealed record ChannelTrial(IReadOnlyDictionary<string, string> Settings, string Address, Func<IReadOnlyList<TakenMessage>> Accepted)
{
    /// <summary>
    /// Answers the requests that the channel makes by <see cref="ChannelSetup.Http"/>. The checks put their faults before it: an
    /// answer 429, a provider that is silent, an answer that is lost. Null for a channel that does not speak HTTP.
    /// </summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? Provider { get; init; }

    /// <summary>Makes the provider fail at the next message, for a channel that does not speak HTTP; null where it cannot.</summary>
    public Action<TrialFault>? Fail { get; init; }

    /// <summary>The inputs that a message needs besides its text; see <see cref="OutgoingMessage.Inputs"/>.</summary>
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = new Dictionary<string, object?>();

    /// <summary>The action that a message is sent by; see <see cref="OutgoingMessage.Action"/>.</summary>
    public string? Action { get; init; }

    /// <summary>
    /// The signed requests that the provider makes about a message, given the provider's id of it: two or more about different
    /// things, in the order in which they happened. Null for a channel without webhooks.
    /// </summary>
    public Func<string, IReadOnlyList<InboundRequest>>? Webhooks { get; init; }

    /// <summary>The same with signatures that are wrong, missing, or of another body; each must be answered 401.</summary>
    public Func<string, IReadOnlyList<InboundRequest>>? Forged { get; init; }

    /// <summary>Ends what the trial holds open, such as a port; null for nothing.</summary>
    public Func<ValueTask>? Close { get; init; }
}

/// <summary>A message as the provider of a <see cref="ChannelTrial"/> took it.</summary>
/// <param name="To">Whom it is for.</param>
/// <param name="Text">What the receiver reads.</param>
public sealed record TakenMessage(string To, string Text);

/// <summary>How the provider of a <see cref="ChannelTrial"/> fails at the next message.</summary>
public enum TrialFault
{
    /// <summary>It is too busy and takes nothing; where its protocol can say so, it names 7 seconds to wait.</summary>
    Busy,

    /// <summary>It takes nothing and never answers; the connection stays open.</summary>
    Silent,

    /// <summary>It takes the message, and the connection breaks before the answer.</summary>
    AnswerLost,
}
