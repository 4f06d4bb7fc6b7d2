using Playbook.Server.Host;
using Playbook.Server.Inbound;
using Playbook.Server.Queue;
using Playbook.Storage.Runs;

namespace Playbook.Server.Workers;

/// <summary>Moves a trial's clock forward from one due moment to the next, so that everything happens at its own time.</summary>
public sealed class TimeTravel(TimeProvider clock, RunStore store, DueWorker due, OutboxWorker outbox, InboundWorker inbound, AnswerDesk answers) : IDisposable
{
    // A message that is put off again and again by moments must not make the journey endless.
    private static readonly TimeSpan ShortestStop = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _oneJourney = new(1, 1);

    /// <summary>Moves to <paramref name="to"/> and returns how many turns runs took on the way; null where the clock is the real one.</summary>
    public async Task<int?> MoveTo(DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (clock is not ManualClock manual)
            return null;
        await _oneJourney.WaitAsync(cancellationToken);
        try
        {
            var before = due.Turns;
            await Settle(cancellationToken);
            while (manual.GetUtcNow() < to)
            {
                var next = Earliest(Earliest(store.NextDueAt, answers.NextAt), NextMessage(manual.GetUtcNow())) is { } stop && stop < to ? stop : to;
                // A run that is due and stays so must not hold time up.
                manual.MoveTo(next > manual.GetUtcNow() ? next : to);
                await Settle(cancellationToken);
            }

            // The worker's own passes take their share of what falls due.
            return (int)(due.Turns - before);
        }
        finally
        {
            _oneJourney.Release();
        }
    }

    /// <summary>When the next message that was put off is to go.</summary>
    private DateTimeOffset? NextMessage(DateTimeOffset now) =>
        store.Queries.NextOutboxAt(now) is not { } at ? null : at > now + ShortestStop ? at : now + ShortestStop;

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    /// <summary>Has everything done that can be done now.</summary>
    public async Task<int> Settle(CancellationToken cancellationToken)
    {
        var turns = 0;
        while (true)
        {
            var heard = await answers.TakeDue();
            var woken = await due.Pass(cancellationToken);
            var done = await outbox.Settle(cancellationToken);
            var came = await inbound.Pass(cancellationToken);
            if (heard + woken + done + came == 0)
                return turns;
            turns += woken;
        }
    }

    public void Dispose() => _oneJourney.Dispose();
}
