namespace Playbook.Sales.Metrics;

/// <summary>Weeks, by their Mondays.</summary>
public static class Weeks
{
    public static DateOnly Monday(DateOnly day) => day.AddDays(-(day.DayNumber % 7));

    /// <summary>All weeks that lie between the two days as a whole, oldest first.</summary>
    public static IReadOnlyList<DateOnly> Whole(DateOnly first, DateOnly last)
    {
        List<DateOnly> mondays = [];
        for (var monday = first.DayNumber % 7 == 0 ? first : Monday(first).AddDays(7); monday.AddDays(6) <= last; monday = monday.AddDays(7))
            mondays.Add(monday);
        return mondays;
    }
}
