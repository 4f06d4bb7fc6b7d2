namespace Playbook.Sales.Forecasts;

/// <summary>How wrong months were that were forecast so far ahead.</summary>
/// <param name="Months">1 is the evening before the month begins, 2 a month earlier.</param>
/// <param name="Wape">Sum of errors without sign over the sum of outcomes.</param>
/// <param name="Of">How many months were scored.</param>
public sealed record HorizonError(int Months, double Wape, int Of);

/// <summary>
/// How far ahead this company knows its months: each of the past months forecast from one, two, three … months before, with what
/// was known then. By one method, the one that follows a sale from its beginning: choosing the best for each distance afterwards
/// would be peeking.
/// </summary>
/// <param name="Target">The error that is called predictable.</param>
public sealed record PredictabilityClock(double Target, IReadOnlyList<HorizonError> Horizons)
{
    public const double UsualTarget = 0.2;

    /// <summary>Fewer scored months than this say nothing.</summary>
    public const int Fewest = 4;

    private const int Farthest = 6;
    private const int MostMonths = 12;

    public static string Method => new InflowAndDelay().Name;

    /// <summary>For how many months ahead, without a gap, the error stays within the target; null where nothing can be said.</summary>
    public int? MonthsAhead => Horizons.Count == 0 ? null : Horizons.TakeWhile(horizon => horizon.Wape <= Target).Count();

    public static PredictabilityClock Of(DealBook book, double target = UsualTarget)
    {
        ArgumentNullException.ThrowIfNull(book);
        var method = new InflowAndDelay();
        var closed = book.Deals.Where(deal => deal.ClosedOn is not null).Select(deal => deal.ClosedOn!.Value).ToList();
        List<HorizonError> horizons = [];
        if (closed.Count == 0)
            return new PredictabilityClock(target, horizons);
        var earliest = closed.Min().AddDays(91);
        var thisMonth = new DateOnly(book.Today.Year, book.Today.Month, 1);
        for (var ahead = 1; ahead <= Farthest; ahead++)
        {
            var (off, came, count) = (0.0, 0.0, 0);
            for (var back = 1; back <= MostMonths; back++)
            {
                var first = thisMonth.AddMonths(-back);
                var origin = first.AddMonths(1 - ahead).AddDays(-1);
                if (origin < earliest)
                    break;
                var month = Period.Month(first.Year, first.Month);
                var actual = book.Won(month);
                off += Math.Abs(method.Expect(book.Earlier(origin), month) - actual);
                came += actual;
                count++;
            }

            if (count < Fewest || came <= 0)
                break;
            horizons.Add(new HorizonError(ahead, off / came, count));
        }

        return new PredictabilityClock(target, horizons);
    }
}
