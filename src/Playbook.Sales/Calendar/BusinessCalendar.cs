using NodaTime;
using NodaTime.TimeZones;
using Playbook.Abstractions;

namespace Playbook.Sales.Calendar;

/// <summary>
/// Opening hours in a time zone, less holidays. Pure: the same question has the same answer, and no clock is read.
/// Hours are wall-clock hours of the zone: a block that a clock change skips is not there, and one that it repeats is
/// there twice.
/// </summary>
public sealed class BusinessCalendar
{
    // A week without an open hour for two years is a mistake in the settings, not a long holiday.
    private const int DaysAhead = 800;

    // Leaves room for DaysAhead and for zone offsets below the last day that a DateTimeOffset can hold.
    private const int LastYear = 9990;

    private static readonly ZoneLocalMappingResolver OnceADay =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly DateTimeZone _zone;
    private readonly BusinessHours _hours;
    private readonly Holidays _holidays;

    public BusinessCalendar(DateTimeZone zone, BusinessHours hours, Holidays? holidays = null)
    {
        _zone = zone;
        _hours = hours;
        _holidays = holidays ?? Holidays.None;
    }

    /// <summary>Monday to Friday 09:00 to 17:00 where the subject's contact lives, less the holidays of that country where we know them.</summary>
    public static BusinessCalendar For(Subject subject) =>
        new(ContactPlace.Zone(subject), BusinessHours.Standard, ContactPlace.Holidays(subject));

    public bool IsOpen(DateTimeOffset at)
    {
        var local = Instant.FromDateTimeOffset(at).InZone(_zone).LocalDateTime;
        var time = local.TimeOfDay.ToTimeOnly();
        foreach (var block in BlocksOn(local.Date))
            if (block.Contains(time))
                return true;
        return false;
    }

    /// <summary>The first open moment that is not before <paramref name="now"/>, UTC; null where there is none for two years.</summary>
    public DateTimeOffset? Next(DateTimeOffset now)
    {
        if (now.Year > LastYear)
            return null;
        if (IsOpen(now))
            return now.ToUniversalTime();
        var from = Instant.FromDateTimeOffset(now);
        foreach (var day in DaysFrom(from))
        {
            Instant? first = null;
            foreach (var block in BlocksOn(day))
                foreach (var (start, end) in Opened(day, block))
                    if (from < end && (first is null || Instant.Max(start, from) < first))
                        first = Instant.Max(start, from);
            if (first is { } found)
                return found.ToDateTimeOffset();
        }
        return null;
    }

    /// <summary>When the block that holds an open moment ends, UTC; null where the moment is not open.</summary>
    public DateTimeOffset? OpenUntil(DateTimeOffset at)
    {
        var moment = Instant.FromDateTimeOffset(at);
        Instant? last = null;
        foreach (var day in new[] { moment.InZone(_zone).Date.PlusDays(-1), moment.InZone(_zone).Date })
            foreach (var block in BlocksOn(day))
                foreach (var (start, end) in Opened(day, block))
                    if (start <= moment && moment < end && (last is null || end > last))
                        last = end;
        return last?.ToDateTimeOffset();
    }

    /// <summary>
    /// The first moment that is not before <paramref name="now"/> when clocks show <paramref name="time"/> on a day that is
    /// open at all, UTC. Where a clock change skips that time, the moment after the change; where it comes twice, the first.
    /// </summary>
    public DateTimeOffset? NextAt(TimeOnly time, DateTimeOffset now)
    {
        if (now.Year > LastYear)
            return null;
        var from = Instant.FromDateTimeOffset(now);
        foreach (var day in DaysFrom(from))
        {
            if (BlocksOn(day).Count == 0)
                continue;
            var moment = _zone.ResolveLocal(day.At(LocalTime.FromTicksSinceMidnight(time.Ticks)), OnceADay);
            if (moment.ToInstant() >= from && moment.Date == day)
                return moment.ToInstant().ToDateTimeOffset();
        }
        return null;
    }

    private IReadOnlyList<DayBlock> BlocksOn(LocalDate day) =>
        _holidays.Contains(day.ToDateOnly()) ? [] : _hours.On(day.ToDateOnly().DayOfWeek);

    // From the day before, because a clock that is put back over midnight enters that day a second time.
    private IEnumerable<LocalDate> DaysFrom(Instant from)
    {
        var today = from.InZone(_zone).Date;
        for (var ahead = -1; ahead <= DaysAhead; ahead++)
            yield return today.PlusDays(ahead);
    }

    private IEnumerable<(Instant Start, Instant End)> Opened(LocalDate day, DayBlock block)
    {
        var from = day.At(LocalTime.FromTicksSinceMidnight(block.From.Ticks));
        var to = block.To == TimeOnly.MinValue ? day.PlusDays(1).AtMidnight() : day.At(LocalTime.FromTicksSinceMidnight(block.To.Ticks));
        var around = new Interval(from.InUtc().ToInstant() - Duration.FromDays(1), to.InUtc().ToInstant() + Duration.FromDays(1));
        foreach (var stretch in _zone.GetZoneIntervals(around))
        {
            var start = from.WithOffset(stretch.WallOffset).ToInstant();
            var end = to.WithOffset(stretch.WallOffset).ToInstant();
            if (stretch.HasStart)
                start = Instant.Max(start, stretch.Start);
            if (stretch.HasEnd)
                end = Instant.Min(end, stretch.End);
            if (start < end)
                yield return (start, end);
        }
    }
}
