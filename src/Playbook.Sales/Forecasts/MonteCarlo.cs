using MathNet.Numerics.Distributions;

namespace Playbook.Sales.Forecasts;

/// <summary>
/// The period lived through a thousand times: every open deal won or not, new ones coming in by chance, and one good or bad wind
/// for all of them together. Without that wind the outcomes would lie far too close together.
/// </summary>
public sealed class MonteCarlo : IForecastMethod
{
    private const int Lives = 1_000;
    private const int Seed = 7;

    /// <summary>How strong the common wind is where the past is too short to tell: the standard deviation of its logarithm.</summary>
    private const double UnknownWind = 0.2;

    public string Name => "Monte Carlo";

    public double Expect(DealBook book, Period period) => Outcomes(book, period).Average();

    /// <summary>What came of each life, smallest first.</summary>
    public static IReadOnlyList<double> Outcomes(DealBook book, Period period)
    {
        ArgumentNullException.ThrowIfNull(book);
        var (chances, values) = (WinChances.Learn(book), WonValues.Learn(book));
        var gap = period.First.DayNumber - book.Today.DayNumber - 1;
        var open = book.Open.Select(deal => (deal.Group, Chance: StageAndAge.Chance(chances, book.Today.DayNumber - deal.EngagedOn.DayNumber, gap, period.Days))).Where(deal => deal.Chance > 0).ToList();
        var perDay = Inflow.PerDay(book);
        var coming = Inflow.Wins(perDay, chances, gap + period.Days) - Inflow.Wins(perDay, chances, gap);
        var wind = Wind(book);
        // The same book must give the same answer.
        var random = new Random(Seed);
        var outcomes = new double[Lives];
        for (var life = 0; life < Lives; life++)
        {
            var luck = Math.Exp(wind * Normal.Sample(random, 0, 1) - wind * wind / 2);
            foreach (var (group, chance) in open)
                if (random.NextDouble() < chance * luck)
                    outcomes[life] += values.Draw(group, random);
            for (var wins = Poisson.Sample(random, Math.Max(1e-9, coming * luck)); wins > 0; wins--)
                outcomes[life] += values.Draw(random);
        }

        Array.Sort(outcomes);
        return outcomes;
    }

    /// <summary>How much more four weeks differ from one another than chance alone would make them.</summary>
    private static double Wind(DealBook book)
    {
        var won = book.Deals.Where(deal => deal.IsWon).ToList();
        if (won.Count == 0)
            return UnknownWind;
        var spans = (book.Today.DayNumber - won.Min(deal => deal.ClosedOn!.Value.DayNumber) + 1) / 28;
        if (spans < 3)
            return UnknownWind;
        double[] counts = [.. Enumerable.Range(0, spans).Select(span => (double)won.Count(deal => (book.Today.DayNumber - deal.ClosedOn!.Value.DayNumber) / 28 == span))];
        var mean = counts.Average();
        var variance = counts.Sum(count => (count - mean) * (count - mean)) / (spans - 1);
        return mean == 0 ? UnknownWind : Math.Sqrt(Math.Log(1 + Math.Max(0, variance - mean) / (mean * mean)));
    }
}
