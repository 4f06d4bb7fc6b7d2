namespace Playbook.Sales.Forecasts;

/// <summary>
/// Why a period brought more or less than was forecast. What was won is the sales in play × the share of them decided in the
/// period × the share won of those × the value of a win; each part is held against what the forecast took for granted, and the
/// four differences add up to the miss. Each is the mean over all orders in which the four could be exchanged (Shapley, 1953),
/// so that none of them is blamed for coming first.
/// </summary>
/// <param name="Volume">From more or fewer sales in play.</param>
/// <param name="Timing">From more or fewer of them decided in the period.</param>
/// <param name="Conversion">From more or fewer of the decided ones won.</param>
/// <param name="Value">From bigger or smaller wins.</param>
/// <param name="InPlay">Sales open on the evening before, and begun in the period.</param>
/// <param name="Decided">Of those, won or lost in the period.</param>
/// <param name="Won">Of those, won.</param>
public sealed record MissSplit(ForecastReceipt Receipt, double Volume, double Timing, double Conversion, double Value, int InPlay, int Decided, int Won)
{
    /// <summary>Fewer decided sales than this, in the period or in the year before it, tell nothing of why.</summary>
    public const int Fewest = 12;

    public double Miss => Receipt.Actual - Receipt.Expected;

    /// <summary>Null where too few sales were decided, or nothing was expected.</summary>
    /// <param name="book">As it is known now, after the period.</param>
    /// <param name="receipt">What was forecast on the evening before the period, and what came.</param>
    public static MissSplit? Of(DealBook book, ForecastReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(receipt);
        var (period, before) = (receipt.Period, book.Earlier(receipt.Period.Origin));
        var year = before.Deals.Where(deal => deal.ClosedOn > before.Today.AddDays(-365)).ToList();
        var inPlay = book.Deals.Count(deal => deal.EngagedOn <= period.Last && !(deal.ClosedOn < period.First));
        var decided = book.Deals.Where(deal => deal.ClosedOn is { } day && period.Contains(day)).ToList();
        var won = decided.Where(deal => deal.IsWon).ToList();
        if (decided.Count < Fewest || year.Count < Fewest || receipt.Expected <= 0)
            return null;
        var wins = year.Where(deal => deal.IsWon).ToList();
        if (wins.Count == 0)
            return null;
        // What the forecast took for granted: the inflow of the weeks before, the year's win rate and value of a win, and
        // therefore so many decisions as its figure needs.
        var (playThen, rateThen, valueThen) = (before.Open.Count() + Inflow.PerDay(before) * period.Days, (double)wins.Count / year.Count, wins.Average(deal => deal.Value));
        if (playThen <= 0 || valueThen <= 0)
            return null;
        double[] then = [playThen, receipt.Expected / (playThen * rateThen * valueThen), rateThen, valueThen];
        double[] now = [inPlay, (double)decided.Count / inPlay, (double)won.Count / decided.Count, won.Count == 0 ? valueThen : won.Average(deal => deal.Value)];
        var parts = Shares(then, now);
        return new MissSplit(receipt, parts[0], parts[1], parts[2], parts[3], inPlay, decided.Count, won.Count);
    }

    /// <summary>Of the difference of two products, what each factor has to do with it.</summary>
    internal static double[] Shares(double[] then, double[] now)
    {
        var count = then.Length;
        var shares = new double[count];
        for (var set = 0; set < 1 << count; set++)
        {
            var size = System.Numerics.BitOperations.PopCount((uint)set);
            for (var factor = 0; factor < count; factor++)
                if ((set & 1 << factor) == 0)
                    shares[factor] += Factorial(size) * Factorial(count - size - 1) / Factorial(count) * (Product(set | 1 << factor) - Product(set));
        }

        return shares;

        double Product(int set) => Enumerable.Range(0, count).Aggregate(1.0, (product, factor) => product * ((set & 1 << factor) == 0 ? then : now)[factor]);
    }

    private static double Factorial(int number) => number < 2 ? 1 : number * Factorial(number - 1);
}
