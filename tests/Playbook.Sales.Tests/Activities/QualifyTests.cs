using Playbook.Abstractions;
using Playbook.Sales.Activities;
using static Playbook.Sales.Tests.Activities.FakeContext;

namespace Playbook.Sales.Tests.Activities;

public sealed class QualifyTests
{
    private static Dictionary<string, object?> Criterion(string label, object? weight, string condition, object? required = null) =>
        Object(("label", label), ("weight", weight), ("condition", JavaScript(condition)), ("required", required));

    private static FakeContext With(params object?[] criteria) => new(new Qualify())
    {
        Inputs = Object(("Criteria", List(criteria))),
        Answers = Object(("yes", true), ("no", false), ("broken", new InvalidOperationException("budget is not defined."))),
    };

    [Fact]
    public void The_score_is_the_met_share_of_the_weight_with_one_sentence_for_each_criterion()
    {
        var result = With(Criterion("Has a budget", 3L, "yes"), Criterion("Decides alone", 1L, "no")).Execute();

        Assert.Equal("Qualified", result.Outcome());
        Assert.Equal(0.75, result.Output("Score"));
        Assert.Equal(["Met: Has a budget (weight 3).", "Not met: Decides alone (weight 1)."], (List<object?>)result.Output("Reasons")!);
    }

    [Theory]
    [InlineData(6L, 4L, "Qualified")]
    [InlineData(5.9, 4.1, "Recycle")]
    [InlineData(3L, 7L, "Recycle")]
    [InlineData(2L, 8L, "Disqualified")]
    public void The_thresholds_sort_into_now_later_and_not_at_all(object met, object unmet, string outcome)
    {
        Assert.Equal(outcome, With(Criterion("A", met, "yes"), Criterion("B", unmet, "no")).Execute().Outcome());
    }

    [Fact]
    public void Weights_in_tenths_are_counted_exactly()
    {
        Assert.Equal("Qualified", With(Criterion("A", 0.1, "yes"), Criterion("B", 0.2, "yes"), Criterion("C", 0.2, "no")).Execute().Outcome());
    }

    [Fact]
    public void A_required_criterion_that_is_not_met_disqualifies_whatever_the_score()
    {
        var result = With(Criterion("Likes us", 99L, "yes"), Criterion("Lives in Denmark", 1L, "no", required: true)).Execute();

        Assert.Equal("Disqualified", result.Outcome());
        Assert.Equal(0.99, result.Output("Score"));
        Assert.Contains("Not met, but required: Lives in Denmark (weight 1).", (List<object?>)result.Output("Reasons")!);
    }

    [Fact]
    public void A_condition_that_cannot_be_evaluated_fails_and_names_its_criterion()
    {
        Assert.Equal(
            "The input 'criteria' has a criterion 'Has a budget' whose condition cannot be evaluated (budget is not defined): correct the JavaScript expression 'broken'.",
            With(Criterion("Has a budget", 1L, "broken")).Execute().Reason());
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData("heavy")]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_must_be_a_positive_number(object weight)
    {
        Assert.Contains("a criterion 'A' whose weight is", With(Criterion("A", weight, "yes")).Execute().Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_shapes_fail_with_the_shape_that_is_right()
    {
        Assert.Contains("has the text 'budget' in place 1 where a criterion belongs: write each as {\"label\"", With("budget").Execute().Reason(), StringComparison.Ordinal);
        Assert.Contains("has a criterion 'A' without a condition", With(Object(("label", "A"))).Execute().Reason(), StringComparison.Ordinal);
        Assert.Contains("has a criterion without a label in place 1", With(Object(("condition", JavaScript("yes")))).Execute().Reason(), StringComparison.Ordinal);
        Assert.Contains("'criteria' is missing", With().Execute().Reason(), StringComparison.Ordinal);
        var map = new FakeContext(new Qualify()) { Inputs = Object(("Criteria", Object(("label", "A")))) };
        Assert.Contains("is one object where a list belongs", map.Execute().Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_threshold_for_later_may_not_lie_above_the_one_for_now()
    {
        var context = With(Criterion("A", 1L, "yes"));
        context.Inputs["QualifyAt"] = 0.2;
        context.Inputs["RecycleAt"] = 0.5;

        Assert.Contains("'recycleAt' is 0.5, above qualifyAt, which is 0.2", context.Execute().Reason(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(null, false)]
    [InlineData("true", true)]
    [InlineData(" false\n", false)]
    [InlineData("", false)]
    [InlineData("ada@example.com", true)]
    [InlineData(0L, false)]
    [InlineData(0.5, true)]
    [InlineData(double.NaN, false)]
    public void Conditions_say_yes_as_a_person_would_read_them(object? answer, bool met)
    {
        var context = new FakeContext(new Qualify()) { Inputs = Object(("Criteria", List(Criterion("A", 1L, "x")))), Answers = Object(("x", answer)) };

        Assert.Equal(met ? 1.0 : 0.0, context.Execute().Output("Score"));
    }
}
