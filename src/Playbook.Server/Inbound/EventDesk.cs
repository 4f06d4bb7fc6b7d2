using Playbook.Abstractions;
using Playbook.Sales.Inbound;
using Playbook.Storage.Inbound;
using Playbook.Storage.Runs;

namespace Playbook.Server.Inbound;

/// <summary>
/// Handles what came in, one event after the other: whom it is about, what follows from it, which runs hear of it. It is
/// marked as handled last; after a crash between, everything is done again, and everyone recognises what they know.
/// </summary>
public sealed class EventDesk(RunStore store, EventMatching matching, EventConsequences consequences, EventHearing hearing, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Nothing where it was handled before. Throws what went wrong; the event waits on.</summary>
    public async Task Handle(long number)
    {
        await _one.WaitAsync();
        try
        {
            if (store.Inbound.Get(number) is { State: EventState.Waiting } inbound)
                await Handle(inbound);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task Handle(InboundEvent inbound)
    {
        // A word that everybody knows means no more is no answer, over whichever channel it comes.
        if (inbound.Event is ChannelEvent.Replied reply && OptOutWords.In(reply.Text) is { IsCertain: true } no)
            inbound = inbound with { Event = Copy(reply, new ChannelEvent.Unsubscribed(reply.Id, reply.At, no.Words)) };
        var match = await matching.Find(inbound);
        var heard = await consequences.Apply(inbound, match);
        await consequences.Record(inbound, match);
        var woken = match.IsSomebody && StimulusOf(inbound with { Event = heard }) is { } stimulus ? await hearing.Tell(match, stimulus) : 0;
        await store.Inbound.Close(inbound.Number, new EventOutcome(match.IsSomebody ? EventState.Handled : EventState.Unmatched, Words(match, woken))
        {
            MatchedBy = match.MatchedBy, ContactId = match.ContactId, RunId = match.Run?.Id, MessageKey = match.MessageKey,
        }, clock.GetUtcNow());
    }

    private static Stimulus? StimulusOf(InboundEvent inbound)
    {
        Stimulus? stimulus = inbound.Event switch
        {
            ChannelEvent.Replied reply => new Stimulus.Replied(reply.Text, inbound.Channel) { PossibleOptOut = OptOutWords.In(reply.Text)?.Words },
            ChannelEvent.AutoReplied away => new Stimulus.AutoReplied(away.Text, inbound.Channel, away.ReturnsAt),
            ChannelEvent.Bounced bounced => new Stimulus.Bounced(bounced.Reason, bounced.Kind),
            ChannelEvent.Complained => new Stimulus.Complained(inbound.Channel),
            ChannelEvent.Unsubscribed no => new Stimulus.Unsubscribed(no.Wording, inbound.Channel),
            ChannelEvent.Failed failed => new Stimulus.Rejected(failed.Reason),
            ChannelEvent.Answered answered => new Stimulus.ContactAnswered(answered.Answer, answered.Data),
            // That it arrived is no news to a run, which went on when the channel took the message.
            _ => null,
        };
        return stimulus is null ? null : stimulus with { EventId = inbound.Key };
    }

    private static ChannelEvent.Unsubscribed Copy(ChannelEvent from, ChannelEvent.Unsubscribed to) =>
        to with { MessageKey = from.MessageKey, ProviderId = from.ProviderId, Address = from.Address, MatchedBy = from.MatchedBy };

    private static string Words(EventMatch match, int woken) => (match.IsSomebody, woken) switch
    {
        (false, _) => "Nobody is known whom it is about; say who it is, or put it aside.",
        (_, 0) => "No run waited for it; it is kept as a touch.",
        (_, 1) => "One wait went on.",
        _ => $"{woken} waits went on.",
    };
}
