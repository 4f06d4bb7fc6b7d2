using MathNet.Numerics.Distributions;

namespace Playbook.Sales.Statistics;

/// <summary>
/// Whether two rates differ, looked at once, when the size planned beforehand is reached. Looked at again and again it finds
/// differences where there are none: use <see cref="AnytimeTest"/> for that.
/// </summary>
/// <param name="Difference">Second rate less first, from -1 to 1.</param>
/// <param name="Bounds">Of the difference, at 95 %; Newcombe's method 10, Statistics in Medicine 17 (1998).</param>
/// <param name="Z">The pooled test's statistic; 0 where both rates are 0 or both are 1.</param>
/// <param name="PValue">Two-sided.</param>
public sealed record TwoProportions(double Difference, Interval Bounds, double Z, double PValue)
{
    /// <summary>Null where one of the two has no trials: then there is nothing to compare.</summary>
    public static TwoProportions? Compare(Proportion first, Proportion second)
    {
        if (first.Trials == 0 || second.Trials == 0)
            return null;
        var difference = second.Rate - first.Rate;
        var pooled = new Proportion(first.Successes + second.Successes, first.Trials + second.Trials).Rate;
        var spread = Math.Sqrt(pooled * (1 - pooled) * (1.0 / first.Trials + 1.0 / second.Trials));
        var z = spread > 0 ? difference / spread : 0;
        return new TwoProportions(difference, Newcombe(first, second, difference), z, StandardNormal.BothTails(z));
    }

    private static Interval Newcombe(Proportion first, Proportion second, double difference)
    {
        var (one, two) = (first.Interval(), second.Interval());
        return new Interval(
            difference - double.Hypot(second.Rate - two.Low, one.High - first.Rate),
            difference + double.Hypot(two.High - second.Rate, first.Rate - one.Low));
    }
}

/// <summary>How many it takes to see a difference of two rates, two-sided, with unpooled variance.</summary>
public static class SampleSize
{
    /// <summary>Trials for each of the two, rounded up.</summary>
    /// <param name="rate">The rate now, above 0 and below 1.</param>
    /// <param name="hoped">The rate worth seeing, above 0 and below 1, another than <paramref name="rate"/>.</param>
    /// <param name="alpha">The share of false alarms allowed, such as 0.05.</param>
    /// <param name="power">The chance to see it where it is there, such as 0.8.</param>
    public static long PerArm(double rate, double hoped, double alpha = 0.05, double power = 0.8)
    {
        CheckRate(rate, nameof(rate));
        CheckRate(hoped, nameof(hoped));
        if (rate == hoped)
            throw new ArgumentException($"No number of trials shows a difference where there is none: both rates are {rate:0.###}. Say what rate would be worth seeing.", nameof(hoped));
        return (long)Math.Ceiling(Needed(rate, hoped, alpha, power));
    }

    /// <summary>The smallest rise above <paramref name="rate"/> that <paramref name="perArm"/> trials each can show; null where even a rise to 1 is too small.</summary>
    public static double? SmallestRise(double rate, long perArm, double alpha = 0.05, double power = 0.8)
    {
        CheckRate(rate, nameof(rate));
        ArgumentOutOfRangeException.ThrowIfLessThan(perArm, 1);
        const double Top = 1 - 1e-9;
        if (Needed(rate, Top, alpha, power) > perArm)
            return null;
        // The trials needed fall as the rise grows, so halving finds the place.
        var (low, high) = (rate, Top);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            if (middle <= rate || Needed(rate, middle, alpha, power) > perArm)
                low = middle;
            else
                high = middle;
        }

        return high - rate;
    }

    private static double Needed(double rate, double hoped, double alpha, double power)
    {
        var z = StandardNormal.TwoSided(1 - alpha) + Normal.InvCDF(0, 1, power);
        var difference = hoped - rate;
        return z * z * (rate * (1 - rate) + hoped * (1 - hoped)) / (difference * difference);
    }

    private static void CheckRate(double rate, string name)
    {
        if (rate is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(name, rate, "A rate lies between 0 and 1, such as 0.05 for 5 %.");
    }
}
