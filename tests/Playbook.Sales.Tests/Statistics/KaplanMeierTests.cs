using Playbook.Sales.Statistics;

namespace Playbook.Sales.Tests.Statistics;

public sealed class KaplanMeierTests
{
    /// <summary>Weeks of remission on 6-mercaptopurine, Freireich et al. (1963); a plus in the paper is a case still open.</summary>
    private static readonly (double Time, bool Ended)[] Remission =
    [
        (6, true), (6, true), (6, true), (7, true), (10, true), (13, true), (16, true), (22, true), (23, true),
        (6, false), (9, false), (10, false), (11, false), (17, false), (19, false), (20, false), (25, false), (32, false), (32, false), (34, false), (35, false),
    ];

    [Theory]
    [InlineData(6, 0.857, 0.0764, 21)]
    [InlineData(7, 0.807, 0.0869, 17)]
    [InlineData(10, 0.753, 0.0963, 15)]
    [InlineData(13, 0.690, 0.1068, 12)]
    [InlineData(16, 0.627, 0.1141, 11)]
    [InlineData(22, 0.538, 0.1282, 7)]
    [InlineData(23, 0.448, 0.1346, 6)]
    public void The_curve_is_the_published_one(double time, double open, double standardError, int atRisk)
    {
        var step = KaplanMeier.Of(Remission).Steps.Single(step => step.Time.Equals(time));

        Assert.Equal(open, step.Open, 3);
        Assert.Equal(standardError, step.StandardError, 4);
        Assert.Equal(atRisk, step.AtRisk);
    }

    [Fact]
    public void The_median_is_the_published_one() => Assert.Equal(23, KaplanMeier.Of(Remission).TimeUntil(0.5));

    [Fact]
    public void What_too_few_have_reached_is_not_known() => Assert.Null(KaplanMeier.Of(Remission).TimeUntil(0.8));

    [Fact]
    public void Without_open_cases_it_is_the_plain_share()
    {
        var curve = KaplanMeier.Of(Enumerable.Range(1, 10).Select(day => ((double)day, true)));

        Assert.Equal(0.7, curve.OpenAfter(3), 12);
        Assert.Equal(5, curve.TimeUntil(0.5));
        Assert.Equal(8, curve.TimeUntil(0.8));
        Assert.Equal(0, curve.OpenAfter(10), 12);
    }

    [Fact]
    public void Leaving_the_open_cases_out_would_call_it_faster_than_it_is()
    {
        var withoutOpen = KaplanMeier.Of(Remission.Where(one => one.Ended));

        Assert.True(withoutOpen.TimeUntil(0.5) < KaplanMeier.Of(Remission).TimeUntil(0.5));
    }

    [Fact]
    public void Nothing_seen_says_nothing()
    {
        var curve = KaplanMeier.Of([]);

        Assert.Equal(1, curve.OpenAfter(10));
        Assert.Null(curve.TimeUntil(0.5));
    }
}
