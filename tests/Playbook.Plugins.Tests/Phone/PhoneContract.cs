extern alias phone;

using phone::Playbook.Phone;
using Playbook.Abstractions;
using Playbook.ContractTests.Channels;

namespace Playbook.Plugins.Tests.Phone;

public sealed class PhoneContract : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new PhonePlugin();

    protected override IReadOnlyList<string> Hosts => ["api.twilio.com", "setting:api_url"];
}
