extern alias calendar;

using calendar::Playbook.Calendar;
using Playbook.Abstractions;
using Playbook.ContractTests.Channels;

namespace Playbook.Plugins.Tests.Calendar;

public sealed class CalendarContractTests : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new CalendarPlugin();
}
