using Playbook.Sales.Statistics;

namespace Playbook.Sales.Tests.Statistics;

public sealed class SampleRatioTests
{
    [Fact]
    public void Shares_as_meant_are_no_alarm() => Assert.True(SampleRatio.PValue([612, 598], [50, 50]) > 0.5);

    [Fact]
    public void The_value_is_that_of_R() =>
        // chisq.test(c(821, 700)): X-squared = 9.6259, p-value = 0.001919
        Assert.Equal(0.001919, SampleRatio.PValue([821, 700], [1, 1]), 5);

    [Fact]
    public void Shares_that_drifted_are_an_alarm() => Assert.True(SampleRatio.PValue([5_300, 4_700], [1, 1]) < SampleRatio.Alarm);

    [Fact]
    public void Weights_need_not_be_equal() => Assert.True(SampleRatio.PValue([900, 98], [9, 1]) > 0.5);
}
