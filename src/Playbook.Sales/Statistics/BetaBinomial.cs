using MathNet.Numerics;

namespace Playbook.Sales.Statistics;

/// <summary>
/// What is believed of two rates after so many answers, beginning from a flat belief (Beta 1, 1). Stopping when the expected
/// loss is small is sound advice about what to choose; it is no guard against false winners when looked at often.
/// </summary>
/// <param name="SecondIsBetter">The chance that the second rate is the higher one, from 0 to 1.</param>
/// <param name="LossOfFirst">What choosing the first is expected to cost, in rate: 0.002 is a fifth of a percent point.</param>
/// <param name="LossOfSecond">What choosing the second is expected to cost, in rate.</param>
public sealed record BetaBinomial(double SecondIsBetter, double LossOfFirst, double LossOfSecond)
{
    public static BetaBinomial Of(Proportion first, Proportion second)
    {
        var (a, b) = (Belief.After(first), Belief.After(second));
        var isBetter = ChanceOfMore(b, a);
        // E[max(b - a, 0)]: a factor b in the integral is the belief after one success more, times its mean.
        var gain = b.Mean * ChanceOfMore(b.OneMore, a) - a.Mean * ChanceOfMore(b, a.OneMore);
        var loss = a.Mean * ChanceOfMore(a.OneMore, b) - b.Mean * ChanceOfMore(a, b.OneMore);
        return new BetaBinomial(isBetter, Math.Max(0, gain), Math.Max(0, loss));
    }

    /// <summary>The chance that a rate drawn from <paramref name="one"/> is above one drawn from <paramref name="other"/>.</summary>
    private static double ChanceOfMore(Belief one, Belief other)
    {
        // The exact sum has as many terms as there are successes; over a shorter sum the same is said by its complement.
        if (one.Alpha > other.Alpha)
            return 1 - ChanceOfMore(other, one);
        var sum = 0.0;
        for (var i = 0L; i < (long)one.Alpha; i++)
            sum += Math.Exp(LogBeta(other.Alpha + i, one.Beta + other.Beta) - Math.Log(one.Beta + i) - LogBeta(1 + i, one.Beta) - LogBeta(other.Alpha, other.Beta));
        return Math.Clamp(sum, 0, 1);
    }

    private static double LogBeta(double a, double b) => SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);

    private readonly record struct Belief(double Alpha, double Beta)
    {
        public double Mean => Alpha / (Alpha + Beta);

        public Belief OneMore => this with { Alpha = Alpha + 1 };

        public static Belief After(Proportion seen) => new(seen.Successes + 1, seen.Trials - seen.Successes + 1);
    }
}
