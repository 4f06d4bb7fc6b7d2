using System.Globalization;
using Playbook.Sales.Queue;

namespace Playbook.Server.Pages.Today;

/// <summary>Why something stands where it stands, in a seller's words.</summary>
internal static class TodayWords
{
    /// <summary>The line under a name in the queue.</summary>
    public static string Short(QueuePlace place, DateTimeOffset now, Func<DateTimeOffset, string> time) => place.Why switch
    {
        QueueReason.Replied => $"Replied {Ago(now - place.Item.RepliedAt!.Value)}",
        QueueReason.Promised => $"You promised for {time(place.Item.PromisedAt!.Value)}",
        QueueReason.Accept => $"Accept or return before {time(place.Item.AcceptBy!.Value)}",
        QueueReason.WindowCloses => $"Can be reached until {time(place.Item.WindowClosesAt!.Value)}",
        QueueReason.Late => $"Was due {time(place.Item.DueAt!.Value)}",
        QueueReason.Value => $"Worth {Money(place.Item.ValuePerHour)} an hour of yours",
        QueueReason.Due => $"Due {time(place.Item.DueAt!.Value)}",
        QueueReason.NotYet when place.Item.PromisedAt is { } promised && promised >= place.From => $"Promised for {time(promised)}",
        QueueReason.NotYet => $"Not before {time(place.From)}",
        _ => "Whenever you like",
    };

    /// <summary>Why this, why now: one or two sentences.</summary>
    public static string Why(QueuePlace place, DateTimeOffset now, Func<DateTimeOffset, string> time)
    {
        var first = place.Why switch
        {
            QueueReason.Replied => $"A reply beats every planned step, and this one came {Ago(now - place.Item.RepliedAt!.Value)}.",
            QueueReason.Promised => $"You promised it for {time(place.Item.PromisedAt!.Value)}; a promise kept is worth more than the next call.",
            QueueReason.Accept => $"A colleague passes this on to you and waits for an answer until {time(place.Item.AcceptBy!.Value)}.",
            QueueReason.WindowCloses => $"Their working day ends at {time(place.Item.WindowClosesAt!.Value)}; after that it has to wait.",
            QueueReason.Late => $"It was due {time(place.Item.DueAt!.Value)}, and nothing that is open is worth more.",
            QueueReason.Value => "Of what is open it brings the most for an hour of your time.",
            QueueReason.Due => $"It is due {time(place.Item.DueAt!.Value)}.",
            QueueReason.NotYet => $"It has to wait until {time(place.From)}: the contact cannot be reached before, or it was put off.",
            _ => "Nothing hurries it; it is the oldest that is open.",
        };
        return place.Item.ExpectedValue > 0 ? $"{first} Expected value {Money(place.Item.ValuePerHour)} per hour of yours." : first;
    }

    /// <summary>What a rep can do about a rule that says no; empty where there is nothing.</summary>
    public static string Cure(string ruleId) => ruleId switch
    {
        "no-address" or "nobody" => "Write down whom to reach, and where, on the contact's page.",
        "do-not-contact" or "objection" or "suppressed" => "Choose 'Never contact' where the step offers it; nobody may lift this but they themselves.",
        "withdrawn" => "Ask for a new consent when they next speak to you.",
        "exclusive" or "colleague-replied" => "Talk to the colleague first, or give them the step with D.",
        _ => "",
    };

    /// <summary>What was done with a task, for the list of what was before.</summary>
    public static string Told(TaskMove move, Func<DateTimeOffset, string> time) => $"{move.By ?? "somebody"} {What(move, time)}{(move.Kind is TaskMoveKind.Snoozed or TaskMoveKind.Skipped or TaskMoveKind.Delegated && move.Why is { Length: > 0 } why ? $": {why}" : "")}";

    private static string What(TaskMove move, Func<DateTimeOffset, string> time) => move.Kind switch
    {
        TaskMoveKind.Promised => $"promised: {move.Why}",
        TaskMoveKind.PromiseSettled => $"settled a promise, {move.Why}",
        TaskMoveKind.Claimed => "took it",
        TaskMoveKind.Released => "gave it back",
        TaskMoveKind.Delegated => $"gave it to {move.OwnerAfter}",
        TaskMoveKind.Rebalanced => move.OwnerAfter is { } to ? $"moved it to {to}" : "moved it back to the role",
        TaskMoveKind.Snoozed or TaskMoveKind.Rescheduled => $"put it off until {time(move.SnoozedAfter ?? move.At)}",
        TaskMoveKind.Skipped => "skipped it",
        TaskMoveKind.Answered => $"answered '{move.Why}'",
        TaskMoveKind.TakenBack => $"took '{move.Why}' back",
        TaskMoveKind.Late => $"answered too late. {move.Why}",
        _ => "undid that",
    };

    /// <summary>"6 h 10 m", "45 m".</summary>
    public static string Length(TimeSpan length) =>
        length.TotalHours >= 1 ? $"{(int)length.TotalHours} h {length.Minutes} m" : $"{(int)length.TotalMinutes} m";

    private static string Ago(TimeSpan since) =>
        since < TimeSpan.FromMinutes(1) ? "just now" : since < TimeSpan.FromHours(1) ? $"{(int)since.TotalMinutes} min ago" : since < TimeSpan.FromDays(1) ? $"{(int)since.TotalHours} h ago" : $"{(int)since.TotalDays} d ago";

    private static string Money(decimal value) => Math.Round(value).ToString("N0", CultureInfo.InvariantCulture);
}
