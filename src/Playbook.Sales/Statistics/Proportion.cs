using MathNet.Numerics.Distributions;

namespace Playbook.Sales.Statistics;

/// <summary>So many of so many, such as replies of mails sent.</summary>
public readonly record struct Proportion
{
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">0 or more.</param>
    public Proportion(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        Successes = successes;
        Trials = trials;
    }

    public long Successes { get; }

    public long Trials { get; }

    /// <summary>From 0 to 1; NaN without trials.</summary>
    public double Rate => (double)Successes / Trials;

    /// <summary>
    /// Wilson's score interval: right for small numbers and for rates near 0 and 1, where the textbook's is not. The whole
    /// line from 0 to 1 without trials. Wilson, JASA 22 (1927).
    /// </summary>
    /// <param name="level">Such as 0.95; above 0 and below 1.</param>
    public Interval Interval(double level = 0.95)
    {
        if (Trials == 0)
            return new Interval(0, 1);
        var z = StandardNormal.TwoSided(level);
        var center = (Rate + z * z / (2 * Trials)) / (1 + z * z / Trials);
        var half = z / (1 + z * z / Trials) * Math.Sqrt(Rate * (1 - Rate) / Trials + z * z / (4.0 * Trials * Trials));
        return new Interval(Math.Max(0, center - half), Math.Min(1, center + half));
    }
}

/// <summary>From <paramref name="Low"/> to <paramref name="High"/>, both included.</summary>
public readonly record struct Interval(double Low, double High)
{
    public bool Contains(double value) => value >= Low && value <= High;
}

internal static class StandardNormal
{
    /// <summary>How many standard deviations to both sides hold <paramref name="level"/> of the normal distribution: 1.96 for 0.95.</summary>
    public static double TwoSided(double level)
    {
        if (level is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level of confidence lies between 0 and 1, such as 0.95.");
        return Normal.InvCDF(0, 1, 1 - (1 - level) / 2);
    }

    /// <summary>The share of the normal distribution further out than <paramref name="z"/> on both sides.</summary>
    public static double BothTails(double z) => 2 * Normal.CDF(0, 1, -Math.Abs(z));
}
