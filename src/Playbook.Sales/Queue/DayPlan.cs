namespace Playbook.Sales.Queue;

/// <summary>
/// What fits into the time that is left, and what honestly does not: that is said to be for another day, instead of standing
/// there in red.
/// </summary>
/// <param name="Today">What fits, in the order of the queue.</param>
/// <param name="Moved">The first of what does not fit any more, and of what has to wait for another day.</param>
/// <param name="MovedCount">How many those are in all.</param>
/// <param name="Planned">How long the work of today takes.</param>
/// <param name="Capacity">How long there is.</param>
public sealed record DayPlan(IReadOnlyList<QueuePlace> Today, IReadOnlyList<QueuePlace> Moved, int MovedCount, TimeSpan Planned, TimeSpan Capacity)
{
    /// <param name="queue">In the order of <see cref="TaskQueue"/>.</param>
    /// <param name="capacity">The working time that is left; 0 or more.</param>
    /// <param name="endOfDay">When the day ends for the rep: what can only be begun after it is for another day.</param>
    /// <param name="mostMoved">So many of what does not fit are named; the others are counted.</param>
    public static DayPlan Of(IReadOnlyList<QueuePlace> queue, TimeSpan capacity, DateTimeOffset endOfDay, int mostMoved = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, TimeSpan.Zero);
        // A promise for this afternoon has its place in the day before anything else gets one.
        bool IsKept(QueuePlace place) => IsFixed(place) && place.From < endOfDay;
        var planned = TimeSpan.FromTicks(queue.Where(IsKept).Sum(place => place.Item.Takes.Ticks));
        List<QueuePlace> today = [], moved = [];
        foreach (var place in queue)
        {
            var fits = place.From < endOfDay && planned + place.Item.Takes <= capacity;
            if (IsKept(place))
            {
                today.Add(place);
            }
            else if (fits)
            {
                today.Add(place);
                planned += place.Item.Takes;
            }
            else if (moved.Count < mostMoved)
            {
                moved.Add(place);
            }
        }

        return new DayPlan(today, moved, queue.Count - today.Count, planned, capacity);
    }

    private static bool IsFixed(QueuePlace place) => place.Why is QueueReason.Replied or QueueReason.Promised || place.Item.PromisedAt is not null;
}
