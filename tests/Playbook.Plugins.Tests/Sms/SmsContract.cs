using Playbook.Abstractions;
using Playbook.ContractTests.Channels;
using Playbook.Sms;

namespace Playbook.Plugins.Tests.Sms;

public sealed class SmsContract : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new SmsPlugin();

    protected override IReadOnlyList<string> Hosts => ["api.twilio.com", "setting:api_url"];
}
