using Playbook.Server.Workers;
using Playbook.Storage.Runs;

namespace Playbook.Server.Inbound;

/// <summary>Has what came in handled, oldest first; what fails is tried again, more and more rarely, and holds nothing else up.</summary>
public sealed class InboundWorker(RunStore store, EventDesk desk, Wakeups wakeups, TimeProvider clock, ILogger<InboundWorker> log) : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    /// <summary>Handles what waits now; returns how many events that were.</summary>
    public async Task<int> Pass(CancellationToken stopping)
    {
        var done = 0;
        foreach (var inbound in store.Inbound.Waiting(clock.GetUtcNow(), AtOnce))
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                await desk.Handle(inbound.Number);
                done++;
            }
            catch (Exception fault)
            {
                var rest = Rest(inbound.Attempts);
                log.LogError(fault, "The event {Event} could not be handled and is tried again in {Rest}", inbound.Key, rest);
                await store.Inbound.Defer(inbound.Number, clock.GetUtcNow() + rest, $"It could not be handled and is tried again: {fault.Message}");
            }
        }

        return done;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var done = 0;
            try
            {
                done = await Pass(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "What came in could not be read; it is tried again");
            }

            if (done == 0)
                await wakeups.Inbound.Wait(LookEvery, clock, stoppingToken);
        }
    }

    private static TimeSpan Rest(int attempts)
    {
        var rest = FirstRest * Math.Pow(2, Math.Clamp(attempts, 0, 20));
        return rest < LongestRest ? rest : LongestRest;
    }
}
