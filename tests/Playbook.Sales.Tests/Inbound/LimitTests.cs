using Playbook.Sales.Inbound;

namespace Playbook.Sales.Tests.Inbound;

public sealed class LimitTests
{
    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(100, 1, false)]
    [InlineData(100, 2, true)]
    [InlineData(500, 1, false)]
    [InlineData(1000, 2, false)]
    [InlineData(1000, 3, true)]
    [InlineData(10_000, 29, false)]
    [InlineData(10_000, 30, true)]
    [InlineData(10_000, 0, false)]
    public void A_mailbox_stops_at_three_complaints_in_a_thousand_and_never_at_the_first(long sent, long complaints, bool stops) =>
        Assert.Equal(stops, ComplaintLimits.MustPause(sent, complaints));

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(9, true)]
    public void The_third_message_that_came_back_softly_counts_as_hard(int count, bool isHard) => Assert.Equal(isHard, BounceLimits.CountsAsHard(count));
}
