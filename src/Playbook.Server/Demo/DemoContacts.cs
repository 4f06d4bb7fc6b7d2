using Playbook.Abstractions;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Demo;

/// <summary>Those who get the demo's messages: most say nothing, some answer, a few complain.</summary>
internal sealed class DemoContacts(Chance chance, DemoChannel channel, EventInbox inbox)
{
    private readonly PriorityQueue<ChannelEvent, DateTimeOffset> _coming = new();

    /// <summary>Looks at what they got, and sends what they answer by now.</summary>
    public async Task Answer(DateTimeOffset now)
    {
        foreach (var message in channel.TakeSent())
            if (Reaction(message) is { } answer)
                _coming.Enqueue(answer, answer.At);
        while (_coming.TryPeek(out _, out var at) && at <= now)
            await inbox.Take("email", _coming.Dequeue(), now);
    }

    private ChannelEvent? Reaction(DemoMessage message)
    {
        // By the address, not by the key: keys differ from one making of the demo to the next.
        var about = message.Subject ?? "";
        var soon = message.At.AddMinutes(2 + (40 * chance.Of(message.To, about, "soon")));
        var later = message.At.AddHours(1 + (46 * chance.Of(message.To, about, "later")));
        var id = $"demo-{message.Key}";
        ChannelEvent? answer = chance.Of(message.To, about, "reaction") switch
        {
            < 0.020 => new ChannelEvent.Bounced(id, soon, BounceKind.Hard, "550 5.1.1 There is no such mailbox."),
            < 0.030 => new ChannelEvent.Bounced(id, soon, BounceKind.Soft, "452 4.2.2 The mailbox is full."),
            < 0.075 => new ChannelEvent.AutoReplied(id, soon, "I am out of the office and back on Monday.", soon.AddDays(3)),
            < 0.245 => new ChannelEvent.Replied(id, later, chance.Pick(DemoWords.Replies, message.To, about, "words")) { Subject = "Re: " + about },
            < 0.257 => new ChannelEvent.Unsubscribed(id, later, "unsubscribe"),
            < 0.2585 => new ChannelEvent.Complained(id, later),
            _ => null,
        };
        return answer is null ? null : answer with { MessageKey = message.Key, ProviderId = message.ProviderId, Address = message.To };
    }
}
