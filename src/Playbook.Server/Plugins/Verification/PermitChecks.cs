using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Verification;

/// <summary>That no touch is made without leave.</summary>
internal static class PermitChecks
{
    public static IReadOnlyList<ChannelCheck> All { get; } =
    [
        new("Nothing goes out without a permit", Missing),
        new("Nothing goes out on a permit for another message", Foreign),
        new("Nothing goes out on a permit that ran out", Expired),
    ];

    private static async Task<string?> Missing(CheckBench bench)
    {
        var channel = bench.OpenSending();
        try
        {
            var answer = await channel.Send(bench.Message("m-1"), null!, CancellationToken.None);
            CheckBench.Need(answer is SendResult.Refused, $"Without a permit the answer is {CheckBench.Describe(answer)}; refuse it.");
        }
        catch (ArgumentNullException)
        {
        }

        bench.NeedAccepted(0, "without a permit");
        return null;
    }

    private static async Task<string?> Foreign(CheckBench bench)
    {
        var answer = await bench.OpenSending().Send(bench.Message("m-1"), bench.Permit("m-2"), CancellationToken.None);
        CheckBench.Need(answer is SendResult.Refused, $"With the permit of another message the answer is {CheckBench.Describe(answer)}; compare the keys and refuse it.");
        bench.NeedAccepted(0, "on another message's permit");
        return null;
    }

    private static async Task<string?> Expired(CheckBench bench)
    {
        var permit = bench.Permit("m-1") with { ValidUntil = bench.Now.AddSeconds(-1) };
        var answer = await bench.OpenSending().Send(bench.Message("m-1"), permit, CancellationToken.None);
        CheckBench.Need(answer is SendResult.TryLater, $"With a permit that ran out a second ago the answer is {CheckBench.Describe(answer)}; compare with ChannelSetup.Clock and ask for another by TryLater.");
        bench.NeedAccepted(0, "on a permit that ran out");
        return null;
    }
}
