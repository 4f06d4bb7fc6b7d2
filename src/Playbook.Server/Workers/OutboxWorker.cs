using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Host;
using Playbook.Server.Plugins;
using Playbook.Server.Sending;

namespace Playbook.Server.Workers;

/// <summary>
/// Takes effects from the outbox and has them done; what fails is put back with its reason, never lost. Each channel has
/// room of its own, so that one that is slow or rests keeps only its own messages waiting.
/// </summary>
public sealed class OutboxWorker(
    RunHost host, OutboxWork work, OutboxFates fates, ChannelRegistry channels, ChannelGates gates, Wakeups wakeups, ServeOptions options, ILogger<OutboxWorker> log) : BackgroundService
{
    private const int AtOnce = 256;
    private const int OthersSideBySide = 32;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>How long the program's end waits for what was told to give up.</summary>
    private static readonly TimeSpan GiveUpWithin = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _oneClaim = new(1, 1);
    private readonly ClaimedItems _claimed = new();
    private readonly CancellationTokenSource _abort = new();
    private volatile bool _ends;

    /// <summary>Has what is waiting done, and waits until it is; returns how many items that were.</summary>
    public async Task<int> Settle(CancellationToken stopping)
    {
        var total = 0;
        while (true)
        {
            var begun = await Begin(stopping);
            // What the background loop took is under way too.
            await _claimed.Empty.WaitAsync(stopping);
            if (begun == 0)
                return total;
            total += begun;
        }
    }

    public override void Dispose()
    {
        _oneClaim.Dispose();
        _abort.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var renewing = Renew(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var begun = 0;
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

            // Whatever comes, or makes room, rings.
            if (begun < AtOnce)
                await wakeups.Outbox.Wait(LookEvery, host.Clock, stoppingToken);
        }

        _ends = true;
        _claimed.LeaveAhead();
        await renewing;
        await Finish();
    }

    /// <summary>Claims as many items as there is room for, and some more, and begins them.</summary>
    private async Task<int> Begin(CancellationToken stopping)
    {
        await _oneClaim.WaitAsync(stopping);
        try
        {
            var room = new Dictionary<string, int>(StringComparer.Ordinal) { [""] = OthersSideBySide - _claimed.Count("") };
            foreach (var channel in channels.Ids)
            {
                var gate = gates.Of(channel);
                BeginAhead(channel, gate);
                room[channel] = Math.Max(0, gate.Room() + gate.Ahead - _claimed.Ahead(channel));
            }

            var now = host.Clock.GetUtcNow();
            var begun = 0;
            // One that nobody offers any more has messages as well: they are told so.
            var all = new HashSet<string>(channels.Ids, StringComparer.Ordinal);
            foreach (var item in await host.Store.ClaimOutbox(now, AtOnce, Lease, room, CancellationToken.None))
            {
                if (!_claimed.Add(item, now))
                    continue;
                begun++;
                if (item.Channel.Length == 0)
                    _ = Task.Run(() => Do(item, null), CancellationToken.None);
                else
                    _claimed.Wait(item);
                all.Add(item.Channel);
            }

            all.Remove("");
            foreach (var channel in all)
                BeginAhead(channel, gates.Of(channel));
            return begun;
        }
        finally
        {
            _oneClaim.Release();
        }
    }

    /// <summary>Begins what was claimed ahead, as far as there is room; all of it where nothing may stand ready any more.</summary>
    private void BeginAhead(string channel, ChannelGate gate)
    {
        while (!_ends && _claimed.Next(channel, HasRoom) is { } item)
            _ = Task.Run(() => Do(item, gate), CancellationToken.None);

        bool HasRoom()
        {
            if (gate.TryEnter())
                return true;
            // It rests since: each is told so, and waits in the outbox.
            if (gate.Ahead > 0)
                return false;
            gate.Enter();
            return true;
        }
    }

    private async Task Do(OutboxItem item, ChannelGate? gate)
    {
        var wasCalled = false;
        try
        {
            var attempt = await work.Do(item, _abort.Token);
            wasCalled = attempt is not Attempt.Wait;
            await fates.Settle(_claimed.Latest(item), attempt);
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // It stays claimed; whoever opens the store next takes it up again, under the same key.
        }
        catch (Exception fault)
        {
            wasCalled = true;
            await PutBack(item, fault);
        }
        finally
        {
            gate?.Leave(wasCalled);
            _claimed.Remove(item);
            if (gate is not null)
                BeginAhead(item.Channel, gate);
            // While enough stands ready, one claim is made for many.
            if (gate is null || _claimed.Ahead(item.Channel) <= gate.Ahead / 2)
                wakeups.Outbox.Ring();
        }
    }

    private async Task PutBack(OutboxItem item, Exception fault)
    {
        try
        {
            await fates.Fail(_claimed.Latest(item), fault);
        }
        catch (Exception again)
        {
            log.LogError(again, "{Effect} of run {Run} could not be put back; its claim runs out in {Lease}", item.Effect.GetType().Name, item.RunId, Lease);
        }
    }

    /// <summary>Makes the claims of what takes long longer, so that nobody else takes it meanwhile.</summary>
    private async Task Renew(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Lease / 5, host.Clock);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stopping);
                var now = host.Clock.GetUtcNow();
                foreach (var item in _claimed.TakeOlderThan(now - Lease / 5, now))
                    await host.Store.Defer(item, now + Lease, null, CancellationToken.None);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "Claims in the outbox could not be made longer; what takes over {Lease} may be tried twice, under the same key", Lease);
            }
        }
    }

    /// <summary>Waits for what is under way, within a limit: a call that never ends must not keep the program from ending.</summary>
    private async Task Finish()
    {
        if (await IsEmptyWithin(options.FinishWithin))
            return;
        await _abort.CancelAsync();
        if (!await IsEmptyWithin(GiveUpWithin))
            log.LogWarning("Playbook ends while a channel has not come back; what it was sending is taken up again at the next start, under the same key");
    }

    private async Task<bool> IsEmptyWithin(TimeSpan limit)
    {
        try
        {
            await _claimed.Empty.WaitAsync(limit, TimeProvider.System);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
