using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Verification;

/// <summary>What the channel does where the provider fails.</summary>
internal static class FaultChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan End = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<ChannelCheck> All { get; } =
    [
        new("A provider that is busy is tried again when it says", Busy),
        new("A provider that never answers does not hold a message up", Silent),
        new("A message whose answer was lost is neither lost nor given up", AnswerLost),
    ];

    private static async Task<string?> Busy(CheckBench bench)
    {
        var channel = bench.OpenSending();
        bench.Fail(TrialFault.Busy);
        var answer = await bench.Send(channel, "m-1");
        if (answer is not SendResult.TryLater later)
            throw CheckEndedException.Failed($"Told to wait (HTTP 429), it answers {CheckBench.Describe(answer)}; it must answer TryLater.");
        if (bench.Trial.Provider is not null)
            CheckBench.Need(later.After >= TrialHandler.Busy && later.After < TimeSpan.FromHours(1), $"Told to wait {TrialHandler.Busy.TotalSeconds:0} seconds (Retry-After), it would be tried again after {later.After}.");
        CheckBench.Need(later.After > TimeSpan.Zero, "It would be tried again at once.");
        bench.NeedAccepted(0, "though it was busy");
        bench.Recover();
        await bench.SendWell(channel, "m-1");
        bench.NeedAccepted(1, "after it was no longer busy");
        return null;
    }

    private static async Task<string?> Silent(CheckBench bench)
    {
        var channel = bench.OpenSending();
        bench.Fail(TrialFault.Silent);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var answer = await Task.Run(async () => await channel.Send(bench.Message("m-1"), bench.Permit("m-1"), patience.Token)).WaitAsync(End, TimeProvider.System);
            CheckBench.Need(answer is SendResult.TryLater, $"Though nobody answered, it says {CheckBench.Describe(answer)}; throw, or answer TryLater.");
        }
        catch (TimeoutException)
        {
            throw CheckEndedException.Failed($"Its Send did not end {(End - Patience).TotalSeconds:0} seconds after it was cancelled; hand the cancellation token on to whatever waits.");
        }
#pragma warning disable CA1031 // Throwing, whatever it is, is one of the two right answers.
        catch (Exception fault) when (fault is not CheckEndedException)
#pragma warning restore CA1031
        {
        }

        bench.Recover();
        await bench.SendWell(channel, "m-1");
        bench.NeedAccepted(1, "after it answered again");
        return null;
    }

    private static async Task<string?> AnswerLost(CheckBench bench)
    {
        var channel = bench.OpenSending();
        bench.Fail(TrialFault.AnswerLost);
        SendResult? first = null;
        try
        {
            first = await bench.Send(channel, "m-1");
            CheckBench.Need(first is not SendResult.Refused, $"It gives the message up ({CheckBench.Describe(first)}), though trying again may well work; throw, or answer TryLater.");
        }
#pragma warning disable CA1031 // See above.
        catch (Exception fault) when (fault is not CheckEndedException)
#pragma warning restore CA1031
        {
        }

        bench.Recover();
        var second = await bench.SendWell(channel, "m-1");
        CheckBench.Need(first is not SendResult.Accepted || first == second, $"It says {CheckBench.Describe(first)} and then {CheckBench.Describe(second)} for the same message.");
        CheckBench.Need(bench.Accepted is 1 or 2, $"The provider took {bench.Accepted} messages where it should be one.");
        return bench.Accepted == 1 ? null : "The provider took it twice: it does not let the channel know what it has taken.";
    }
}
