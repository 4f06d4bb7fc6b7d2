using Playbook.Sales.Statistics;

namespace Playbook.Sales.Tests.Statistics;

public sealed class ControlLimitsTests
{
    [Fact]
    public void A_steady_series_gives_no_signal()
    {
        var limits = ControlLimits.Of([7, 8, 6, 7, 9, 7, 6, 8, 7, 7])!;

        Assert.Equal(7.2, limits.Center, 10);
        Assert.Empty(limits.Signals);
    }

    [Fact]
    public void A_jump_is_a_signal_where_it_happened()
    {
        double[] values = [7, 8, 6, 7, 9, 7, 6, 25, 7, 7, 8, 7];

        Assert.Equal([7], ControlLimits.Of(values)!.Signals);
    }

    [Fact]
    public void Eight_in_a_row_below_the_mean_are_a_signal_though_each_alone_is_usual()
    {
        double[] values = [9, 8, 9, 8, 9, 8, 9, 8, 6, 7, 6, 7, 6, 7, 6, 7];

        Assert.Contains(15, ControlLimits.Of(values)!.Signals);
        Assert.DoesNotContain(10, ControlLimits.Of(values)!.Signals);
    }

    [Fact]
    public void The_coefficient_of_variation_is_deviation_over_mean() =>
        // sd(c(2, 4, 4, 4, 5, 5, 7, 9)) is 2.138090 and the mean 5.
        Assert.Equal(0.427618, ControlLimits.CoefficientOfVariation([2, 4, 4, 4, 5, 5, 7, 9])!.Value, 6);
}
