using Playbook.Abstractions;
using Playbook.Once;
using Playbook.Twilio;

namespace Playbook.Sms;

/// <summary>
/// Asks Twilio every minute what came in and what became of messages, where the server has no address for Twilio to call.
/// It begins two days back, so that nothing is missed while the server is down for a day, and then looks two hours
/// back each time, because reports come late. The host drops what it has.
/// </summary>
internal sealed class SmsPoll(TwilioAccount account, SmsSettings settings, TimeProvider clock, Pulse pulse)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan First = TimeSpan.FromDays(2);
    private static readonly TimeSpan Late = TimeSpan.FromHours(2);

    private readonly HashSet<string> _told = [];
    private DateTimeOffset? _last;

    public async Task Run(IInbox inbox, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            await pulse.Watch(() => Fetch(inbox, cancellationToken), cancellationToken);
            pulse.Beat();
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async ValueTask<int> Fetch(IInbox inbox, CancellationToken cancellationToken)
    {
        var events = new List<ChannelEvent>();
        var now = clock.GetUtcNow();
        var oldest = _last - Late ?? now - First;
        await foreach (var json in account.List("Messages.json?PageSize=200", "messages", cancellationToken))
        {
            var item = new SmsItem(json);
            if (item.CreatedAt < oldest)
                break;
            if (item.Sid is { } sid && Event(item, sid) is { } found && !_told.Contains(found.Id))
                events.Add(found);
        }

        foreach (var found in Enumerable.Reverse(events)) // the list is newest first
        {
            await inbox.Take(found, cancellationToken);
            _told.Add(found.Id);
        }

        _last = now;
        return events.Count;
    }

    private ChannelEvent? Event(SmsItem item, string sid)
    {
        var at = item.SentAt ?? item.CreatedAt ?? clock.GetUtcNow();
        return item.IsOutbound ? SmsInbound.Outcome(sid, at, item.Status, item.ErrorCode, item.To)
            : settings.IsNumber && item.To != settings.From ? null
            : SmsInbound.Said(sid, at, item.Body, item.From);
    }
}
