using Playbook.Abstractions;
using Playbook.ContractTests.Channels;

namespace Playbook.Plugins.Tests.Calendar;

public sealed class CalendarContractTests : ChannelContract, IAsyncDisposable
{
    private readonly TrialCalendar _calendar = new();

    protected override IChannel Channel => _calendar.Channel;

    protected override string Address => "ada@byron.example";

    protected override int Sent => _calendar.Smtp.Mails.Count;

    public ValueTask DisposeAsync() => _calendar.DisposeAsync();
}
