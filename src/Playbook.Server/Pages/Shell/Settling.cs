namespace Playbook.Server.Pages.Shell;

/// <summary>Runs work once a burst of calls has settled: at the latest after <paramref name="delay"/>, never twice at a time, never missing the last call.</summary>
public sealed class Settling(TimeSpan delay, Func<Task> work) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private bool _isWaiting;
    private bool _isAskedAgain;

    /// <summary>Asks for the work; returns at once.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            if (_isWaiting)
            {
                _isAskedAgain = true;
                return;
            }

            _isWaiting = true;
        }

        _ = Work(_stop.Token);
    }

    public void Dispose()
    {
        lock (_gate)
            _stop.Cancel();
    }

    private async Task Work(CancellationToken stop)
    {
        do
        {
            try
            {
                // The wait is for a person's eyes, not for the business: the clock of trials does not move it.
                await Task.Delay(delay, TimeProvider.System, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            lock (_gate)
                _isAskedAgain = false;
            await work();
        }
        while (GoesOn());
    }

    private bool GoesOn()
    {
        lock (_gate)
        {
            _isWaiting = _isAskedAgain;
            return _isAskedAgain;
        }
    }
}
