using Playbook.Abstractions;
using Playbook.ContractTests.Channels;
using Playbook.Letter;

namespace Playbook.Plugins.Tests.Letter;

public sealed class LetterContractTests : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new LetterPlugin();
}
