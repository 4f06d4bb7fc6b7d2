namespace Playbook.Sales.Forecasts;

/// <summary>A sale as a forecast sees it.</summary>
/// <param name="Group">What decides its value, such as the product.</param>
/// <param name="Stage">Where it stood when it began; empty where nobody knows.</param>
/// <param name="EngagedOn">When it began to count.</param>
/// <param name="ClosedOn">When it was won or lost; null while it is open.</param>
/// <param name="IsWon">False for a lost one and while it is open.</param>
/// <param name="Value">What it brought; 0 unless it was won.</param>
public sealed record Deal(string Group, string Stage, DateOnly EngagedOn, DateOnly? ClosedOn, bool IsWon, double Value)
{
    /// <summary>Where it went later, earliest first. Where it ended must not be known to a forecast of before: that stage often is the outcome.</summary>
    public IReadOnlyList<StageMove> Moves { get; init; } = [];

    /// <summary>Where it stood on the evening of a day.</summary>
    public string StageOn(DateOnly day) => Moves.LastOrDefault(move => move.On <= day)?.Stage ?? Stage;

    /// <summary>All stages that it had come to by the evening of a day, each once.</summary>
    public IEnumerable<string> StagesUntil(DateOnly day) => Moves.Where(move => move.On <= day).Select(move => move.Stage).Prepend(Stage).Where(stage => stage.Length > 0).Distinct(StringComparer.Ordinal);
}

/// <summary>A sale came to a stage.</summary>
public sealed record StageMove(DateOnly On, string Stage);

/// <summary>From the first day to the last, both included.</summary>
public readonly record struct Period
{
    public Period(DateOnly first, DateOnly last)
    {
        if (last < first)
            throw new ArgumentException($"A period cannot end ({last:yyyy-MM-dd}) before it begins ({first:yyyy-MM-dd}).", nameof(last));
        First = first;
        Last = last;
    }

    public DateOnly First { get; }

    public DateOnly Last { get; }

    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>The last day on which nothing of the period is known.</summary>
    public DateOnly Origin => First.AddDays(-1);

    public bool Contains(DateOnly day) => day >= First && day <= Last;

    public static Period Month(int year, int month) => new(new DateOnly(year, month, 1), new DateOnly(year, month, 1).AddMonths(1).AddDays(-1));

    /// <param name="year">Such as 2026.</param>
    /// <param name="quarter">From 1 to 4.</param>
    public static Period Quarter(int year, int quarter) => new(new DateOnly(year, 3 * quarter - 2, 1), new DateOnly(year, 3 * quarter - 2, 1).AddMonths(3).AddDays(-1));
}
