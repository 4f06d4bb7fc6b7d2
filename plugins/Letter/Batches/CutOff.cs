namespace Playbook.Letter.Batches;

/// <summary>When the day's batch is closed: at one time of day, on some days of the week, by the clocks of one place.</summary>
internal sealed class CutOff(TimeOnly time, IReadOnlySet<DayOfWeek> days, TimeZoneInfo zone)
{
    /// <summary>The first closing after the moment; null where there is never one.</summary>
    public DateTimeOffset? After(DateTimeOffset moment) => Near(moment, 1).FirstOrDefault(at => at > moment) is var found && found == default ? null : found;

    /// <summary>The last closing that is not after the moment; null where there was never one.</summary>
    public DateTimeOffset? Before(DateTimeOffset moment) => Near(moment, -1).FirstOrDefault(at => at <= moment) is var found && found == default ? null : found;

    /// <summary>The day that it is there.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    private IEnumerable<DateTimeOffset> Near(DateTimeOffset moment, int step)
    {
        var today = DayOf(moment);
        for (var ahead = -1; ahead <= 8; ahead++)
        {
            var day = today.AddDays(step * ahead);
            if (days.Contains(day.DayOfWeek))
                yield return At(day);
        }
    }

    private DateTimeOffset At(DateOnly day)
    {
        var local = day.ToDateTime(time);
        // A time that the clocks skip is taken an hour later, one that comes twice the first time.
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
