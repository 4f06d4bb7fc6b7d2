using Playbook.Sales.Goals;
using Playbook.Sales.Metrics;

namespace Playbook.Sales.Tests.Metrics;

public sealed class PeopleTests
{
    [Fact]
    public void A_card_tells_a_strength_and_a_thing_to_try_only_where_both_are_more_than_chance()
    {
        var cards = CoachingCard.Of(
        [
            new("On time", "Bo", 90, 100, "Plan the day"), new("On time", "Ada", 60, 100, "Plan the day"), new("On time", "Cy", 75, 100, "Plan the day"),
            new("Reached", "Bo", 31, 100, "Call at another hour"), new("Reached", "Ada", 30, 100, "Call at another hour"), new("Reached", "Cy", 5, 9, "Call at another hour"),
        ]);

        Assert.Equal(["Ada", "Bo", "Cy"], cards.Select(card => card.Rep));
        Assert.Equal("On time", cards[1].Strength!.Ratio);
        Assert.Null(cards[1].ToTry);
        Assert.Equal(("Plan the day", 0.6, 0.825), (cards[0].ToTry!.Advice, cards[0].ToTry!.Own.Rate, cards[0].ToTry!.Others.Rate));
        Assert.Null(cards[0].Strength);
        // Nine calls are no reason to talk about anybody's calls.
        Assert.True(cards[2] is { Strength: null, ToTry: null, Cases: 109 });
    }

    [Fact]
    public void Of_a_team_in_which_all_are_alike_hardly_anybody_is_told_anything()
    {
        var random = new Random(3);
        var told = 0;
        for (var trial = 0; trial < 200; trial++)
            told += CoachingCard.Of([.. Enumerable.Range(0, 8).SelectMany(rep => Enumerable.Range(0, 4).Select(ratio => new RepRatio($"r{ratio}", $"rep{rep}", Enumerable.Range(0, 60).Count(_ => random.NextDouble() < 0.4), 60, "")))])
                .Any(card => card.Strength is not null || card.ToTry is not null) ? 1 : 0;

        // One team in ten may be told something by chance; a few more are within the luck of 200.
        Assert.InRange(told, 0, 34);
    }

    [Fact]
    public void Concentration_is_as_Herfindahl_and_Hirschman_have_it()
    {
        // Shares of 30 %, 30 %, 20 % and 20 %: 0.09 + 0.09 + 0.04 + 0.04 = 0.26, as in the merger guidelines' example of 2,600 points.
        var market = Concentration.By([("a", 30), ("b", 30), ("c", 20), ("d", 20), ("e", 0)]);

        Assert.Equal(1 / 0.26, market.AsIfEqual, 9);
        Assert.Equal((0.3, 0.8, 4), (market.TopShare, Math.Round(market.TopThree, 9), market.Of));
        Assert.Equal(1, Concentration.By([("only", 7)]).AsIfEqual);
        Assert.Equal(0, Concentration.By([]).Of);
    }

    [Fact]
    public void Transferability_weighs_each_step_by_its_hours_and_names_who_it_hangs_on()
    {
        var score = Transferability.Of(
        [
            new("Close", "Meeting", 60, true, true, true, [("Ada", 58), ("Bo", 2)]),
            new("Close", "Proposal", 20, true, false, false, [("Ada", 20)]),
            new("Leads", "Call", 20, false, true, true, [("Bo", 30), ("Cy", 30)]),
            new("Leads", "Never done", 0, false, false, false, []),
        ])!;

        Assert.Equal((0.8, 0.8, 0.8, 0.8), (score.Documented, score.Scripted, score.Measured, score.Shared));
        Assert.Equal((80, 3), (score.Score, score.Steps));
        Assert.Equal(("Meeting", "Ada", 58 / 60.0), (score.Weakest!.Value.Step.Title, score.Weakest.Value.Rep, score.Weakest.Value.Share));
        Assert.Equal("Proposal", Assert.Single(score.Alone).Title);
        Assert.Null(Transferability.Of([new("Close", "Meeting", 5, true, true, true, [("Ada", 20)])]));
    }

    [Fact]
    public void Too_little_early_work_for_the_goal_is_an_alarm()
    {
        // 100,000 are left: 40 wins of 2,500, so 80 sales at 50 %, 20 of them open: 60 in 10 weeks at 2 hours each.
        var alarm = Starvation.Of(100_000, 10, open: 20, won: 20, closed: 40, value: 50_000, begun: 50, earlyHours: 100, weeks: 10)!;

        Assert.Equal((12.0, 10.0, true), (alarm.NeededPerWeek, alarm.SpentPerWeek, alarm.IsStarving));
        Assert.False(Starvation.Of(60_000, 10, 20, 20, 40, 50_000, 50, 100, 10)!.IsStarving);
        Assert.Null(Starvation.Of(60_000, 10, 20, 5, 11, 50_000, 50, 100, 10));
    }
}
