using Playbook.Sales.Goals;

namespace Playbook.Sales.Tests.Goals;

public sealed class BackSolverTests
{
    private static readonly BackSolverQuestion Question = new(
        100_000, Of(5_000), Of(0.25), Of(0.8), Of(0.2), Of(0.25), WorkingDays: 50, Reps: 2);

    [Fact]
    public void From_the_revenue_it_goes_back_to_the_dials_of_a_day()
    {
        var steps = BackSolver.Solve(Question);

        Assert.Equal([100_000, 20, 80, 100, 500, 2_000], steps.Select(step => Math.Round(step.Total, 6)));
        Assert.Equal((40, 20), (Math.Round(steps[^1].PerDay, 6), Math.Round(steps[^1].PerRepAndDay, 6)));
    }

    [Fact]
    public void A_better_ratio_asks_for_less_of_what_is_below_it_and_the_same_of_what_is_above()
    {
        var (before, after) = (BackSolver.Solve(Question), BackSolver.Solve(Question with { HeldOfBooked = Of(1) }));

        Assert.Equal(before.Take(3).Select(step => step.Total), after.Take(3).Select(step => step.Total));
        Assert.All(before.Zip(after).Skip(3), step => Assert.Equal(step.First.Total * 0.8, step.Second.Total, 6));
    }

    [Fact]
    public void A_ratio_of_nothing_is_refused_with_its_name() =>
        Assert.Contains("Conversations", Assert.Throws<ArgumentException>(() => BackSolver.Solve(Question with { BookedOfConversations = Of(0) })).Message, StringComparison.Ordinal);

    private static Ratio Of(double value) => new(value, true, 100);
}
