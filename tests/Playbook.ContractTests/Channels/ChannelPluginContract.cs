using Playbook.Abstractions;
using Playbook.Server.Plugins.Verification;

namespace Playbook.ContractTests.Channels;

/// <summary>
/// What every channel plugin must do: the checks of <c>playbook plugin verify</c>, one test each. What the plugin's trial cannot
/// show is skipped with the reason.
/// <code>
/// public sealed class FaxContract : ChannelPluginContract
/// {
///     protected override IChannelPlugin Plugin { get; } = new FaxPlugin();
/// }
/// </code>
/// </summary>
public abstract class ChannelPluginContract
{
    public static TheoryData<string> Checks => [.. ContractChecks.All.Select(check => check.Name)];

    protected abstract IChannelPlugin Plugin { get; }

    /// <summary>The hosts that the plugin's plugin.json names; null where the test does not look at them.</summary>
    protected virtual IReadOnlyList<string>? Hosts => null;

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_the_contract(string check)
    {
        var result = await ContractChecks.All.Single(known => known.Name == check).Run(Plugin, Hosts);
        if (result.Verdict is Verdict.NotChecked or Verdict.NotConcerned)
            Assert.Skip(result.Text);
        Assert.True(result.Verdict == Verdict.Passed, result.Text);
    }
}
