using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Consent;
using Playbook.Sales.Sending;
using Playbook.Sales.Subjects;
using Playbook.Storage;
using Playbook.Storage.Inbound;
using Playbook.Storage.Runs;

namespace Playbook.Server.Inbound;

/// <summary>
/// Finds whom an event is about: by the message's key, then by the provider's id of it, and last by the address, where the
/// subject line or the newest message decides between several who share one.
/// </summary>
public sealed partial class EventMatching(RunStore store, IDbContextFactory<PlaybookDb> databases, TimeProvider clock)
{
    /// <summary>How long after a message an answer that names only an address still counts as the answer to it.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(60);

    public async Task<EventMatch> Find(InboundEvent inbound)
    {
        ArgumentNullException.ThrowIfNull(inbound);
        var e = inbound.Event;
        // A person has said whom it is about, or a link that we made for them.
        if (inbound.ContactId is { } told)
            return (e.MessageKey is { } about ? await OfMessage(about) : EventMatch.Nobody) with { MatchedBy = e.MatchedBy ?? "a person", ContactId = told };
        if (e.MessageKey is { } key && await OfMessage(key) is { IsSomebody: true } byKey)
            return byKey with { MatchedBy = e.MatchedBy ?? "message key" };
        if (e.ProviderId is { } providerId && await OfProvider(inbound.Channel, providerId) is { IsSomebody: true } byProvider)
            return byProvider with { MatchedBy = e.MatchedBy ?? "provider's id" };
        return e.Address is { } address ? await OfAddress(inbound.Channel, address, (e as ChannelEvent.Replied)?.Subject) : EventMatch.Nobody;
    }

    private async Task<EventMatch> OfMessage(string key)
    {
        var touch = store.Sending.TouchesOfMessage(key).FirstOrDefault(t => t.Direction == TouchDirection.Out);
        if (store.Queries.Message(key) is { } message)
            return await Of(key, message.RunId, message.Message.ActivityId, touch) with { Address = touch?.Address ?? SentTo(message.Message.Result) };
        if (store.Tasks.Get(key) is { } task)
            return await Of(key, task.RunId, task.ActivityId, touch);
        // A run that was deleted leaves its touches.
        return touch is null ? EventMatch.Nobody : await Of(key, touch.RunId, null, touch);
    }

    private async Task<EventMatch> OfProvider(string channel, string providerId)
    {
        var touch = store.Sending.TouchesOfProvider(providerId).FirstOrDefault(t => t.Direction == TouchDirection.Out && t.Channel == channel);
        return touch is null ? EventMatch.Nobody : touch.MessageKey is { } key ? await OfMessage(key) : await Of(null, touch.RunId, null, touch);
    }

    private async Task<EventMatch> Of(string? key, Guid? runId, string? activityId, Touch? touch)
    {
        var run = runId is { } id ? await store.Get(id) : null;
        return new EventMatch
        {
            MessageKey = key, Run = run, ActivityId = activityId, ContactId = touch?.ContactId ?? (run is null ? null : ContactOf(run.Subject)),
            Address = touch?.Address, Mailbox = touch?.Mailbox,
        };
    }

    private async Task<EventMatch> OfAddress(string channel, string address, string? subject)
    {
        var candidates = await Contacts(address);
        if (candidates.Count == 0)
            return EventMatch.Nobody;
        var since = clock.GetUtcNow() - Recent;
        var sent = candidates.SelectMany(id => store.Sending.TouchesOfContact(id, 100))
            .Where(t => t.Direction == TouchDirection.Out && t.Channel == channel && t.At >= since && (t.Address is null || SuppressionKey.OfAddress(t.Address) == SuppressionKey.OfAddress(address)))
            .OrderByDescending(t => t.At).ToList();
        var bySubject = subject is null ? null : sent.Find(t => Bare(t.Subject) is { Length: > 0 } ours && ours == Bare(subject));
        var found = bySubject ?? sent.FirstOrDefault();
        if (found is null)
            return candidates is [var only] ? new EventMatch { MatchedBy = "address", ContactId = only, Address = address } : EventMatch.Nobody;
        var match = found.MessageKey is { } key ? await OfMessage(key) : await Of(null, found.RunId, null, found);
        return match with { MatchedBy = bySubject is not null ? "address and subject" : "address and last message", Address = address };
    }

    private async Task<IReadOnlyList<Guid>> Contacts(string address)
    {
        await using var database = await databases.CreateDbContextAsync();
        var plain = address.Trim();
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        if (plain.Contains('@', StringComparison.Ordinal))
            return await database.Contacts.AsNoTracking().Where(c => EF.Functions.Collate(c.Email, "NOCASE") == plain).Select(c => c.Id).Take(50).ToListAsync();
        if (digits.Length < 6)
            return await database.Contacts.AsNoTracking().Where(c => EF.Functions.Collate(c.LinkedIn, "NOCASE") == plain).Select(c => c.Id).Take(50).ToListAsync();
        // Numbers are written in many ways: the last digits find few, and the whole number decides.
        var tail = digits[^6..];
        var similar = await database.Contacts.AsNoTracking()
            .Where(c => c.Phone != null && c.Phone.Replace(" ", "").Replace("-", "").Replace("(", "").Replace(")", "").Replace(".", "").Replace("/", "").EndsWith(tail))
            .Select(c => new { c.Id, c.Phone }).Take(500).ToListAsync();
        var key = SuppressionKey.OfAddress(plain);
        return [.. similar.Where(c => SuppressionKey.OfAddress(c.Phone!) == key).Select(c => c.Id)];
    }

    /// <summary>The contact that a run is about, be it itself or by its opportunity.</summary>
    internal static Guid? ContactOf(Subject subject)
    {
        var text = subject.Kind == SubjectFacts.ContactKind ? subject.Id
            : subject.Facts.GetValueOrDefault("contact") is IReadOnlyDictionary<string, object?> contact ? contact.GetValueOrDefault("id") as string : null;
        return Guid.TryParse(text, out var id) ? id : null;
    }

    private static string? SentTo(string? result) => result is null ? null : (string?)(JsonNode.Parse(result) as JsonObject)?["to"];

    /// <summary>A subject line without "Re:", "SV:" and their like.</summary>
    private static string Bare(string? subject) => subject is null ? "" : Prefixes().Replace(subject, "").Trim().ToLowerInvariant();

    [GeneratedRegex(@"^(?:\s*(?:re|sv|vs|aw|fw|fwd|antw|ref)\s*(?:\[\d+\])?\s*:\s*)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Prefixes();
}
