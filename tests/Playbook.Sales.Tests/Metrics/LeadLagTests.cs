using Playbook.Sales.Metrics;

namespace Playbook.Sales.Tests.Metrics;

public sealed class LeadLagTests
{
    [Fact]
    public void An_action_that_results_follow_is_found_and_one_that_they_do_not_is_not()
    {
        var random = new Random(5);
        List<double> calls = [.. Enumerable.Range(0, 80).Select(_ => (double)random.Next(10, 60))], noise = [.. Enumerable.Range(0, 80).Select(_ => (double)random.Next(10, 60))];
        List<double> clients = [.. Enumerable.Range(0, 80).Select(week => week < 3 ? 2 : calls[week - 3] / 10 + random.NextDouble())];

        var pairs = LeadLag.Pairs(Series(("calls", calls), ("noise", noise)), Series(("clients", clients)), 3);

        Assert.Equal(["calls", "noise"], pairs.Select(pair => pair.Lead));
        Assert.True(pairs[0].IsLinked, $"p {pairs[0].Corrected}");
        Assert.False(pairs[1].IsLinked, $"p {pairs[1].Corrected}");
        Assert.True(pairs[0].Corrected >= pairs[0].Found!.PValue, "Looking twice makes chance likelier.");
    }

    [Fact]
    public void With_too_few_weeks_nothing_is_said()
    {
        var pair = Assert.Single(LeadLag.Pairs(Series(("calls", [1, 2, 3])), Series(("clients", [1, 2, 3])), 1));

        Assert.Null(pair.Found);
        Assert.False(pair.IsLinked);
    }

    private static Dictionary<string, IReadOnlyList<double>> Series(params (string Name, IReadOnlyList<double> Values)[] series) => series.ToDictionary(one => one.Name, one => one.Values);
}
