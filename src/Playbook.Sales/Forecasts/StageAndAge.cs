namespace Playbook.Sales.Forecasts;

/// <summary>
/// Each open deal by the chance that one of its age is won within the period, and the deals still to come by how fast deals are
/// won from their first day.
/// </summary>
internal sealed class StageAndAge : IForecastMethod
{
    public string Name => "stage × age";

    public double Expect(DealBook book, Period period)
    {
        var (chances, values) = (WinChances.Learn(book), WonValues.Learn(book));
        var gap = period.First.DayNumber - book.Today.DayNumber - 1;
        var open = book.Open.Sum(deal => Chance(chances, book.Today.DayNumber - deal.EngagedOn.DayNumber, gap, period.Days) * values.MeanOf(deal.Group));
        var perDay = Inflow.PerDay(book);
        return open + (Inflow.Wins(perDay, chances, gap + period.Days) - Inflow.Wins(perDay, chances, gap)) * values.Mean;
    }

    /// <summary>Won in the period, and not in the days before it.</summary>
    internal static double Chance(WinChances chances, int age, int gap, int days) => chances.WinWithin(age, gap + days) - (gap == 0 ? 0 : chances.WinWithin(age, gap));
}
