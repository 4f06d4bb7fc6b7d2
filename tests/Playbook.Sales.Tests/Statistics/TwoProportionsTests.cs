using Playbook.Sales.Statistics;

namespace Playbook.Sales.Tests.Statistics;

public sealed class TwoProportionsTests
{
    [Fact]
    public void The_pooled_test_says_what_R_says()
    {
        // prop.test(c(15, 25), c(50, 50), correct = FALSE): X-squared = 4.1667, p-value = 0.04123
        var compared = TwoProportions.Compare(new Proportion(15, 50), new Proportion(25, 50))!;

        Assert.Equal(4.1667, compared.Z * compared.Z, 4);
        Assert.Equal(0.04123, compared.PValue, 5);
        Assert.Equal(0.2, compared.Difference, 12);
    }

    [Theory]
    // Newcombe (1998), table II, method 10: 56/70 against 48/80, 9/10 against 3/10, 10/10 against 0/20.
    [InlineData(48, 80, 56, 70, 0.0524, 0.3339)]
    [InlineData(3, 10, 9, 10, 0.1705, 0.8090)]
    [InlineData(0, 20, 10, 10, 0.6791, 1.0000)]
    public void The_bounds_of_the_difference_are_those_that_Newcombe_published(long a, long n, long b, long m, double low, double high)
    {
        var bounds = TwoProportions.Compare(new Proportion(a, n), new Proportion(b, m))!.Bounds;

        Assert.Equal(low, bounds.Low, 4);
        Assert.Equal(high, bounds.High, 4);
    }

    [Theory]
    // Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3.
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_intervals_are_those_published(long successes, long trials, double low, double high)
    {
        var bounds = new Proportion(successes, trials).Interval();

        Assert.Equal(low, bounds.Low, 4);
        Assert.Equal(high, bounds.High, 4);
    }

    [Theory]
    [InlineData(0.02, 0.03, 3823)]
    [InlineData(0.02, 0.04, 1139)]
    [InlineData(0.05, 0.06, 8155)]
    [InlineData(0.05, 0.07, 2210)]
    [InlineData(0.05, 0.08, 1057)]
    [InlineData(0.05, 0.10, 432)]
    [InlineData(0.10, 0.13, 1772)]
    [InlineData(0.10, 0.15, 683)]
    [InlineData(0.20, 0.25, 1091)]
    [InlineData(0.20, 0.30, 291)]
    public void The_planner_gives_the_sizes_of_the_published_table(double rate, double hoped, long perArm) =>
        Assert.Equal(perArm, SampleSize.PerArm(rate, hoped));

    [Theory]
    [InlineData(50, 0.190)]
    [InlineData(100, 0.122)]
    [InlineData(200, 0.079)]
    [InlineData(400, 0.052)]
    [InlineData(1000, 0.031)]
    public void The_smallest_rise_that_can_be_seen_is_that_of_the_published_table(long perArm, double rise) =>
        Assert.Equal(rise, SampleSize.SmallestRise(0.05, perArm)!.Value, 3);

    [Fact]
    public void A_high_rate_cannot_be_seen_to_rise_with_few_trials() => Assert.Null(SampleSize.SmallestRise(0.9, 30));

    [Fact]
    public void Nothing_is_compared_with_nobody() => Assert.Null(TwoProportions.Compare(new Proportion(0, 0), new Proportion(1, 2)));

    [Fact]
    public void Two_rates_of_zero_do_not_differ()
    {
        var compared = TwoProportions.Compare(new Proportion(0, 40), new Proportion(0, 60))!;

        Assert.Equal(1, compared.PValue);
        Assert.True(compared.Bounds.Contains(0));
    }
}
