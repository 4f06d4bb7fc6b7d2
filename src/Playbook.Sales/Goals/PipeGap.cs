namespace Playbook.Sales.Goals;

/// <summary>Whether enough sales are open for what is left of a goal, and when they will no longer be.</summary>
/// <param name="Open">Sales open now.</param>
/// <param name="Needed">Open sales that the rest of the goal asks for, by the win rate and the value of a win.</param>
/// <param name="FallsShortOn">The day from which there are too few at today's input; null where that is not in sight within a year.</param>
public sealed record PipeGap(long Open, double Needed, DateOnly? FallsShortOn)
{
    private const int Farthest = 365;

    /// <param name="today">Where it is seen from.</param>
    /// <param name="open">Sales open now.</param>
    /// <param name="goalLeft">What is left to win, 0 or more.</param>
    /// <param name="winRate">Won of closed, above 0.</param>
    /// <param name="valueOfWin">Above 0.</param>
    /// <param name="begunPerWeek">Sales that come in.</param>
    /// <param name="closedPerWeek">Sales that are won or lost.</param>
    public static PipeGap For(DateOnly today, long open, double goalLeft, double winRate, double valueOfWin, double begunPerWeek, double closedPerWeek)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(winRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(valueOfWin);
        var needed = goalLeft / (winRate * valueOfWin);
        if (open < needed)
            return new PipeGap(open, needed, today);
        var lostPerDay = (closedPerWeek - begunPerWeek) / 7;
        var days = lostPerDay > 0 ? (open - needed) / lostPerDay : double.PositiveInfinity;
        return new PipeGap(open, needed, days <= Farthest ? today.AddDays((int)Math.Ceiling(days)) : null);
    }
}
