using Microsoft.Extensions.Time.Testing;
using Playbook.Abstractions;
using Playbook.ContractTests.Channels;

namespace Playbook.Tests.Email;

public sealed class EmailContractTests : ChannelContract, IAsyncDisposable
{
    private readonly TrialChannel _trial = new(clock: new FakeTimeProvider(Now));

    protected override IChannel Channel => _trial.Open.Channel;

    protected override string Address => "ada@customer.test";

    protected override int Sent => _trial.Server.Taken.Count;

    public ValueTask DisposeAsync() => _trial.DisposeAsync();
}

public sealed class EmailPluginContractTests : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new Playbook.Email.EmailPlugin();

    protected override IReadOnlyList<string>? Hosts => [];
}
