using NodaTime;
using NodaTime.TimeZones;

namespace Playbook.Calendar.Hours;

/// <summary>
/// When somebody can be booked. Pure. Hours are by the clocks on the person's wall: a time that a clock change skips is not
/// offered, and one that comes twice is offered the first time.
/// </summary>
internal sealed class Availability(BookingRules rules)
{
    private static readonly ZoneLocalMappingResolver Once = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The starts at which an appointment of so many minutes can begin, in order.</summary>
    /// <param name="booked">The person's appointments: the buffers and the most of a day hold for them.</param>
    /// <param name="busy">Other times at which they are busy.</param>
    public IEnumerable<Instant> Free(RepCard rep, IReadOnlyList<Interval> booked, IReadOnlyList<Interval> busy, int minutes, Instant now, Instant from, Instant until)
    {
        var first = Instant.Max(from, now + rules.Notice);
        var last = Instant.Min(until, now + rules.Horizon);
        if (first > last)
            yield break;
        var length = Duration.FromMinutes(minutes);
        var perDay = booked.GroupBy(taken => taken.Start.InZone(rep.Zone).Date).ToDictionary(day => day.Key, day => day.Count());
        var end = last.InZone(rep.Zone).Date;
        for (var day = first.InZone(rep.Zone).Date; day <= end; day = day.PlusDays(1))
        {
            if (rules.IsHoliday(day) || perDay.GetValueOrDefault(day) >= rep.DailyMax)
                continue;
            foreach (var start in Starts(rep, day, minutes))
                if (start >= first && start <= last && IsOpen(start, start + length, booked, busy))
                    yield return start;
        }
    }

    /// <summary>Whether an appointment can begin just then.</summary>
    public bool IsFree(RepCard rep, IReadOnlyList<Interval> booked, IReadOnlyList<Interval> busy, int minutes, Instant now, Instant start) =>
        Free(rep, booked, busy, minutes, now, start, start).Any();

    private IEnumerable<Instant> Starts(RepCard rep, LocalDate day, int minutes)
    {
        foreach (var (from, to) in rep.Hours.On(day.DayOfWeek))
        {
            var close = to == LocalTime.MaxValue ? day.PlusDays(1).AtMidnight() : day.At(to);
            var closes = rep.Zone.ResolveLocal(close, Once).ToInstant();
            for (var local = day.At(from); local < close; local = local.PlusMinutes(rules.Step))
            {
                if (rep.Zone.MapLocal(local) is not { Count: > 0 } mapping)
                    continue;
                var start = mapping.First().ToInstant();
                // By the clock and in real time: on the day of a change the two differ.
                if (start + Duration.FromMinutes(minutes) <= closes && local.PlusMinutes(minutes) <= close)
                    yield return start;
            }
        }
    }

    private bool IsOpen(Instant start, Instant end, IReadOnlyList<Interval> booked, IReadOnlyList<Interval> busy)
    {
        foreach (var taken in booked)
            if (start < taken.End + Duration.Max(rules.After, rules.Before) && end + Duration.Max(rules.After, rules.Before) > taken.Start)
                return false;
        foreach (var taken in busy)
            if (start - rules.Before < taken.End && end + rules.After > taken.Start)
                return false;
        return true;
    }
}
