using Playbook.Sales.Forecasts;

namespace Playbook.Sales.Tests.Forecasts;

public sealed class BacktestTests(ITestOutputHelper output)
{
    private static readonly DateOnly End = new(2017, 12, 31);

    [Fact]
    public void The_methods_race_over_the_quarters_of_the_practice_data()
    {
        var scores = Race([.. Enumerable.Range(2, 3).Select(quarter => Period.Quarter(2017, quarter))]);

        Assert.All(scores, score => Assert.Equal(3, score.Receipts.Count));
        Assert.InRange(Champion(scores).Wape, 0, 0.35);
    }

    [Fact]
    public void The_methods_race_over_the_months_of_the_practice_data()
    {
        var scores = Race([.. Enumerable.Range(6, 7).Select(month => Period.Month(2017, month))]);

        Assert.All(scores, score => Assert.Equal(7, score.Receipts.Count));
        Assert.True(Champion(scores).Wape < scores[0].Wape, "The combination must beat last period, or nobody needs it.");
    }

    [Fact]
    public void What_comes_after_the_origin_changes_no_forecast()
    {
        var period = Period.Month(2017, 10);
        var deals = PracticeDeals.Read();
        var rewritten = deals.Select(deal => deal.ClosedOn >= period.First ? deal with { IsWon = true, Value = 1_000_000, Moves = [new(period.First, "Won")] } : deal)
            .Concat(Enumerable.Repeat(new Deal("GTXPro", "Engaging", period.First, period.Last, true, 9_999), 500));

        var (before, after) = (Forecast.Make(DealBook.On(period.Origin, deals), period), Forecast.Make(DealBook.On(period.Origin, rewritten), period));

        Assert.Equal(before.Methods, after.Methods);
        Assert.Equal(before.Expected, after.Expected);
    }

    [Fact]
    public void A_stage_weighs_by_those_that_came_to_it_and_not_by_where_they_ended()
    {
        // Three of four that came to closing were won; none was won without. All stand in the first stage to begin with.
        Deal Closed(bool closing, bool isWon) => new("a", "lead", End.AddDays(-90), End.AddDays(-30), isWon, isWon ? 100 : 0)
        {
            Moves = [.. closing ? [new StageMove(End.AddDays(-60), "closing")] : Array.Empty<StageMove>(), .. isWon ? [new StageMove(End.AddDays(-30), "enrolled")] : Array.Empty<StageMove>()],
        };
        Deal[] past = [Closed(true, true), Closed(true, true), Closed(true, true), Closed(true, false), Closed(false, false), Closed(false, false), Closed(false, false), Closed(false, false)];
        var lead = new Deal("a", "lead", End.AddDays(-10), null, false, 0);
        double Says(DateOnly today, Deal open) => Forecast.Make(DealBook.On(today, [.. past, open]), new(today.AddDays(1), today.AddDays(30))).Methods.Single(method => method.Method == "stage-weighted").Expected;

        Assert.Equal(3 / 8.0 * 100, Says(End, lead), 9);
        Assert.Equal(3 / 4.0 * 100, Says(End, lead with { Moves = [new(End.AddDays(-1), "closing")] }), 9);
        // That it came to closing later was not known then.
        Assert.Equal(3 / 8.0 * 100, Says(End, lead with { Moves = [new(End.AddDays(1), "closing")] }), 9);
    }

    [Fact]
    public void Every_forecast_has_a_band_around_it_and_names_its_champion()
    {
        var forecast = Forecast.Make(DealBook.On(End, PracticeDeals.Read()), Period.Quarter(2018, 1));

        Assert.All(forecast.Methods, method => Assert.InRange(method.Expected, method.Band.Low, method.Band.High));
        Assert.Contains(forecast.Methods, method => method.Method == forecast.Champion);
        Assert.InRange(forecast.Expected, forecast.Band.Low, forecast.Band.High);
    }

    [Fact]
    public void With_no_history_it_is_last_period_that_speaks_and_nothing_breaks()
    {
        var forecast = Forecast.Make(DealBook.On(End, []), Period.Quarter(2018, 1));

        Assert.Equal("last period", forecast.Champion);
        Assert.Equal(0, forecast.Expected);
    }

    private static MethodScore Champion(IEnumerable<MethodScore> scores) => scores.Single(score => score.Method == Forecast.TwoBest);

    private IReadOnlyList<MethodScore> Race(IReadOnlyList<Period> periods)
    {
        var scores = Backtest.Run(DealBook.On(End, PracticeDeals.Read()), periods);
        foreach (var score in scores)
        {
            output.WriteLine($"{score.Method,-28} WAPE {score.Wape,6:0.0%}  bias {score.Bias,7:+0.0%;-0.0%}  coverage {score.Coverage,4:0%}  pinball {score.PinballLoss,6:0.0%}");
            foreach (var receipt in score.Receipts)
                output.WriteLine($"    {receipt.Period.First:yyyy-MM}: said {receipt.Expected,12:N0} ({receipt.Band.Low,12:N0} to {receipt.Band.High,12:N0}), came {receipt.Actual,12:N0}");
        }

        return scores;
    }
}
