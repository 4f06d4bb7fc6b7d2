namespace Playbook.Sales.Goals;

/// <summary>Whether enough work goes into the early phases for the rest of a goal: closing all day starves the months to come.</summary>
/// <param name="NeededPerWeek">Hours on lead generation and appointments that the goal asks for.</param>
/// <param name="SpentPerWeek">Hours that were spent.</param>
/// <param name="Begun">How many begun sales the hours for one are told from.</param>
public sealed record Starvation(double NeededPerWeek, double SpentPerWeek, long Begun)
{
    /// <summary>Fewer begun or decided sales than this tell nothing of what one costs.</summary>
    public const long Fewest = 12;

    public bool IsStarving => SpentPerWeek < NeededPerWeek;

    /// <summary>Null where too few sales were begun or decided, or the goal has no weeks left.</summary>
    /// <param name="goalLeft">What is left to win.</param>
    /// <param name="weeksLeft">Until the goal's date.</param>
    /// <param name="open">Sales that are open already.</param>
    /// <param name="won">Sales won in the period.</param>
    /// <param name="closed">Sales won or lost in it.</param>
    /// <param name="value">What the won ones brought.</param>
    /// <param name="begun">Sales begun in it.</param>
    /// <param name="earlyHours">Hours on the early phases in it.</param>
    /// <param name="weeks">Of the period.</param>
    public static Starvation? Of(double goalLeft, double weeksLeft, long open, long won, long closed, double value, long begun, double earlyHours, double weeks)
    {
        if (begun < Fewest || closed < Fewest || won == 0 || value <= 0 || weeksLeft <= 0 || weeks <= 0 || earlyHours <= 0)
            return null;
        var salesNeeded = Math.Max(0, goalLeft / (value / won) / ((double)won / closed) - open);
        return new Starvation(salesNeeded / weeksLeft * (earlyHours / begun), earlyHours / weeks, begun);
    }
}
