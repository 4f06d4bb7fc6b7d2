using Playbook.Abstractions;

namespace Playbook.Webhook;

/// <summary>Any other system: signed requests out, signed requests in.</summary>
public sealed class WebhookPlugin : IChannelPlugin
{
    public ChannelDescription Description { get; } = new("webhook", "Webhook", "Tells another system, such as a CRM, and hears from it, by signed requests.")
    {
        Icon = "webhook",
        Color = "#5E35B1",
        Actions =
        [
            new ChannelAction("Send", "Tell another system", "Posts a signed JSON document, with the script as its text, to the address in the channel's settings.")
            {
                Inputs =
                [
                    new InputDescription("Event", "String", "What the other system calls it, such as lead.qualified.") { DisplayName = "Name of the event", Default = WebhookBody.UsualType },
                    new InputDescription("Data", "Object", "Anything else that it should know, as JSON.") { DisplayName = "Further data", Editor = "json-editor" },
                ],
            },
        ],
        Settings = WebhookSettings.Fields,
    };

    public IChannel Open(ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return new WebhookChannel(setup);
    }

    public ChannelTrial? Trial(ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return WebhookTrial.Of(setup);
    }
}
