using Playbook.Engine.Runs;

namespace Playbook.Server.Workers;

/// <summary>Takes effects from the outbox and has them done; what fails is put back with its reason, never lost.</summary>
public sealed class OutboxWorker(RunHost host, OutboxWork work, Wakeups wakeups, ILogger<OutboxWorker> log) : BackgroundService
{
    private const int SideBySide = 32;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Longer than any effect takes, so that none is done twice at the same time.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _oneClaim = new(1, 1);
    private readonly SemaphoreSlim _slots = new(SideBySide, SideBySide);

    /// <summary>Has what is waiting done, and waits until it is; returns how many items that were.</summary>
    public async Task<int> Settle(CancellationToken stopping)
    {
        var total = 0;
        while (true)
        {
            var begun = await Begin(stopping);
            await Task.WhenAll(begun);
            // What the background loop took is under way as long as a slot is missing.
            await WaitForOthers(stopping);
            if (begun.Count == 0)
                return total;
            total += begun.Count;
        }
    }

    public override void Dispose()
    {
        _oneClaim.Dispose();
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            IReadOnlyList<Task> begun = [];
            try
            {
                begun = await Begin(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "The outbox could not be read; it is tried again");
            }

            if (begun.Count == 0)
                await wakeups.Outbox.Wait(LookEvery, host.Clock, stoppingToken);
        }

        // What is under way is finished before the store closes.
        await WaitForOthers(CancellationToken.None);
    }

    /// <summary>Claims as many items as there are free slots and begins them.</summary>
    private async Task<IReadOnlyList<Task>> Begin(CancellationToken stopping)
    {
        await _oneClaim.WaitAsync(stopping);
        try
        {
            await _slots.WaitAsync(stopping);
            var free = 1;
            while (_slots.Wait(0, CancellationToken.None))
                free++;
            IReadOnlyList<OutboxItem> items = [];
            try
            {
                items = await Claim(free);
            }
            finally
            {
                if (free > items.Count)
                    _slots.Release(free - items.Count);
            }

            return [.. items.Select(item => Task.Run(() => Do(item), CancellationToken.None))];
        }
        finally
        {
            _oneClaim.Release();
        }
    }

    private ValueTask<IReadOnlyList<OutboxItem>> Claim(int max) => host.Store.ClaimOutbox(host.Clock.GetUtcNow(), max, Lease);

    private async Task Do(OutboxItem item)
    {
        try
        {
            await work.Do(item);
        }
        catch (Exception fault)
        {
            await PutBack(item, fault);
        }
        finally
        {
            _slots.Release();
            wakeups.Outbox.Ring();
        }
    }

    private async Task PutBack(OutboxItem item, Exception fault)
    {
        var after = Backoff.After(item.Attempts);
        if (fault is not RunStoppedException)
            log.LogWarning(fault, "{Effect} of run {Run} failed and is tried again in {After}", item.Effect.GetType().Name, item.RunId, after);
        try
        {
            await host.Store.Defer(item.Id, host.Clock.GetUtcNow() + after, fault.Message);
        }
        catch (Exception again)
        {
            log.LogError(again, "{Effect} of run {Run} could not be put back; its claim runs out in {Lease}", item.Effect.GetType().Name, item.RunId, Lease);
        }
    }

    private async Task WaitForOthers(CancellationToken stopping)
    {
        await _oneClaim.WaitAsync(stopping);
        var taken = 0;
        try
        {
            for (; taken < SideBySide; taken++)
                await _slots.WaitAsync(stopping);
        }
        finally
        {
            if (taken > 0)
                _slots.Release(taken);
            _oneClaim.Release();
        }
    }
}
