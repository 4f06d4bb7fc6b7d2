namespace Playbook.Sales.Calendar;

/// <summary>A part of a day, from inclusive to exclusive; midnight as the end means the end of the day.</summary>
public readonly record struct DayBlock
{
    public DayBlock(TimeOnly from, TimeOnly to)
    {
        if (to != TimeOnly.MinValue && from >= to)
            throw new ArgumentException($"A block of a day must end after it begins, but {from:HH\\:mm} is not before {to:HH\\:mm}. Swap the two times, or write two blocks for hours past midnight.", nameof(to));
        From = from;
        To = to;
    }

    public TimeOnly From { get; }

    public TimeOnly To { get; }

    public bool Contains(TimeOnly time) => time >= From && (To == TimeOnly.MinValue || time < To);
}

/// <summary>The hours of a week in which work is done; several blocks a day are possible.</summary>
public sealed class BusinessHours
{
    private readonly DayBlock[][] _byDay;

    private BusinessHours(DayBlock[][] byDay) => _byDay = byDay;

    public static IReadOnlyList<DayOfWeek> EveryDay { get; } = Enum.GetValues<DayOfWeek>();

    public static IReadOnlyList<DayOfWeek> WorkingDays { get; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>Nine to five, on the days given.</summary>
    public static DayBlock NineToFive { get; } = new(new TimeOnly(9, 0), new TimeOnly(17, 0));

    /// <summary>Monday to Friday, 09:00 to 17:00.</summary>
    public static BusinessHours Standard { get; } = On(WorkingDays, NineToFive);

    /// <summary>The same blocks on each of the days; without blocks the whole day.</summary>
    public static BusinessHours On(IEnumerable<DayOfWeek> days, params DayBlock[] blocks)
    {
        ArgumentNullException.ThrowIfNull(days);
        ArgumentNullException.ThrowIfNull(blocks);
        return Of(days.Distinct().ToDictionary(day => day, _ => (IReadOnlyList<DayBlock>)(blocks.Length > 0 ? blocks : [new DayBlock()])));
    }

    /// <summary>Each day its own blocks; a day that is not named is closed.</summary>
    public static BusinessHours Of(IReadOnlyDictionary<DayOfWeek, IReadOnlyList<DayBlock>> week)
    {
        ArgumentNullException.ThrowIfNull(week);
        var byDay = new DayBlock[7][];
        foreach (var day in EveryDay)
            byDay[(int)day] = week.TryGetValue(day, out var blocks) ? [.. blocks.OrderBy(block => block.From)] : [];
        return new BusinessHours(byDay);
    }

    public IReadOnlyList<DayBlock> On(DayOfWeek day) => _byDay[(int)day];
}
