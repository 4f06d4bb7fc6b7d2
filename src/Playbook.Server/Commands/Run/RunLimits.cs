namespace Playbook.Server.Commands.Run;

/// <summary>
/// Ends the program where a run takes more time or memory than it may: a definition from a stranger must not be able to
/// hold the machine. Expressions and turns have limits of their own; this is the backstop for their sum.
/// </summary>
internal sealed class RunLimits : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _over = new();
    private readonly Task _watch;

    public RunLimits(TimeSpan time, Action<string> exceeded) => _watch = Watch(time, exceeded);

    private static long MostMemory { get; } = Math.Min(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watch;
        _over.Dispose();
    }

    private async Task Watch(TimeSpan time, Action<string> exceeded)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Between, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
                if (TimeProvider.System.GetElapsedTime(started) > time)
                    exceeded($"The run took longer than {time.TotalSeconds:0} s and was stopped. Look for a loop without an end, or allow more with --time-limit.");
                else if (GC.GetTotalMemory(forceFullCollection: false) > MostMemory && GC.GetTotalMemory(forceFullCollection: true) > MostMemory)
                    exceeded($"The run used more than {MostMemory >> 20} MB of memory and was stopped. Look for a loop that writes or keeps too much.");
        }
        catch (OperationCanceledException)
        {
            // The run ended in time.
        }
    }
}
