namespace Playbook.Server.Workers;

/// <summary>Wakes the workers when there is something for them, so that they need not ask all the time.</summary>
public sealed class Wakeups
{
    public Wakeup Due { get; } = new();
    public Wakeup Outbox { get; } = new();
    public Wakeup Inbound { get; } = new();
    public Wakeup Answers { get; } = new();

    public void All()
    {
        Due.Ring();
        Outbox.Ring();
        Inbound.Ring();
        Answers.Ring();
    }
}

/// <summary>A bell that one worker listens to. Ringing it while the worker is busy wakes it once, when it next waits.</summary>
public sealed class Wakeup : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);
    private int _isRung;

    public void Ring()
    {
        if (Interlocked.Exchange(ref _isRung, 1) == 0)
            _rung.Release();
    }

    /// <summary>Returns when it rings, when the time is up, or when the program stops.</summary>
    public async Task Wait(TimeSpan atMost, TimeProvider clock, CancellationToken stopping)
    {
        using var timeUp = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, stopping);
        try
        {
            await _rung.WaitAsync(either.Token);
            Volatile.Write(ref _isRung, 0);
        }
        catch (OperationCanceledException)
        {
            // The time is up or the program stops: either way the worker looks for itself.
        }
    }

    public void Dispose() => _rung.Dispose();
}
