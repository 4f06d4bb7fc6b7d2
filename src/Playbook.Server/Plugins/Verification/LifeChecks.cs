using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Verification;

/// <summary>Being open, and being closed.</summary>
internal static class LifeChecks
{
    private static readonly TimeSpan End = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<ChannelCheck> All { get; } =
    [
        new("It says how it is, at once", Health),
        new("Listening ends when it is told to", Listening),
        new("It can be closed and opened again", Reopened),
    ];

    private static Task<string?> Health(CheckBench bench)
    {
        var channel = bench.Open();
        var started = TimeProvider.System.GetTimestamp();
        var health = channel.Health;
        var took = TimeProvider.System.GetElapsedTime(started);
        CheckBench.Need(!string.IsNullOrWhiteSpace(health?.Text), "Health says nothing.");
        CheckBench.Need(took < TimeSpan.FromMilliseconds(500), $"Health took {took.TotalMilliseconds:0} ms; it must answer from what it knows, without asking anybody.");
        return Task.FromResult<string?>(health!.IsWell ? null : health.Text);
    }

    private static async Task<string?> Listening(CheckBench bench)
    {
        var channel = bench.Open();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        try
        {
            await Task.Run(() => channel.Listen(new NoInbox(), stop.Token)).WaitAsync(End, TimeProvider.System);
        }
        catch (OperationCanceledException)
        {
        }
        catch (TimeoutException)
        {
            throw CheckEndedException.Failed($"Listen did not end {End.TotalSeconds - 1:0} seconds after it was cancelled; hand the cancellation token on to whatever waits.");
        }
#pragma warning disable CA1031 // A trial need not have a mailbox, and Listen may throw for faults of the channel.
        catch (Exception fault) when (fault is not CheckEndedException)
#pragma warning restore CA1031
        {
            throw CheckEndedException.NotChecked($"Listen could not begin: {fault.Message}");
        }

        return null;
    }

    private static async Task<string?> Reopened(CheckBench bench)
    {
        for (var time = 0; time < 3; time++)
        {
            var problems = await bench.Open().Validate(CancellationToken.None);
            CheckBench.Need(problems.Count == 0, $"Opened for the {time + 1}. time it says: {string.Join(" ", problems)}");
            await bench.CloseChannels();
        }

        return null;
    }

    private sealed class NoInbox : IInbox
    {
        public ValueTask Take(ChannelEvent channelEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
