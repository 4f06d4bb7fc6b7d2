namespace Playbook.Sales.Forecasts;

/// <summary>
/// From what came in and how it flows through: every day's new deals times the share that is won at the age they will have in the
/// period. It does not look at how the deals that are open now have fared.
/// </summary>
internal sealed class InflowAndDelay : IForecastMethod
{
    public string Name => "inflow × conversion × delay";

    public double Expect(DealBook book, Period period)
    {
        var (chances, values) = (WinChances.Learn(book), WonValues.Learn(book));
        var begun = book.Deals.Sum(deal =>
        {
            var age = period.First.DayNumber - deal.EngagedOn.DayNumber;
            return (chances.WonBy(age + period.Days) - chances.WonBy(age)) * values.MeanOf(deal.Group);
        });
        var (gap, perDay) = (period.First.DayNumber - book.Today.DayNumber - 1, Inflow.PerDay(book));
        return begun + (Inflow.Wins(perDay, chances, gap + period.Days) - Inflow.Wins(perDay, chances, gap)) * values.Mean;
    }
}
