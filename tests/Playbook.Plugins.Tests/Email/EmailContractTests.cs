using Playbook.Abstractions;
using Playbook.ContractTests.Channels;

namespace Playbook.Tests.Email;

public sealed class EmailContractTests : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new Playbook.Email.EmailPlugin();

    protected override IReadOnlyList<string>? Hosts => [];
}
