namespace Playbook.Sales.Forecasts;

/// <summary>All deals as they were known on the evening of a day: what came later is not in it, so no forecast can peek.</summary>
public sealed class DealBook
{
    private DealBook(IReadOnlyList<Deal> deals, DateOnly today)
    {
        Deals = deals;
        Today = today;
    }

    public DateOnly Today { get; }

    public IReadOnlyList<Deal> Deals { get; }

    public IEnumerable<Deal> Open => Deals.Where(deal => deal.ClosedOn is null);

    /// <summary>What is known of <paramref name="deals"/> on the evening of <paramref name="today"/>.</summary>
    public static DealBook On(DateOnly today, IEnumerable<Deal> deals)
    {
        ArgumentNullException.ThrowIfNull(deals);
        return new DealBook([.. deals.Where(deal => deal.EngagedOn <= today).Select(deal => deal.ClosedOn > today ? StillOpen(deal) : deal)], today);
    }

    /// <summary>The same some days ago.</summary>
    public DealBook Earlier(DateOnly day)
    {
        if (day > Today)
            throw new ArgumentException($"What will be known on {day:yyyy-MM-dd} is not known on {Today:yyyy-MM-dd}.", nameof(day));
        return On(day, Deals);
    }

    /// <summary>The value won in a period that is over.</summary>
    public double Won(Period period)
    {
        if (period.Last > Today)
            throw new ArgumentException($"The period ends on {period.Last:yyyy-MM-dd}, and only what happened until {Today:yyyy-MM-dd} is known.", nameof(period));
        return Deals.Where(deal => deal.IsWon && period.Contains(deal.ClosedOn!.Value)).Sum(deal => deal.Value);
    }

    private static Deal StillOpen(Deal deal) => deal with { ClosedOn = null, IsWon = false, Value = 0 };
}
