namespace Playbook.Sales.Statistics;

/// <summary>How often chance alone gives as much as was seen, found by shuffling; the same seed gives the same answer.</summary>
public static class PermutationTest
{
    /// <summary>
    /// Whether the means of two groups differ, two-sided. The seen arrangement counts among the shuffled ones, so the answer is
    /// never 0. Phipson and Smyth, SAGMB 9 (2010).
    /// </summary>
    public static double DifferenceOfMeans(IReadOnlyList<double> first, IReadOnlyList<double> second, int shuffles = 10_000, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || second.Count == 0)
            return 1;
        double[] all = [.. first, .. second];
        var seen = Math.Abs(Difference(all, first.Count));
        return Share(shuffles, seed, random =>
        {
            random.Shuffle(all);
            return Math.Abs(Difference(all, first.Count)) >= seen - 1e-12 * (1 + seen);
        });
    }

    /// <summary>
    /// Whether actions go before results: the correlation of <paramref name="actions"/> with <paramref name="results"/>
    /// <paramref name="lag"/> steps later, and how often as strong a one comes from shifting one series against the other
    /// around a circle. Shifts keep each series as bumpy as it is; shuffling would call any two slow series related.
    /// Null where fewer than eight pairs are left or one series never changes.
    /// </summary>
    public static LaggedCorrelation? Lagged(IReadOnlyList<double> actions, IReadOnlyList<double> results, int lag)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentOutOfRangeException.ThrowIfNegative(lag);
        var pairs = Math.Min(actions.Count, results.Count - lag);
        if (pairs < 8)
            return null;
        double[] x = [.. actions.Take(pairs)], y = [.. results.Skip(lag).Take(pairs)];
        if (Correlation(x, y, 0) is not { } seen)
            return null;
        var asStrong = 0;
        for (var shift = 0; shift < pairs; shift++)
            if (Math.Abs(Correlation(x, y, shift) ?? 0) >= Math.Abs(seen) - 1e-12)
                asStrong++;
        return new LaggedCorrelation(lag, seen, (double)asStrong / pairs, pairs);
    }

    private static double Share(int shuffles, int seed, Func<Random, bool> isAsMuch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shuffles, 1);
        // The same question must get the same answer tomorrow.
        var random = new Random(seed);
        var asMuch = 1;
        for (var i = 0; i < shuffles; i++)
            asMuch += isAsMuch(random) ? 1 : 0;
        return (double)asMuch / (shuffles + 1);
    }

    private static double Difference(double[] all, int firstCount)
    {
        var (first, second) = (0.0, 0.0);
        for (var i = 0; i < all.Length; i++)
            if (i < firstCount)
                first += all[i];
            else
                second += all[i];
        return second / (all.Length - firstCount) - first / firstCount;
    }

    private static double? Correlation(double[] x, double[] y, int shift)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[(i + shift) % y.Length] - meanY);
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : null;
    }
}

/// <param name="Lag">How many steps the results came later.</param>
/// <param name="Correlation">Pearson's, from -1 to 1.</param>
/// <param name="PValue">Two-sided; at least 1 in <paramref name="Pairs"/>.</param>
/// <param name="Pairs">How many steps were compared.</param>
public sealed record LaggedCorrelation(int Lag, double Correlation, double PValue, int Pairs);
