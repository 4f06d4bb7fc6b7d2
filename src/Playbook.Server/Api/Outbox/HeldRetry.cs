using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs;

namespace Playbook.Server.Api.Outbox;

/// <summary>Takes up what is held, all at once: a mailbox that refused has stopped many runs, and one correction helps them all.</summary>
internal sealed class HeldRetry(RunHost host, RunQueries runs)
{
    private const int AtOnce = 500;
    private const int SideBySide = 16;

    /// <summary>Returns how many are on their way again.</summary>
    public async Task<int> All(string? channel, CancellationToken cancellationToken)
    {
        var released = 0;
        var last = 0L;
        while (runs.Outbox(held: true, channel, last, AtOnce) is { Count: > 0 } some)
        {
            // Each run on its own, so that they share the commits; two of one run take turns in it.
            await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken }, async (entry, _) =>
            {
                if (await Release(entry))
                    Interlocked.Increment(ref released);
            });
            last = some[^1].Number;
        }

        return released;
    }

    private async ValueTask<bool> Release(OutboxEntry entry)
    {
        var state = await host.Store.Get(entry.RunId, CancellationToken.None);
        return state?.Incidents.Find(incident => !incident.Resolved && incident.Held?.OutboxId == entry.Id) is { } incident
            && await host.Take(entry.RunId, new Stimulus.Repaired(incident.Id, Skip: false, null), null, CancellationToken.None) is not null;
    }
}
