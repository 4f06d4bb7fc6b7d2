using MathNet.Numerics.Distributions;

namespace Playbook.Sales.Statistics;

/// <summary>Whether the variants got the shares that they were meant to get. Where they did not, something sorts people before they are counted, and no result can be trusted.</summary>
public static class SampleRatio
{
    /// <summary>Below this the shares are wrong: strict, because it is looked at daily.</summary>
    public const double Alarm = 0.001;

    /// <summary>The chance of shares at least as far off, by the chi-square test; 1 where nobody was counted.</summary>
    /// <param name="counts">How many each variant got.</param>
    /// <param name="weights">What each was meant to get, in any unit; above 0.</param>
    public static double PValue(IReadOnlyList<long> counts, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(weights);
        if (counts.Count != weights.Count || counts.Count < 2)
            throw new ArgumentException($"There are {counts.Count} counts for {weights.Count} weights; give one weight for each of two variants or more.", nameof(weights));
        if (weights.Any(weight => !(weight > 0)))
            throw new ArgumentException("A variant with no weight can get nobody; leave it out.", nameof(weights));
        var (all, whole) = (counts.Sum(), weights.Sum());
        if (all == 0)
            return 1;
        var distance = counts.Zip(weights, (count, weight) => (Count: count, Meant: all * weight / whole)).Sum(one => (one.Count - one.Meant) * (one.Count - one.Meant) / one.Meant);
        return 1 - ChiSquared.CDF(counts.Count - 1, distance);
    }
}
