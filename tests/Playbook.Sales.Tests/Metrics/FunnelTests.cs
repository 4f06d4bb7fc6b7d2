using Playbook.Sales.Metrics;

namespace Playbook.Sales.Tests.Metrics;

public sealed class FunnelTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Who_came_further_has_passed_the_steps_before_and_times_are_of_those_seen_in_both()
    {
        var funnel = Funnel.Of(["began", "met", "won"], [Of(0, 2, 5), Of(0, 4, null), Of(0, null, 9), Of(0, null, null)]);

        Assert.Equal([4, 3, 2], funnel.Select(step => step.Reached));
        Assert.Equal([null, 3.0, 3.0], funnel.Select(step => step.MedianDays));
        Assert.Equal([400.0, 300, 200], funnel.Select(step => step.Value));
    }

    [Fact]
    public void Of_nobody_there_is_nothing_to_divide_by() => Assert.All(Funnel.Of(["began", "won"], []), step => Assert.Equal((0, null), (step.Reached, step.MedianDays)));

    [Fact]
    public void Weeks_are_whole_and_begin_on_Mondays() =>
        Assert.Equal([new(2026, 3, 2), new DateOnly(2026, 3, 9)], Weeks.Whole(new DateOnly(2026, 2, 24), new DateOnly(2026, 3, 21)));

    [Fact]
    public void Every_metric_has_a_key_of_its_own_and_a_formula() =>
        Assert.Equal(MetricCatalog.All.Count, MetricCatalog.All.Where(metric => metric.Formula.Length > 20).Select(metric => metric.Key).Distinct().Count());

    private static Journey Of(params int?[] days) => new([.. days.Select(day => day is { } after ? (DateTimeOffset?)Noon.AddDays(after) : null)], 100);
}
