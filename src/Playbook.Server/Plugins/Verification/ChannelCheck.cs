using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Verification;

/// <summary>
/// One thing that every channel must do. The checks stand once: the command <c>playbook plugin verify</c> and the contract suite
/// for plugin authors both run these. They use nothing but what a plugin compiles against.
/// </summary>
/// <param name="Name">What must hold, as a sentence.</param>
/// <param name="Look">Passes with a remark (null for none), or throws.</param>
internal sealed record ChannelCheck(string Name, Func<CheckBench, Task<string?>> Look)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="plugin">A plugin; each check opens channels of its own.</param>
    /// <param name="hosts">The hosts that plugin.json names; null where that is not known.</param>
    public async Task<CheckResult> Run(IChannelPlugin plugin, IReadOnlyList<string>? hosts)
    {
        var bench = new CheckBench(plugin, hosts);
        try
        {
            // A plugin that blocks its thread must not hold the check up.
            var remark = await Task.Run(() => Look(bench)).WaitAsync(Limit, TimeProvider.System);
            return new CheckResult(Name, Verdict.Passed, remark ?? "");
        }
        catch (CheckEndedException ended)
        {
            return new CheckResult(Name, ended.Verdict, ended.Message);
        }
        catch (TimeoutException)
        {
            return new CheckResult(Name, Verdict.Failed, $"It did not end within {Limit.TotalSeconds:0} seconds. Something waits without heeding its cancellation token.");
        }
#pragma warning disable CA1031 // Whatever a stranger's code throws is what the check has found.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new CheckResult(Name, Verdict.Failed, $"It threw {fault.GetType().Name}: {fault.Message}");
        }
        finally
        {
            await bench.Close();
        }
    }
}
