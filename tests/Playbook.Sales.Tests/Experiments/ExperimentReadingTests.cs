using Playbook.Sales.Experiments;
using Playbook.Sales.Statistics;

namespace Playbook.Sales.Tests.Experiments;

public sealed class ExperimentReadingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ExperimentDesign TwoWays = new("Long", new Dictionary<string, double> { ["Long"] = 50, ["Short"] = 50 }, PlannedPerVariant: 2_000);

    [Fact]
    public void A_small_lead_early_on_decides_nothing() =>
        Assert.Equal(ExperimentVerdict.NotDecided, ExperimentReading.Of(TwoWays, Answers(200, ("Long", 0.05, 0), ("Short", 0.08, 0))).Verdict);

    [Fact]
    public void A_variant_that_is_much_better_wins_before_the_planned_size_is_reached()
    {
        var reading = ExperimentReading.Of(TwoWays, Answers(900, ("Long", 0.05, 0), ("Short", 0.15, 0)));

        Assert.Equal(ExperimentVerdict.Won, reading.Verdict);
        Assert.Equal("Short", reading.Winner);
        Assert.True(reading.Variants.Single(variant => variant.Name == "Short").Loss < 0.001);
        Assert.True(reading.Variants.Single(variant => variant.Name == "Long").Loss > 0.05);
    }

    [Fact]
    public void A_variant_that_is_much_worse_leaves_the_control() =>
        Assert.Equal(ExperimentVerdict.ControlStays, ExperimentReading.Of(TwoWays, Answers(900, ("Long", 0.15, 0), ("Short", 0.05, 0))).Verdict);

    [Fact]
    public void A_planned_size_without_a_difference_says_so() =>
        Assert.Equal(ExperimentVerdict.NoDifferenceSeen, ExperimentReading.Of(TwoWays, Answers(2_000, ("Long", 0.05, 0), ("Short", 0.05, 0))).Verdict);

    [Fact]
    public void A_variant_that_drives_people_away_does_not_win_by_its_replies()
    {
        var reading = ExperimentReading.Of(TwoWays, Answers(900, ("Long", 0.05, 0.01), ("Short", 0.15, 0.12)));

        Assert.Equal(ExperimentVerdict.Harmful, reading.Verdict);
        Assert.Equal(["Short"], reading.HarmfulVariants);
        Assert.Null(reading.Winner);
    }

    [Fact]
    public void Wrong_shares_come_before_every_other_word()
    {
        var answers = Answers(900, ("Long", 0.05, 0), ("Short", 0.15, 0)).Where((answer, i) => answer.Variant == "Short" || i % 4 != 0);

        Assert.Equal(ExperimentVerdict.SharesAreWrong, ExperimentReading.Of(TwoWays, answers).Verdict);
    }

    [Fact]
    public void Reading_two_equal_variants_daily_seldom_finds_a_winner()
    {
        var random = new Random(4);
        var fooled = 0;
        for (var experiment = 0; experiment < 200; experiment++)
        {
            var answers = Answers(400, random, ("Long", 0.1, 0), ("Short", 0.1, 0)).ToList();
            fooled += Enumerable.Range(1, 20).Any(day => ExperimentReading.Of(TwoWays, answers.Take(day * 40)).Winner is not null) ? 1 : 0;
        }

        Assert.InRange(fooled / 200.0, 0, 0.05);
    }

    [Fact]
    public void A_control_that_is_no_variant_is_named() =>
        Assert.Contains("'Old'", Assert.Throws<ArgumentException>(() => ExperimentReading.Of(TwoWays with { Control = "Old" }, [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_answers_there_is_a_reading_all_the_same()
    {
        var reading = ExperimentReading.Of(TwoWays, []);

        Assert.Equal(ExperimentVerdict.NotDecided, reading.Verdict);
        Assert.Equal(1, reading.RatioPValue);
        Assert.All(reading.Variants, variant => Assert.Equal(0, variant.Successes.Trials));
    }

    [Theory]
    [InlineData(0.05, 0.07, 2, 120, 2210, 37)]
    [InlineData(0.10, 0.15, 2, 50, 683, 28)]
    public void A_plan_says_how_many_and_how_long(double rate, double hoped, int variants, double perWeek, long perVariant, int weeks)
    {
        var plan = ExperimentPlan.For(rate, hoped, variants, perWeek);

        Assert.Equal(perVariant, plan.PerVariant);
        Assert.Equal(weeks, plan.Weeks);
    }

    [Fact]
    public void A_plan_for_a_step_that_nobody_comes_to_has_no_end() => Assert.Null(ExperimentPlan.For(0.05, 0.1, 2, 0).Weeks);

    [Fact]
    public void More_variants_need_more_each() =>
        Assert.True(ExperimentPlan.For(0.05, 0.1, 4, 100).PerVariant > ExperimentPlan.For(0.05, 0.1, 2, 100).PerVariant);

    private static IEnumerable<Answer> Answers(int each, params (string Name, double Rate, double OptOut)[] variants) => Answers(each, new Random(17), variants);

    private static IEnumerable<Answer> Answers(int each, Random random, params (string Name, double Rate, double OptOut)[] variants) =>
        from place in Enumerable.Range(0, each)
        from variant in variants
        select new Answer(variant.Name, Start.AddMinutes(place), random.NextDouble() < variant.Rate, random.NextDouble() < variant.OptOut);
}
