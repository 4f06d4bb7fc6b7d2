using Playbook.Sales.Statistics;

namespace Playbook.Sales.Forecasts;

/// <summary>One forecast beside what came.</summary>
/// <param name="Band">Where the outcome was said to lie eight times of ten.</param>
public sealed record ForecastReceipt(Period Period, double Expected, Interval Band, double Actual);

/// <summary>How well one method did.</summary>
public sealed record MethodScore(string Method, IReadOnlyList<ForecastReceipt> Receipts)
{
    /// <summary>Sum of errors, without sign, over the sum of outcomes; 0 is perfect.</summary>
    public double Wape => Receipts.Sum(receipt => Math.Abs(receipt.Expected - receipt.Actual)) / Receipts.Sum(receipt => receipt.Actual);

    /// <summary>Sum of errors over the sum of outcomes: above 0 it promised too much.</summary>
    public double Bias => Receipts.Sum(receipt => receipt.Expected - receipt.Actual) / Receipts.Sum(receipt => receipt.Actual);

    /// <summary>The share of outcomes inside the band; 0.8 is what the bands claim.</summary>
    public double Coverage => Receipts.Average(receipt => receipt.Band.Contains(receipt.Actual) ? 1.0 : 0);

    /// <summary>
    /// How far the band's two ends were off, weighed as quantiles are (pinball loss at 0.1 and 0.9), over the sum of outcomes.
    /// </summary>
    public double PinballLoss => Receipts.Sum(receipt => Pinball(receipt.Band.Low, receipt.Actual, 0.1) + Pinball(receipt.Band.High, receipt.Actual, 0.9)) / 2 / Receipts.Sum(receipt => receipt.Actual);

    private static double Pinball(double quantile, double actual, double share) =>
        actual >= quantile ? share * (actual - quantile) : (1 - share) * (quantile - actual);
}

/// <summary>
/// Every method forecasts every period from what was known on the evening before (rolling origin), and is scored by what came.
/// Nothing is learned from a period before it is scored: neither chances nor bands nor which method is champion.
/// </summary>
public static class Backtest
{
    public static IReadOnlyList<MethodScore> Run(DealBook book, IReadOnlyList<Period> periods)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(periods);
        var methods = ForecastMethods.All.ToDictionary(method => method.Name, _ => new List<ForecastReceipt>());
        List<ForecastReceipt> champions = [];
        foreach (var period in periods)
        {
            var actual = book.Won(period);
            var forecast = Forecast.Make(book.Earlier(period.Origin), period);
            foreach (var said in forecast.Methods)
                methods[said.Method].Add(new ForecastReceipt(period, said.Expected, said.Band, actual));
            champions.Add(new ForecastReceipt(period, forecast.Expected, forecast.Band, actual));
        }

        return [.. methods.Select(method => new MethodScore(method.Key, method.Value)), new MethodScore(Forecast.TwoBest, champions)];
    }
}
