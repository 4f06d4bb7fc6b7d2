namespace Playbook.Sales.Queue;

/// <summary>
/// What to do next: replies and promises first, then hand-overs that run out, contacts who can soon not be reached, what is late
/// or brings most for an hour's work, what is due. Pure: the same items at the same moment give the same order, and each place
/// can say why.
/// </summary>
public static class TaskQueue
{
    /// <summary>How long before a promise, the end of a window or of an acceptance it begins to press.</summary>
    public static readonly TimeSpan Presses = TimeSpan.FromHours(1);

    /// <summary>A promise is taken up so long before its time, not an hour early.</summary>
    public static readonly TimeSpan BeforePromise = TimeSpan.FromMinutes(10);

    /// <summary>The most urgent first; no two places of different tasks are equal.</summary>
    public static IComparer<QueuePlace> Urgency => ByUrgency.Instance;

    public static IReadOnlyList<QueuePlace> Order(IEnumerable<QueueItem> items, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(items);
        return [.. items.Select(item => Place(item, now)).Order(Urgency)];
    }

    /// <summary>Where one item stands at a moment.</summary>
    public static QueuePlace Place(QueueItem item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        // A reply ends every waiting: whoever has written wants to be answered, snoozed or not.
        if (item.RepliedAt is not null && !(item.WindowOpensAt > now))
            return new QueuePlace(item, QueueReason.Replied, now);
        var from = Latest(item.SnoozedUntil, item.PromisedAt - BeforePromise, item.WindowOpensAt, now);
        return from > now ? new QueuePlace(item, QueueReason.NotYet, from) : new QueuePlace(item, Why(item, now), now);
    }

    /// <summary>The first moment after <paramref name="now"/> at which the same item may stand elsewhere; null where time alone moves it nowhere.</summary>
    public static DateTimeOffset? MovesAt(QueueItem item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        DateTimeOffset? first = null;
        foreach (var moment in (ReadOnlySpan<DateTimeOffset?>)[
            item.SnoozedUntil, item.PromisedAt - BeforePromise, item.WindowOpensAt, item.AcceptBy - Presses, item.WindowClosesAt - Presses, item.WindowClosesAt,
            // Late begins after the moment, not with it.
            item.DueAt?.AddTicks(1)])
            if (moment > now && !(moment >= first))
                first = moment;
        return first;
    }

    private static QueueReason Why(QueueItem item, DateTimeOffset now) =>
        item.PromisedAt is not null ? QueueReason.Promised
        : item.AcceptBy <= now + Presses ? QueueReason.Accept
        : item.WindowClosesAt <= now + Presses && item.DueAt <= item.WindowClosesAt ? QueueReason.WindowCloses
        : item.DueAt < now ? QueueReason.Late
        : item.ExpectedValue > 0 ? QueueReason.Value
        : item.DueAt is not null ? QueueReason.Due
        : QueueReason.Open;

    private static DateTimeOffset Latest(DateTimeOffset? one, DateTimeOffset? two, DateTimeOffset? three, DateTimeOffset now)
    {
        var latest = now;
        foreach (var moment in (ReadOnlySpan<DateTimeOffset?>)[one, two, three])
            if (moment > latest)
                latest = moment.Value;
        return latest;
    }

    private sealed class ByUrgency : IComparer<QueuePlace>
    {
        public static ByUrgency Instance { get; } = new();

        public int Compare(QueuePlace? x, QueuePlace? y)
        {
            var (one, other) = (x!, y!);
            if (Band(one.Why).CompareTo(Band(other.Why)) is not 0 and var band)
                return band;
            var inBand = one.Why switch
            {
                QueueReason.Replied => Compare(one.Item.RepliedAt, other.Item.RepliedAt),
                QueueReason.Promised => Compare(one.Item.PromisedAt, other.Item.PromisedAt),
                QueueReason.Accept => Compare(one.Item.AcceptBy, other.Item.AcceptBy),
                QueueReason.WindowCloses => Compare(one.Item.WindowClosesAt, other.Item.WindowClosesAt),
                QueueReason.NotYet => one.From.CompareTo(other.From),
                _ => ByWorth(one.Item, other.Item),
            };
            return inBand != 0 ? inBand : ByWorth(one.Item, other.Item);
        }

        // Lateness alone moves nothing ahead of what is worth more: it would turn the day into a wall of old tasks.
        private static int Band(QueueReason why) => why is QueueReason.Late or QueueReason.Value or QueueReason.Due or QueueReason.Open ? (int)QueueReason.Late : (int)why;

        private static int ByWorth(QueueItem one, QueueItem other)
        {
            var worth = other.ValuePerHour.CompareTo(one.ValuePerHour);
            if (worth == 0)
                worth = Compare(one.DueAt, other.DueAt);
            if (worth == 0)
                worth = Compare(one.WindowClosesAt, other.WindowClosesAt);
            if (worth == 0)
                worth = one.CreatedAt.CompareTo(other.CreatedAt);
            return worth != 0 ? worth : string.CompareOrdinal(one.TaskId, other.TaskId);
        }

        // What has no moment comes after what has one.
        private static int Compare(DateTimeOffset? one, DateTimeOffset? other) =>
            (one ?? DateTimeOffset.MaxValue).CompareTo(other ?? DateTimeOffset.MaxValue);
    }
}
