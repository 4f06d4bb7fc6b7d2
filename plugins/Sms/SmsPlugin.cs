using Playbook.Abstractions;

namespace Playbook.Sms;

/// <summary>Text messages by Twilio or a provider that is compatible with it.</summary>
public sealed class SmsPlugin : IChannelPlugin
{
    public ChannelDescription Description { get; } = new("sms", "SMS", "Sends text messages by Twilio or a compatible provider, and reads the answers.")
    {
        Icon = "sms",
        Color = "#C2185B",
        AddressFact = "phone",
        Actions = [new ChannelAction("Send", "Send an SMS", "Sends the contact a text message from a script.")],
        Settings = SmsSettings.Fields,
    };

    public IChannel Open(ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return new SmsChannel(setup);
    }

    public ChannelTrial? Trial(ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return SmsTrial.Of(setup);
    }
}
