namespace Playbook.Sales.Metrics;

/// <summary>What is counted per day. The numbers are stored: they are never given anew.</summary>
public enum DayFact
{
    RunStarted = 1,

    /// <summary>An activity was reached.</summary>
    StepReached = 2,

    /// <summary>An activity was left, by its outcome.</summary>
    StepDone = 3,

    /// <summary>A person did a task, by rep, role and channel; with the time since it was opened.</summary>
    TaskDone = 4,

    /// <summary>A fact of the sales domain; the step is its name, the outcome what it is about.</summary>
    Stated = 5,

    /// <summary>A touch, by channel and rep; the outcome is its kind.</summary>
    Touch = 6,

    /// <summary>The run stopped at an incident.</summary>
    Faulted = 7,
}

/// <summary>One square of the count; what does not apply is empty.</summary>
/// <param name="Day">Days since 1 January of the year 1, in the company's own zone.</param>
public readonly record struct DayKey(DayFact Fact, int Day, string Playbook, string Step, string Outcome, string Rep, string Role, string Channel);

/// <summary>What stands in the square.</summary>
/// <param name="Count">How often.</param>
/// <param name="Late">Of those, how many after their due time.</param>
/// <param name="Seconds">How long all of them were open together.</param>
public readonly record struct DayCount(long Count, long Late, long Seconds)
{
    public static DayCount operator +(DayCount one, DayCount other) => new(one.Count + other.Count, one.Late + other.Late, one.Seconds + other.Seconds);

    public static DayCount Add(DayCount left, DayCount right) => left + right;
}
