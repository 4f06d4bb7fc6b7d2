using System.Collections.Concurrent;
using Playbook.Engine.Runs;

namespace Playbook.Server.Workers;

/// <summary>Wakes the runs whose time has come.</summary>
public sealed class DueWorker(RunHost host, Wakeups wakeups, ILogger<DueWorker> log) : BackgroundService
{
    private const int AtOnce = 256;
    private const int SideBySide = 16;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMinutes(1);

    private long _turns;

    /// <summary>How many turns it has taken since the program began, in its own time and in passes asked for.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    private readonly SemaphoreSlim _onePass = new(1, 1);

    /// <summary>Runs that could not be woken, with when to try them again: one that fails must not keep the others waiting.</summary>
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _resting = new();

    /// <summary>Wakes what is due now; returns how many turns that took.</summary>
    public async Task<int> Pass(CancellationToken stopping)
    {
        await _onePass.WaitAsync(stopping);
        try
        {
            var now = host.Clock.GetUtcNow();
            foreach (var (rested, until) in _resting)
                if (until <= now)
                    _resting.TryRemove(rested, out _);
            var due = await host.Store.Due(now, AtOnce + _resting.Count, stopping);
            var turns = 0;
            // A turn once begun is finished, whatever the program's end: the commit decides, not the moment.
            await Parallel.ForEachAsync(
                due.Where(runId => !_resting.ContainsKey(runId)),
                new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = stopping },
                async (runId, _) => Interlocked.Add(ref turns, await Wake(runId, now)));
            return turns;
        }
        finally
        {
            _onePass.Release();
        }
    }

    public override void Dispose()
    {
        _onePass.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var turns = 0;
            try
            {
                turns = await Pass(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "Runs that are due could not be read; it is tried again");
            }

            if (turns == 0)
                await wakeups.Due.Wait(LookEvery, host.Clock, stoppingToken);
        }
    }

    private async ValueTask<int> Wake(Guid runId, DateTimeOffset now)
    {
        try
        {
            var turns = await host.TakeDue(runId, CancellationToken.None);
            Interlocked.Add(ref _turns, turns);
            // Somebody else may have woken it meanwhile; only what stays due would be tried again and again.
            if (turns == 0 && (await host.Store.Get(runId))?.NextDueAt <= now)
                _resting[runId] = now + RestAfterFailure;
            return turns;
        }
        catch (Exception fault)
        {
            _resting[runId] = now + RestAfterFailure;
            log.LogError(fault, "Run {Run} is due but could not be woken; it is tried again in a minute", runId);
            return 0;
        }
    }
}
