using Beta = MathNet.Numerics.Distributions.Beta;
using Normal = MathNet.Numerics.Distributions.Normal;
using Playbook.Sales.Statistics;

namespace Playbook.Sales.Tests.Statistics;

public sealed class BetaBinomialTests
{
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(31, 612, 44, 598)]
    [InlineData(1, 20, 5, 18)]
    [InlineData(480, 1000, 500, 1000)]
    [InlineData(0, 50, 0, 10)]
    [InlineData(9, 10, 2, 30)]
    public void Chance_and_losses_are_what_adding_up_the_plane_by_small_squares_gives(long a, long n, long b, long m)
    {
        var belief = BetaBinomial.Of(new Proportion(a, n), new Proportion(b, m));

        var (chance, lossOfFirst, lossOfSecond) = ByQuadrature(a, n, b, m);
        Assert.Equal(chance, belief.SecondIsBetter, 4);
        Assert.Equal(lossOfFirst, belief.LossOfFirst, 5);
        Assert.Equal(lossOfSecond, belief.LossOfSecond, 5);
    }

    [Fact]
    public void Swapping_the_two_swaps_the_answer()
    {
        var (one, other) = (new Proportion(31, 612), new Proportion(44, 598));
        var (there, back) = (BetaBinomial.Of(one, other), BetaBinomial.Of(other, one));

        Assert.Equal(there.SecondIsBetter, 1 - back.SecondIsBetter, 10);
        Assert.Equal(there.LossOfFirst, back.LossOfSecond, 10);
    }

    [Fact]
    public void A_hundred_thousand_answers_are_no_trouble()
    {
        var belief = BetaBinomial.Of(new Proportion(50_000, 100_000), new Proportion(50_500, 100_000));

        Assert.Equal(Normal.CDF(0, 1, 0.005 / Math.Sqrt(0.25 / 100_000 * 2)), belief.SecondIsBetter, 3);
    }

    /// <summary>The same by another way: the density of the one times the distribution of the other, over 20,000 places.</summary>
    private static (double Chance, double LossOfFirst, double LossOfSecond) ByQuadrature(long a, long n, long b, long m)
    {
        const int Places = 20_000;
        var (first, second) = (new Beta(a + 1, n - a + 1), new Beta(b + 1, m - b + 1));
        var (chance, gain, loss) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Places; i++)
        {
            var x = (i + 0.5) / Places;
            chance += second.Density(x) * first.CumulativeDistribution(x) / Places;
            // E[max(b - a, 0)] is the integral of P(a < x < b) over x.
            gain += first.CumulativeDistribution(x) * (1 - second.CumulativeDistribution(x)) / Places;
            loss += second.CumulativeDistribution(x) * (1 - first.CumulativeDistribution(x)) / Places;
        }

        return (chance, gain, loss);
    }
}
