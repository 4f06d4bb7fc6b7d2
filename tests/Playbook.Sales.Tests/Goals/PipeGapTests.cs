using Playbook.Sales.Goals;

namespace Playbook.Sales.Tests.Goals;

public sealed class PipeGapTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData(100, 7, 14, 20)] // 80 are needed, and one a day is lost
    [InlineData(100, 14, 14, null)]
    [InlineData(79, 30, 14, 0)]
    [InlineData(1000, 13, 14, null)] // too far away to be news
    public void The_pipe_falls_short_when_more_is_closed_than_begun(long open, double begun, double closed, int? inDays)
    {
        var gap = PipeGap.For(Today, open, goalLeft: 100_000, winRate: 0.25, valueOfWin: 5_000, begun, closed);

        Assert.Equal(80, gap.Needed, 9);
        Assert.Equal(inDays is { } days ? Today.AddDays(days) : null, gap.FallsShortOn);
    }
}
