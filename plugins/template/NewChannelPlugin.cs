using Playbook.Abstractions;

namespace Acme.Template;

/// <summary>What Playbook loads: the class that plugin.json names.</summary>
public sealed class NewChannelPlugin : IChannelPlugin
{
    public ChannelDescription Description { get; } = new("new-channel-id", "NewChannel", "Sends messages through the provider of your choice.")
    {
        Icon = "send",
        Color = "#2E7D5B",
        AddressFact = "phone",
        // Becomes the step Playbook.NewChannel.Send in the designer.
        Actions = [new ChannelAction("Send", "Send by NewChannel", "Sends a message from a script.")],
        // Becomes the form on the page Channels.
        Settings =
        [
            new FormField("address", "Provider's address") { Required = true, Help = "Such as https://api.example.com." },
            new FormField("key", "API key", "secret") { Required = true },
            new FormField("signing", "Webhook key", "secret") { Required = true, Help = "What the provider signs its requests with." },
        ],
    };

    public IChannel Open(ChannelSetup setup) => new NewChannelChannel(setup);

    public ChannelTrial Trial(ChannelSetup setup)
    {
        var provider = new TrialProvider(setup.Clock, setup.PublicUrl!);
        return new ChannelTrial(
            new Dictionary<string, string> { ["address"] = "https://api.example.com", ["key"] = TrialProvider.Key, ["signing"] = TrialProvider.Signing },
            "+4512345678",
            () => provider.Accepted)
        {
            Provider = provider.Answer,
            Webhooks = provider.Webhooks,
            Forged = provider.Forged,
        };
    }
}
