using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Playbook.Abstractions;
using Playbook.Sales.Activities;
using static Playbook.Sales.Tests.Activities.FakeContext;

namespace Playbook.Sales.Tests.Activities;

public sealed class ExperimentTests
{
    private static FakeContext Trial(object? variants, object? weights = null, string subject = "contact-1") => new(new Experiment())
    {
        Inputs = Object(("ExperimentName", "mail-length"), ("Variants", variants), ("Weights", weights)),
        Subject = About(subject),
    };

    [Fact]
    public void A_subject_is_assigned_recorded_and_sent_through_its_port()
    {
        var result = Trial(List("Short", "Long")).Execute();

        // SHA-256("mail-length:contact-1") begins b2e2: 0.70 of the line, and Long comes before Short.
        Assert.Equal("Short", result.Outcome());
        Assert.Equal("Short", result.Output("Variant"));
        Assert.Equal(Object(("experiment", "mail-length"), ("variant", "Short")), result.Effect<Effect.RecordFact>().Data);
        Assert.Equal("VariantAssigned", result.Effect<Effect.RecordFact>().Name);
    }

    [Property]
    public bool The_same_subject_always_gets_the_same_variant_in_whatever_order_they_are_drawn(NonNull<string> subject, NonNull<string> name) =>
        Experiment.Assign(name.Get, subject.Get, ["A", "B", "C"], [1, 2, 3]) == Experiment.Assign(name.Get, subject.Get, ["C", "A", "B"], [3, 1, 2]);

    [Property]
    public bool A_variant_without_weight_gets_nobody(NonNull<string> subject) =>
        Experiment.Assign("x", subject.Get, ["A", "B", "C"], [1, 0, 1]) != "B";

    [Theory]
    [InlineData(50, 50)]
    [InlineData(90, 10)]
    [InlineData(1, 3)]
    public void Ten_thousand_subjects_are_shared_out_by_the_weights(double first, double second)
    {
        var got = Enumerable.Range(0, 10_000).Count(id => Experiment.Assign("mail-length", $"contact-{id}", ["A", "B"], [first, second]) == "A");

        // Four standard deviations of the binomial, which a fair hash misses once in 16,000 names.
        var share = first / (first + second);
        Assert.InRange(got, 10_000 * share - 400 * Math.Sqrt(share * (1 - share)), 10_000 * share + 400 * Math.Sqrt(share * (1 - share)));
    }

    [Fact]
    public void Two_experiments_do_not_share_out_their_subjects_alike()
    {
        var same = Enumerable.Range(0, 10_000).Count(id =>
            Experiment.Assign("one", $"c{id}", ["A", "B"], [1, 1]) == Experiment.Assign("two", $"c{id}", ["A", "B"], [1, 1]));

        Assert.InRange(same, 4_800, 5_200);
    }

    [Fact]
    public void Equal_weights_and_no_weights_are_the_same()
    {
        Assert.All(Enumerable.Range(0, 200), id => Assert.Equal(
            Trial(List("A", "B"), subject: $"c{id}").Execute().Outcome(),
            Trial(List("A", "B"), List(50L, 50.0), $"c{id}").Execute().Outcome()));
    }

    [Fact]
    public void More_weight_for_the_first_variant_takes_nobody_away_from_it()
    {
        var before = Enumerable.Range(0, 1_000).Where(id => Experiment.Assign("x", $"c{id}", ["A", "B"], [10, 90]) == "A").ToList();

        Assert.NotEmpty(before);
        Assert.All(before, id => Assert.Equal("A", Experiment.Assign("x", $"c{id}", ["A", "B"], [50, 50])));
    }

    [Fact]
    public void Wrong_weights_and_variants_fail_with_the_cure()
    {
        Assert.Contains("'weights' has 1 numbers for 2 variants", Trial(List("A", "B"), List(1L)).Execute().Reason(), StringComparison.Ordinal);
        Assert.Contains("'weights' has the number -1 in place 2", Trial(List("A", "B"), List(1L, -1L)).Execute().Reason(), StringComparison.Ordinal);
        Assert.Contains("gives every variant 0", Trial(List("A", "B"), List(0L, 0L)).Execute().Reason(), StringComparison.Ordinal);
        Assert.Contains("'variants' names only 'A'", Trial(List("A")).Execute().Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_about_nobody_cannot_be_assigned()
    {
        var context = Trial(List("A", "B"));
        context.Subject = Subject.None;

        Assert.Contains("this run is about no contact or opportunity", context.Execute().Reason(), StringComparison.Ordinal);
    }
}
