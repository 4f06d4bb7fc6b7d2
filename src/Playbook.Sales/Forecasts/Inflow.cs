namespace Playbook.Sales.Forecasts;

/// <summary>How many deals begin a day, as over the last eight weeks.</summary>
internal static class Inflow
{
    private const int Days = 56;

    public static double PerDay(DealBook book)
    {
        var known = book.Deals.Count == 0 ? Days : Math.Clamp(book.Today.DayNumber - book.Deals.Min(deal => deal.EngagedOn.DayNumber) + 1, 7, Days);
        return (double)book.Deals.Count(deal => deal.EngagedOn.DayNumber > book.Today.DayNumber - known) / known;
    }

    /// <summary>How many of those that begin after today are won in the next <paramref name="days"/>.</summary>
    public static double Wins(double perDay, WinChances chances, int days)
    {
        var wins = 0.0;
        for (var day = 1; day <= days; day++)
            wins += perDay * chances.WonBy(days - day + 0.5);
        return wins;
    }
}
