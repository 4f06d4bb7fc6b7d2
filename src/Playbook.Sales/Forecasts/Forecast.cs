using Playbook.Sales.Statistics;

namespace Playbook.Sales.Forecasts;

/// <summary>What one method says of a period.</summary>
/// <param name="PastError">Its WAPE over the trials before; null where the past is too short for one.</param>
public sealed record MethodForecast(string Method, double Expected, Interval Band, double? PastError);

/// <summary>
/// What a period is expected to bring: the mean of the two methods that erred least so far, with a band as wide as their errors
/// were. A single number is never given alone.
/// </summary>
/// <param name="Champion">The method that erred least so far; last period as long as nobody can tell.</param>
public sealed record Forecast(Period Period, double Expected, Interval Band, string Champion, IReadOnlyList<MethodForecast> Methods)
{
    public const string TwoBest = "the two best so far";

    /// <summary>The share of outcomes that bands are to hold.</summary>
    public const double BandHolds = 0.8;

    private const int Trials = 12;
    private const int FewestForBand = 4;
    private const int FewestForChampion = 2;

    public static Forecast Make(DealBook book, Period period)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (period.First <= book.Today)
            throw new ArgumentException($"The period begins on {period.First:yyyy-MM-dd}, and the book is of {book.Today:yyyy-MM-dd}: there is nothing left to forecast.", nameof(period));
        var trials = Past(book, period).Select(trial => (Book: book.Earlier(trial.Origin), Period: trial, Actual: book.Won(trial))).ToList();
        var chance = Spread(MonteCarlo.Outcomes(book, period));
        var methods = ForecastMethods.All.Select(method => Say(method, book, period, trials, chance)).ToList();
        var best = methods.OrderBy(method => method.PastError ?? (method == methods[0] ? 0 : double.MaxValue)).Take(2).ToList();
        if (trials.Count < FewestForChampion)
            best = [methods[0]];
        return new Forecast(
            period,
            best.Average(method => method.Expected),
            new Interval(best.Average(method => method.Band.Low), best.Average(method => method.Band.High)),
            best[0].Method,
            methods);
    }

    /// <summary>Periods of the same length that are over, a quarter of the length apart, the latest first, as far as there were closed deals before them.</summary>
    private static IEnumerable<Period> Past(DealBook book, Period period)
    {
        var closed = book.Deals.Where(deal => deal.ClosedOn is not null).Select(deal => deal.ClosedOn!.Value).ToList();
        if (closed.Count == 0)
            yield break;
        var earliest = closed.Min().AddDays(period.Days);
        var step = Math.Max(7, period.Days / 4);
        for (var trial = 0; trial < Trials; trial++)
        {
            var last = book.Today.AddDays(-trial * step);
            var first = last.AddDays(1 - period.Days);
            if (first < earliest)
                yield break;
            yield return new Period(first, last);
        }
    }

    private static MethodForecast Say(IForecastMethod method, DealBook book, Period period, List<(DealBook Book, Period Period, double Actual)> trials, double chance)
    {
        var expected = method.Expect(book, period);
        var past = trials.Select(trial => (Said: method.Expect(trial.Book, trial.Period), trial.Actual)).ToList();
        double? error = past.Sum(one => one.Actual) is > 0 and var all ? past.Sum(one => Math.Abs(one.Said - one.Actual)) / all : null;
        // How far, as a share of what it said, it was off; the trials overlap, so chance alone sets the least width.
        double[] off = [.. past.Where(one => one.Said > 0).Select(one => Math.Abs(one.Actual - one.Said) / one.Said).Order()];
        var width = off.Length >= FewestForBand ? Math.Max(chance, off[(int)Math.Ceiling(BandHolds * (off.Length + 1)) - 1 is var place && place < off.Length ? place : off.Length - 1]) : Math.Max(chance, off.DefaultIfEmpty(0).Max());
        return new MethodForecast(method.Name, expected, new Interval(Math.Max(0, expected * (1 - width)), expected * (1 + width)), error);
    }

    /// <summary>Half of what eight of ten outcomes lie between, as a share of their mean.</summary>
    private static double Spread(IReadOnlyList<double> outcomes)
    {
        var mean = outcomes.Average();
        return mean <= 0 ? 1 : (outcomes[(int)(0.9 * outcomes.Count)] - outcomes[(int)(0.1 * outcomes.Count)]) / 2 / mean;
    }
}
