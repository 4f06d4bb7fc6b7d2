extern alias calendar;

using calendar::Playbook.Calendar;
using Playbook.Abstractions;
using Playbook.ContractTests.Channels;

namespace Playbook.Plugins.Tests.Calendar;

public sealed class CalendarPluginContractTests : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new CalendarPlugin();
}

public sealed class CalendarContractTests : ChannelContract, IAsyncDisposable
{
    private readonly TrialCalendar _calendar = new();

    protected override IChannel Channel => _calendar.Channel;

    protected override string Address => "ada@byron.example";

    protected override int Sent => _calendar.Smtp.Mails.Count;

    public ValueTask DisposeAsync() => _calendar.DisposeAsync();
}
