using Playbook.Abstractions;

namespace Playbook.Social;

/// <summary>Sends nothing: people do.</summary>
internal sealed class SocialChannel : IChannel
{
    public ChannelHealth Health => new(true, "People write by hand; nothing is sent by itself.");

    public ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken) => new([]);

    public ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken) =>
        new(new SendResult.Refused("The networks' terms forbid that a program writes there; use one of this channel's steps, which a person does by hand."));
}
