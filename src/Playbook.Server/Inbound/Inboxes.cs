using Playbook.Abstractions;
using Playbook.Sales.Inbound;
using Playbook.Server.Workers;
using Playbook.Storage.Runs;

namespace Playbook.Server.Inbound;

/// <summary>Where channels put what comes in: it is on disk before they hear that they may forget it.</summary>
public sealed class Inboxes(RunStore store, EventDesk desk, Wakeups wakeups, TimeProvider clock, ILogger<Inboxes> log)
{
    /// <summary>An event may not be longer than this; what is beyond is cut off.</summary>
    private const int LongestText = 100_000;

    public IInbox Of(string channel) => new Inbox(this, channel);

    /// <summary>False where the event was stored before.</summary>
    /// <param name="contactId">Whom it is about, where that is certain; null where it is to be found out.</param>
    public async ValueTask<bool> Take(string channel, ChannelEvent channelEvent, CancellationToken cancellationToken, Guid? contactId = null)
    {
        ArgumentNullException.ThrowIfNull(channelEvent);
        cancellationToken.ThrowIfCancellationRequested();
        if (string.IsNullOrWhiteSpace(channelEvent.Id))
            throw new ArgumentException($"The channel '{channel}' gave an event without an id, which could not be told from the next one. Tell its author.", nameof(channelEvent));
        var isNew = await store.Inbound.Take(channel, Bounded(channelEvent), clock.GetUtcNow(), contactId);
        // Whoever wants no more must get no more, not even what goes out in this second.
        if (isNew && MustActAtOnce(channelEvent))
            await HandleNow(channel, channelEvent.Id);
        if (isNew)
            wakeups.Inbound.Ring();
        return isNew;
    }

    private async Task HandleNow(string channel, string eventId)
    {
        try
        {
            await desk.Handle(store.Inbound.Get(channel, eventId)!.Number);
        }
        catch (Exception fault)
        {
            // It is stored: the worker tries again.
            log.LogError(fault, "The event {Event} of channel {Channel} could not be handled at once; it is tried again", eventId, channel);
        }
    }

    private static bool MustActAtOnce(ChannelEvent e) =>
        e is ChannelEvent.Unsubscribed or ChannelEvent.Complained || (e is ChannelEvent.Replied reply && OptOutWords.In(reply.Text) is { IsCertain: true });

    private static ChannelEvent Bounded(ChannelEvent e) => e switch
    {
        ChannelEvent.Replied { Text.Length: > LongestText } reply => reply with { Text = reply.Text[..LongestText] },
        ChannelEvent.AutoReplied { Text.Length: > LongestText } away => away with { Text = away.Text[..LongestText] },
        _ => e,
    };

    private sealed class Inbox(Inboxes all, string channel) : IInbox
    {
        public async ValueTask Take(ChannelEvent channelEvent, CancellationToken cancellationToken) => await all.Take(channel, channelEvent, cancellationToken);
    }
}
