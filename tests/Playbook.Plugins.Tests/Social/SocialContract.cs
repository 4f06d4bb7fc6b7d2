using Playbook.Abstractions;
using Playbook.ContractTests.Channels;
using Playbook.Social;

namespace Playbook.Plugins.Tests.Social;

public sealed class SocialContract : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new SocialPlugin();

    protected override IReadOnlyList<string> Hosts => [];
}
