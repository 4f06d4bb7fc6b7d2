using Playbook.Sales.Statistics;

namespace Playbook.Sales.Tests.Statistics;

public sealed class ManyTestsTests
{
    // The example of Benjamini and Hochberg (1995), section 3.2: fifteen endpoints of a trial of thrombolysis.
    private static readonly double[] Published =
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];

    [Fact]
    public void False_discovery_keeps_the_four_that_the_paper_keeps() =>
        Assert.Equal(4, ManyTests.FalseDiscovery(Published).Count(value => value <= 0.05));

    [Fact]
    public void Holm_keeps_the_three_that_any_false_alarm_allows() => Assert.Equal(3, ManyTests.Holm(Published).Count(value => value <= 0.05));

    [Fact]
    public void The_corrected_values_are_those_of_R()
    {
        // p.adjust(c(0.01, 0.04, 0.03, 0.005), "BH") and "holm"
        Assert.Equal([0.02, 0.04, 0.04, 0.02], ManyTests.FalseDiscovery([0.01, 0.04, 0.03, 0.005]).Select(value => Math.Round(value, 12)));
        Assert.Equal([0.03, 0.06, 0.06, 0.02], ManyTests.Holm([0.01, 0.04, 0.03, 0.005]).Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void The_order_of_the_questions_does_not_matter()
    {
        double[] backwards = [.. Published.Reverse()];

        Assert.Equal(ManyTests.FalseDiscovery(Published), ManyTests.FalseDiscovery(backwards).Reverse());
        Assert.Equal(ManyTests.Holm(Published), ManyTests.Holm(backwards).Reverse());
    }
}
