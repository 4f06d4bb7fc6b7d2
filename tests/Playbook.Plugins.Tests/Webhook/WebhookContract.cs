extern alias webhook;

using webhook::Playbook.Webhook;
using Playbook.Abstractions;
using Playbook.ContractTests.Channels;

namespace Playbook.Plugins.Tests.Webhook;

public sealed class WebhookContract : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new WebhookPlugin();

    protected override IReadOnlyList<string> Hosts => ["setting:url"];
}
