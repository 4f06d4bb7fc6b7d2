using Playbook.Sales.Statistics;

namespace Playbook.Sales.Tests.Statistics;

public sealed class PermutationTests
{
    // Survival of mice, Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), table 2.1.
    private static readonly double[] Treated = [94, 197, 16, 38, 99, 141, 23];
    private static readonly double[] Control = [52, 104, 146, 10, 51, 30, 40, 27, 46];

    [Fact]
    public void Shuffling_gives_what_counting_every_arrangement_gives()
    {
        var exact = Exact(Control, Treated);

        Assert.Equal(exact, PermutationTest.DifferenceOfMeans(Control, Treated, shuffles: 40_000), 2);
        // One-sided the book has 0.132 from 1,000 shuffles; two-sided it is about twice that.
        Assert.InRange(exact, 0.24, 0.30);
    }

    [Fact]
    public void The_same_question_has_the_same_answer_tomorrow() =>
        Assert.Equal(PermutationTest.DifferenceOfMeans(Control, Treated), PermutationTest.DifferenceOfMeans(Control, Treated));

    [Fact]
    public void Two_groups_that_never_overlap_differ() =>
        Assert.InRange(PermutationTest.DifferenceOfMeans([1, 2, 3, 4, 5, 6, 7, 8], [11, 12, 13, 14, 15, 16, 17, 18]), 0, 0.001);

    [Fact]
    public void Actions_that_go_seven_weeks_before_results_are_found_at_seven_weeks()
    {
        var random = new Random(3);
        double[] actions = [.. Enumerable.Range(0, 104).Select(_ => 50 + 20 * random.NextDouble())];
        double[] results = [.. Enumerable.Range(0, 104).Select(week => (week < 7 ? 6 : actions[week - 7] / 10) + random.NextDouble())];

        var best = Enumerable.Range(0, 13).Select(lag => PermutationTest.Lagged(actions, results, lag)!).MinBy(found => found.PValue)!;

        Assert.Equal(7, best.Lag);
        Assert.InRange(best.Correlation, 0.7, 1);
        Assert.InRange(best.PValue, 0, 0.02);
    }

    [Fact]
    public void Two_slow_series_that_have_nothing_to_do_with_one_another_are_seldom_called_related()
    {
        var random = new Random(11);
        var alarms = 0;
        for (var trial = 0; trial < 400; trial++)
            alarms += PermutationTest.Lagged(Slow(random), Slow(random), 2)!.PValue <= 0.05 ? 1 : 0;

        Assert.InRange(alarms / 400.0, 0, 0.09);
    }

    [Fact]
    public void Too_few_weeks_or_a_series_that_never_changes_says_nothing()
    {
        Assert.Null(PermutationTest.Lagged([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8], 1));
        Assert.Null(PermutationTest.Lagged(Enumerable.Repeat(3.0, 30).ToList(), Enumerable.Range(0, 30).Select(i => (double)i).ToList(), 1));
    }

    private static double[] Slow(Random random)
    {
        var values = new double[60];
        for (var i = 1; i < values.Length; i++)
            values[i] = 0.7 * values[i - 1] + random.NextDouble() - 0.5;
        return values;
    }

    private static double Exact(double[] first, double[] second)
    {
        double[] all = [.. first, .. second];
        var seen = Math.Abs(second.Average() - first.Average());
        var (asMuch, arrangements) = (0, 0);
        for (var chosen = 0; chosen < 1 << all.Length; chosen++)
        {
            if (int.PopCount(chosen) != first.Length)
                continue;
            var sum = all.Where((_, i) => (chosen >> i & 1) == 1).Sum();
            arrangements++;
            asMuch += Math.Abs((all.Sum() - sum) / second.Length - sum / first.Length) >= seen - 1e-9 ? 1 : 0;
        }

        return (double)asMuch / arrangements;
    }
}
