namespace Playbook.Sales.Metrics;

/// <summary>What sums are asked for by.</summary>
public enum DayPart
{
    /// <summary>As the number of the day.</summary>
    Day,

    /// <summary>As the number of its Monday.</summary>
    Week,

    Playbook,
    Step,
    Outcome,
    Rep,
    Role,
    Channel,
}

/// <summary>What to sum up; what is null does not matter.</summary>
public sealed record DayQuestion(DayFact Fact, DateOnly First, DateOnly Last)
{
    public string? Playbook { get; init; }
    public string? Step { get; init; }
    public string? Outcome { get; init; }
    public string? Rep { get; init; }
    public string? Channel { get; init; }
    public string? Role { get; init; }
}

/// <summary>A sum.</summary>
/// <param name="Group">One for each part asked for.</param>
public sealed record DaySum(IReadOnlyList<string> Group, DayCount Count)
{
    /// <summary>The part that is a day or a week.</summary>
    public DateOnly DayAt(int place) => DateOnly.FromDayNumber(int.Parse(Group[place], System.Globalization.CultureInfo.InvariantCulture));
}
