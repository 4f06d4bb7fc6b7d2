using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Sending;
using Playbook.Server.Workers;
using Playbook.Storage.Inbound;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Incidents;

/// <summary>Mends what stands still.</summary>
public sealed class IncidentDesk(RunHost host, RunStore store, ChannelGates gates, Wakeups wakeups)
{
    private const int SideBySide = 8;

    /// <summary>Returns how many went on; the others were looked at before, or are over.</summary>
    /// <param name="runs">Which ones.</param>
    /// <param name="cure">What to do.</param>
    /// <param name="outcome">For a skip, the way on; null for the usual one.</param>
    /// <param name="reason">For an end, why.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="progress">How many are dealt with.</param>
    public async Task<int> Mend(IReadOnlyList<Stopped> runs, Cure cure, string? outcome, string? reason, string by, IProgress<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var (mended, done) = (0, 0);
        if (cure == Cure.Retry)
            gates.TryAgain();
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, async (run, _) =>
        {
            Stimulus stimulus = cure == Cure.End ? new Stimulus.Cancelled(reason, by) : new Stimulus.Repaired(run.IncidentId, cure == Cure.Skip, cure == Cure.Skip ? outcome : null);
            if (await host.Take(run.RunId, stimulus, null, CancellationToken.None) is not null)
                Interlocked.Increment(ref mended);
            progress?.Report(Interlocked.Increment(ref done));
        });
        wakeups.Outbox.Ring();
        return mended;
    }

    /// <summary>Somebody looked into it; a paused mailbox sends again. False where somebody was faster.</summary>
    public async Task<bool> Resolve(Guid channelIncident, string by)
    {
        var isResolved = await store.Inbound.Resolve(channelIncident, by, host.Clock.GetUtcNow());
        wakeups.Outbox.Ring();
        return isResolved;
    }

    /// <summary>Says whom it is about; what follows from it is done now. False where somebody was faster.</summary>
    public async Task<bool> Assign(long number, Guid contactId)
    {
        var isTaken = await store.Inbound.TakeAgain(number, contactId, host.Clock.GetUtcNow());
        wakeups.Inbound.Ring();
        return isTaken;
    }

    /// <summary>Puts it aside. False where somebody was faster.</summary>
    public async Task<bool> Drop(long number, string reason, string by)
    {
        if (store.Inbound.Get(number) is not { State: EventState.Unmatched })
            return false;
        await store.Inbound.Close(number, new EventOutcome(EventState.Dismissed, $"{by} put it aside: {reason}"), host.Clock.GetUtcNow());
        return true;
    }
}
