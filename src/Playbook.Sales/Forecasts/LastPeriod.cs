namespace Playbook.Sales.Forecasts;

/// <summary>
/// As much as in the days before, as many of them as the period has (where fewer are known, at their pace): whoever cannot beat
/// this knows nothing.
/// </summary>
internal sealed class LastPeriod : IForecastMethod
{
    public string Name => "last period";

    public double Expect(DealBook book, Period period)
    {
        var first = book.Deals.Where(deal => deal.ClosedOn is not null).Select(deal => deal.ClosedOn!.Value.DayNumber).DefaultIfEmpty(book.Today.DayNumber).Min();
        var known = Math.Clamp(book.Today.DayNumber - first + 1, 1, period.Days);
        return book.Won(new Period(book.Today.AddDays(1 - known), book.Today)) * period.Days / known;
    }
}
