using Microsoft.Extensions.Localization;
using Playbook.Sales.Queue;
using Playbook.Sales.Sending;
using Playbook.Server.Pages.Shell;

namespace Playbook.Server.Pages.Today;

/// <summary>Why something stands where it stands, in a seller's words.</summary>
public sealed class TodayWords(IStringLocalizer<Texts> L, ChannelNames channels, TimeWords times, TimeProvider clock)
{
    private const int LongestQuote = 90;

    /// <summary>The line under a name in the queue.</summary>
    public string Short(QueuePlace place) => place.Why switch
    {
        QueueReason.Replied => L["Replied {0}", Ago(place.Item.RepliedAt!.Value)],
        QueueReason.Promised => L["You promised for {0}", times.Short(place.Item.PromisedAt!.Value)],
        QueueReason.Accept => L["Accept or return before {0}", times.Short(place.Item.AcceptBy!.Value)],
        QueueReason.WindowCloses => L["Can be reached until {0}", times.Short(place.Item.WindowClosesAt!.Value)],
        QueueReason.Late => L["Was due {0}", times.Short(place.Item.DueAt!.Value)],
        QueueReason.Value => L["Worth {0} an hour of yours", Money(place.Item.ValuePerHour)],
        QueueReason.Due => L["Due {0}", times.Short(place.Item.DueAt!.Value)],
        QueueReason.NotYet when place.Item.PromisedAt is { } promised && promised >= place.From => L["Promised for {0}", times.Short(promised)],
        QueueReason.NotYet => L["Not before {0}", times.Short(place.From)],
        _ => L["Whenever you like"],
    };

    /// <summary>Why this, why now: one or two sentences.</summary>
    public string Why(QueuePlace place)
    {
        string first = place.Why switch
        {
            QueueReason.Replied => L["A reply beats every planned step, and this one came {0}.", Ago(place.Item.RepliedAt!.Value)],
            QueueReason.Promised => L["You promised it for {0}; a promise kept is worth more than the next call.", times.Short(place.Item.PromisedAt!.Value)],
            QueueReason.Accept => L["A colleague passes this on to you and waits for an answer until {0}.", times.Short(place.Item.AcceptBy!.Value)],
            QueueReason.WindowCloses => L["Their working day ends at {0}; after that it has to wait.", times.Short(place.Item.WindowClosesAt!.Value)],
            QueueReason.Late => L["It was due {0}, and nothing that is open is worth more.", times.Short(place.Item.DueAt!.Value)],
            QueueReason.Value => L["Of what is open it brings the most for an hour of your time."],
            QueueReason.Due => L["It is due {0}.", times.Short(place.Item.DueAt!.Value)],
            QueueReason.NotYet => L["It has to wait until {0}: the contact cannot be reached before, or it was put off.", times.Short(place.From)],
            _ => L["Nothing hurries it; it is the oldest that is open."],
        };
        return place.Item.ExpectedValue > 0 ? $"{first} {L["Expected value {0} per hour of yours.", Money(place.Item.ValuePerHour)]}" : first;
    }

    /// <summary>What a rep can do about a rule that says no; empty where there is nothing.</summary>
    public string Cure(string ruleId) => ruleId switch
    {
        "no-address" or "nobody" => L["Write down whom to reach, and where, on the contact's page."],
        "do-not-contact" or "objection" or "suppressed" => L["Choose 'Never contact' where the step offers it; nobody may lift this but they themselves."],
        "withdrawn" => L["Ask for a new consent when they next speak to you."],
        "exclusive" or "colleague-replied" => L["Talk to the colleague first, or give them the step with D."],
        _ => "",
    };

    /// <summary>What came of a touch, for the list of what was before.</summary>
    public string Told(Touch touch)
    {
        ArgumentNullException.ThrowIfNull(touch);
        string what = touch.Kind switch
        {
            TouchKind.Replied => L["they answered by {0}", channels.Of(touch.Channel)],
            TouchKind.AutoReplied => L["an automatic reply"],
            TouchKind.Bounced => L["{0} came back", channels.Of(touch.Channel)],
            TouchKind.Complained => L["they called it spam"],
            TouchKind.Unsubscribed => L["they want no more"],
            TouchKind.Answered => L["they answered the invitation"],
            TouchKind.Failed => L["{0} did not go through", channels.Of(touch.Channel)],
            TouchKind.Delivered => L["{0} delivered", channels.Of(touch.Channel)],
            _ => touch.Channel == "phone" ? L["called"] : L["{0} sent", channels.Of(touch.Channel)],
        };
        return (touch.Subject ?? touch.Text) is { Length: > 0 } words ? $"{what}: “{(words.Length > LongestQuote ? words[..LongestQuote] + "…" : words)}”" : what;
    }

    /// <summary>What was done with a task, for the list of what was before.</summary>
    public string Told(TaskMove move)
    {
        ArgumentNullException.ThrowIfNull(move);
        var by = move.By ?? L["Somebody"].Small();
        string what = move.Kind switch
        {
            TaskMoveKind.Promised => L["{0} promised: {1}", by, move.Why!],
            TaskMoveKind.PromiseSettled => L["{0} settled a promise, {1}", by, move.Why!],
            TaskMoveKind.Claimed => L["{0} took it", by],
            TaskMoveKind.Released => L["{0} gave it back", by],
            TaskMoveKind.Delegated => L["{0} gave it to {1}", by, move.OwnerAfter!],
            TaskMoveKind.Rebalanced => move.OwnerAfter is { } to ? L["{0} moved it to {1}", by, to] : L["{0} moved it back to the role", by],
            TaskMoveKind.Snoozed or TaskMoveKind.Rescheduled => L["{0} put it off until {1}", by, times.Short(move.SnoozedAfter ?? move.At)],
            TaskMoveKind.Skipped => L["{0} skipped it", by],
            TaskMoveKind.Answered => L["{0} answered '{1}'", by, move.Why!],
            TaskMoveKind.TakenBack => L["{0} took '{1}' back", by, move.Why!],
            TaskMoveKind.Late => L["{0} answered too late. {1}", by, move.Why!],
            _ => L["{0} undid that", by],
        };
        return move.Kind is TaskMoveKind.Snoozed or TaskMoveKind.Skipped or TaskMoveKind.Delegated && move.Why is { Length: > 0 } why ? $"{what}: {why}" : what;
    }

    /// <summary>"6 h 10 m", "45 m".</summary>
    public string Length(TimeSpan length) =>
        length.TotalHours >= 1 ? L["{0} h {1} m", (int)length.TotalHours, length.Minutes] : L["{0} m", (int)length.TotalMinutes];

    private string Ago(DateTimeOffset moment)
    {
        var since = clock.GetUtcNow() - moment;
        return since < TimeSpan.FromMinutes(1) ? L["just now"]
            : since < TimeSpan.FromHours(1) ? L["{0} min ago", (int)since.TotalMinutes]
            : since < TimeSpan.FromDays(1) ? L["{0} h ago", (int)since.TotalHours] : L["{0} d ago", (int)since.TotalDays];
    }

    private static string Money(decimal value) => Languages.Whole(Math.Round(value));
}
