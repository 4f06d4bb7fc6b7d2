using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Sales.Goals;
using Playbook.Sales.Metrics;
using Playbook.Sales.Reps;
using Playbook.Server.Pages.Measures;
using Playbook.Server.Pages.Measures.Charts;
using Playbook.Server.Pages.Measures.Forecasts;
using Playbook.Server.Pages.Measures.People;
using Playbook.Server.Pages.Team;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Pages.Measures;

public sealed class ResultsDeskTests
{
    [Fact]
    public async Task A_goal_that_is_set_is_there_after_a_restart_and_knows_what_it_lacks()
    {
        await using var trial = await TrialServer.Start(_ => { });
        var goal = new Goal("g", "Growth", GoalMeasure.ValueWon, 1000, new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), "Ada");
        await Desk(trial).Set(BigPicture.Empty.With(goal), "Ada");
        await trial.Stop();
        await trial.StartAgain();

        Assert.Equal(goal, Assert.Single(Desk(trial).BigPicture.Goals));
        Assert.Equal(1000, Desk(trial).GoalLeft());
        Assert.InRange(goal.TimeGone(Desk(trial).Today), 0.16, 0.18);
        await Desk(trial).Set(Desk(trial).BigPicture.Without("g"), "Ada");
        Assert.Null(Desk(trial).GoalLeft());
    }

    [Fact]
    public async Task Callers_share_one_refresh_and_a_later_one_counts_what_came_meanwhile()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "calls", [Drawing.Phone("call", ["Reached"])]));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Desk(trial).Refresh()));
        await trial.Run("calls", (await trial.Contact()).Id);
        await Desk(trial).Refresh();

        Assert.Equal(1, Desk(trial).Metrics.Marks.Count(Sales.Metrics.Mark.Started, Desk(trial).Today, Desk(trial).Today));
    }

    [Fact]
    public async Task A_short_week_is_kept_and_the_same_work_fills_more_of_it()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "calls", [Drawing.Phone("call", ["Reached"])]));
        for (var one = 0; one < 6; one++)
            await trial.Run("calls", (await trial.Contact()).Id);
        foreach (var task in (await trial.Get("/api/tasks"))["items"]!.AsArray())
            Assert.Equal(HttpStatusCode.NoContent, (await trial.Post($"/api/tasks/{task!["id"]}/claim")).Status);

        var usual = await Work(trial);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Weeks(trial).Set(new WorkingWeek("operator", 40, 2), "Bo"));
        await Weeks(trial).Set(new WorkingWeek("operator", 5, 2), "Bo");
        await trial.Stop();
        await trial.StartAgain();
        var ownWeek = await Work(trial);

        // Six calls are an hour.
        Assert.Equal((Math.Round(1 / 6.5, 12), Math.Round(1 / 32.5, 12)), usual);
        Assert.Equal((0.4, 0.2), ownWeek);
        Assert.Equal(32.5, Weeks(trial).Of("Bo").Hours);
    }

    [Fact]
    public async Task Without_enough_wins_there_is_no_forecast_and_nothing_is_kept()
    {
        await using var trial = await TrialServer.Start(_ => { });
        await trial.Opportunities(3, "Prospecting");
        var shelf = trial.Server.Services.GetRequiredService<ForecastShelf>();

        Assert.Null(await shelf.View());
        Assert.False(await shelf.Keep("Ada"));
    }

    [Fact]
    public void A_spreadsheet_gets_figures_and_no_formulas()
    {
        var spec = new ChartSpec("Calls", "Calls.", "rep", ["=HYPERLINK(\"x\")", "Bo, Lind", "-3"], [new("calls", [1.5, null, 3])]);

        Assert.Equal("rep,calls\r\n\"'=HYPERLINK(\"\"x\"\")\",1.5\r\n\"Bo, Lind\",\r\n-3,3\r\n", spec.Csv());
    }

    /// <summary>Their days of work, and the load of everybody who has any.</summary>
    private static async Task<(double Days, double Load)> Work(TrialServer trial)
    {
        var period = Desk(trial).Period(4);
        await Desk(trial).Refresh();
        var own = Assert.Single((await trial.Server.Services.GetRequiredService<PeopleShelf>().View(period)).Work, one => one.Rep == "operator");
        return (Math.Round(own.DaysOfWork, 12), Math.Round(Desk(trial).All(period).Single(value => value.Metric.Key == MetricCatalog.Load).Value!.Value, 12));
    }

    private static WorkingWeeks Weeks(TrialServer trial) => trial.Server.Services.GetRequiredService<WorkingWeeks>();

    private static ResultsDesk Desk(TrialServer trial) => trial.Server.Services.GetRequiredService<ResultsDesk>();
}
