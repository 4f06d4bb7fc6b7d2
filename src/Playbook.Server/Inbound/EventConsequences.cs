using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Sales.Consent;
using Playbook.Sales.Inbound;
using Playbook.Sales.Sending;
using Playbook.Storage;
using Playbook.Storage.Inbound;
using Playbook.Storage.Runs;

namespace Playbook.Server.Inbound;

/// <summary>
/// What follows from an event for the contact, the address and our own mailbox, the same for all channels. Everything here
/// can be done twice without harm: after a crash it is.
/// </summary>
public sealed class EventConsequences(RunStore store, IDbContextFactory<PlaybookDb> databases, PersonNeeded person, TimeProvider clock)
{
    /// <summary>The touch that the event is; the same however often it is written.</summary>
    public async Task Record(InboundEvent inbound, EventMatch match)
    {
        var e = inbound.Event;
        var address = e.Address ?? match.Address;
        await store.Sending.Record(new Touch
        {
            Id = IdOf(inbound, "touch"), Key = Touch.KeyIn(inbound.Channel, e.Id), Channel = inbound.Channel, Direction = TouchDirection.In, Kind = KindOf(e), At = e.At,
            ContactId = match.ContactId, AccountId = await AccountOf(match), RunId = match.Run?.Id, MessageKey = match.MessageKey ?? e.MessageKey, ProviderId = e.ProviderId,
            Mailbox = match.Mailbox, Address = address, Domain = SuppressionKey.DomainOf(address), Subject = (e as ChannelEvent.Replied)?.Subject, Text = TextOf(e),
            ReturnsAt = (e as ChannelEvent.AutoReplied)?.ReturnsAt,
        });
    }

    /// <summary>Gives the event back as the runs are to hear it: the third soft bounce is a hard one.</summary>
    public async Task<ChannelEvent> Apply(InboundEvent inbound, EventMatch match)
    {
        ArgumentNullException.ThrowIfNull(inbound);
        ArgumentNullException.ThrowIfNull(match);
        switch (inbound.Event)
        {
            case ChannelEvent.Unsubscribed no:
                await Refuse(inbound, match, no.OnlyThisChannel ? inbound.Channel : ConsentEntry.Everything, no.Wording, "They asked for no more messages.");
                break;
            case ChannelEvent.Complained:
                await Refuse(inbound, match, ConsentEntry.Everything, null, "They called a message spam.");
                await Complain(inbound, match);
                break;
            case ChannelEvent.Bounced { Kind: BounceKind.Policy } kept:
                await Report(inbound, ChannelIncidentKind.PolicyBounce, match.Mailbox,
                    $"A message by {inbound.Channel} was turned away by the receiver's rules: {kept.Reason} Check the sender's standing (SPF, DKIM, DMARC, block lists); the contact is not at fault and stays as they are.");
                break;
            case ChannelEvent.Bounced { Kind: BounceKind.Hard } hard:
                await GiveUp(inbound, match, hard.Reason);
                break;
            case ChannelEvent.Bounced soft when (soft.Address ?? match.Address) is { } address && BounceLimits.CountsAsHard(store.Inbound.SoftBounces(address, soft.At - BounceLimits.Within)):
                var reason = $"{BounceLimits.SoftBounces} messages in {BounceLimits.Within.Days} days came back, the last with: {soft.Reason}";
                await GiveUp(inbound, match, reason);
                return soft with { Kind = BounceKind.Hard, Reason = reason };
            case ChannelEvent.Replied reply when OptOutWords.In(reply.Text) is { IsCertain: false } perhaps && match.ContactId is { } contact:
                await person.MustRead(contact, IdOf(inbound, "read"), inbound.Channel, OptOutWords.OwnWords(reply.Text), perhaps.Words);
                break;
        }

        return inbound.Event;
    }

    /// <summary>Nothing goes to them any more, from this moment on: neither to the person nor to the address, known or not.</summary>
    private async Task Refuse(InboundEvent inbound, EventMatch match, string scope, string? wording, string reason)
    {
        var at = inbound.Event.At;
        var entries = new List<Suppression>();
        if (match.ContactId is { } contact)
            entries.Add(new Suppression { Id = IdOf(inbound, "contact"), Kind = SuppressionKind.Contact, Key = SuppressionKey.OfContact(contact), Scope = scope, Reason = reason, At = at, By = "the contact" });
        foreach (var address in new[] { inbound.Event.Address, match.Address }.OfType<string>().Where(a => a.Trim().Length > 0).DistinctBy(SuppressionKey.OfAddress))
            entries.Add(new Suppression { Id = IdOf(inbound, address), Kind = SuppressionKind.Address, Key = SuppressionKey.OfAddress(address), Scope = scope, Reason = reason, At = at, By = "the contact" });
        await store.Sending.Suppress(entries);
        if (match.ContactId is not { } objector)
            return;
        var id = IdOf(inbound, "objection");
        if (store.Sending.Consents(objector).Any(entry => entry.Id == id))
            return;
        await store.Sending.Record(new ConsentEntry
        {
            Id = id, ContactId = objector, Act = ConsentAct.Objected, Scope = scope, At = at, Channel = inbound.Channel, Wording = wording ?? reason,
            Evidence = $"event {inbound.Key}", By = "the contact", Basis = "objection",
        });
    }

    private async Task GiveUp(InboundEvent inbound, EventMatch match, string reason)
    {
        if ((inbound.Event.Address ?? match.Address) is not { } address)
            return;
        await store.Sending.Suppress([new Suppression
        {
            Id = IdOf(inbound, address), Kind = SuppressionKind.Address, Key = SuppressionKey.OfAddress(address), Scope = inbound.Channel,
            Reason = $"The address does not work: {reason}", At = inbound.Event.At,
        }]);
        if (match.ContactId is { } contact)
            await person.MustFindAddress(contact, IdOf(inbound, "find"), inbound.Channel, address, reason);
    }

    private async Task Complain(InboundEvent inbound, EventMatch match)
    {
        await Report(inbound, ChannelIncidentKind.Complaint, match.Mailbox, $"A contact called a message by {inbound.Channel} spam. They get nothing more over any channel. Look at what was sent to them and why.");
        // Its own touch is written after this.
        var (sent, complaints) = store.Inbound.Standing(inbound.Channel, match.Mailbox, clock.GetUtcNow() - ComplaintLimits.Within);
        if (!store.Sending.TouchesOfMessage(match.MessageKey ?? "").Any(t => t.Key == Touch.KeyIn(inbound.Channel, inbound.Event.Id)))
            complaints++;
        if (ComplaintLimits.MustPause(sent, complaints))
            await Report(inbound, ChannelIncidentKind.Paused, match.Mailbox, string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{complaints} complaints about {sent} messages in {ComplaintLimits.Within.Days} days: nothing more goes out {(match.Mailbox is null ? $"by {inbound.Channel}" : $"from {match.Mailbox}")}. Receivers block senders from 0.3 % on. Find out what people complain about, then resolve this to go on."));
    }

    private async Task Report(InboundEvent inbound, ChannelIncidentKind kind, string? mailbox, string text) => await store.Inbound.Report(new ChannelIncident
    {
        Id = IdOf(inbound, kind.ToString()), Key = $"{kind}:{inbound.Key}", Kind = kind, Channel = inbound.Channel, Mailbox = mailbox, Text = text, At = inbound.Event.At,
    });

    private async Task<Guid?> AccountOf(EventMatch match)
    {
        if (match.ContactId is not { } contact)
            return null;
        await using var database = await databases.CreateDbContextAsync();
        return await database.Contacts.AsNoTracking().Where(c => c.Id == contact).Select(c => c.AccountId).FirstOrDefaultAsync();
    }

    private static TouchKind KindOf(ChannelEvent e) => e switch
    {
        ChannelEvent.Replied => TouchKind.Replied,
        ChannelEvent.AutoReplied => TouchKind.AutoReplied,
        ChannelEvent.Bounced => TouchKind.Bounced,
        ChannelEvent.Complained => TouchKind.Complained,
        ChannelEvent.Unsubscribed => TouchKind.Unsubscribed,
        ChannelEvent.Delivered => TouchKind.Delivered,
        ChannelEvent.Failed => TouchKind.Failed,
        _ => TouchKind.Answered,
    };

    private static string? TextOf(ChannelEvent e) => e switch
    {
        ChannelEvent.Replied reply => reply.Text,
        ChannelEvent.AutoReplied away => away.Text,
        ChannelEvent.Bounced bounced => bounced.Reason,
        ChannelEvent.Unsubscribed no => no.Wording,
        ChannelEvent.Failed failed => failed.Reason,
        ChannelEvent.Answered answered => answered.Answer,
        _ => null,
    };

    /// <summary>The same id however often the event is handled: its time, then bits of its hash.</summary>
    internal static Guid IdOf(InboundEvent inbound, string what)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(inbound.ReceivedAt).TryWriteBytes(bytes, bigEndian: true, out _);
        SHA256.HashData(Encoding.UTF8.GetBytes($"{inbound.Key}\n{what}")).AsSpan(0, 10).CopyTo(bytes[6..]);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
