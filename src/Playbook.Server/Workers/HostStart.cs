namespace Playbook.Server.Workers;

/// <summary>Work that waits until the server serves.</summary>
internal static class HostStart
{
    /// <summary>Ends when the server has started; at once where it has.</summary>
    public static async Task Started(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
