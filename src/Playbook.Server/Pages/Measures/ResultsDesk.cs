using Playbook.Sales.Goals;
using Playbook.Sales.Metrics;
using Playbook.Sales.Queue;
using Playbook.Sales.Reps;
using Playbook.Server.Pages.Team;
using Playbook.Storage.Metrics;
using Playbook.Storage.Queue;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Measures;

/// <summary>The days that a page looks at.</summary>
public sealed record ResultsPeriod(DateOnly First, DateOnly Last)
{
    public int Days => Last.DayNumber - First.DayNumber + 1;

    public string Words => $"{(First.Year == Last.Year ? Charts.Figures.ShortDay(First) : Charts.Figures.Day(First))} to {Charts.Figures.Day(Last)}";
}

/// <summary>What the results pages have in common: the count kept up to date, goals, and costs.</summary>
public sealed class ResultsDesk(RunStore store, OpenWork work, WorkingWeeks weeks, TimeProvider clock)
{
    private const string Goals = "results.goals";
    private const string CostsName = "results.costs";

    private readonly Lock _gate = new();
    private Task? _refreshing;

    public MetricStore Metrics => store.Metrics;

    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), clock.LocalTimeZone).DateTime);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Brings the count up to date; several callers share one refresh, which goes on when one of them gives up waiting.</summary>
    /// <param name="serverEnds">Ends it between two batches; only the server itself has one.</param>
    public Task Refresh(CancellationToken serverEnds = default)
    {
        lock (_gate)
        {
            if (_refreshing is null || _refreshing.IsCompleted)
                _refreshing = Task.Run(() => Metrics.Rollup.Refresh(clock.LocalTimeZone, serverEnds), CancellationToken.None);
            return _refreshing;
        }
    }

    public ResultsPeriod Period(int weeks) => new(Today.AddDays(1 - 7 * weeks), Today);

    public CostModel Costs => Metrics.Settings.Get<CostModel>(CostsName) ?? new CostModel();

    public ValueTask Set(CostModel costs, string by) => Metrics.Settings.Set(CostsName, costs, clock.GetUtcNow(), by);

    public BigPicture BigPicture => Metrics.Settings.Get<BigPicture>(Goals) ?? BigPicture.Empty;

    public ValueTask Set(BigPicture picture, string by) => Metrics.Settings.Set(Goals, picture, clock.GetUtcNow(), by);

    /// <summary>How far a goal has come by now.</summary>
    public double Reached(Goal goal)
    {
        ArgumentNullException.ThrowIfNull(goal);
        var last = Today < goal.By ? Today : goal.By;
        return goal.Measure == GoalMeasure.NewClients
            ? Metrics.Sales.NewClients(goal.From, last).Sum(week => week.Clients)
            : Metrics.Sales.By([], goal.From, last) is [var sales] ? sales.Value : 0;
    }

    /// <summary>What the nearest goal in money still lacks; null without one.</summary>
    public double? GoalLeft() => BigPicture.Goals.Where(goal => goal.Measure == GoalMeasure.ValueWon && goal.By >= Today).MinBy(goal => goal.By) is { } goal ? Math.Max(0, goal.Target - Reached(goal)) : null;

    /// <summary>Whether the open sales are enough for the nearest goal; null without a goal in money, or where nothing was won in the period.</summary>
    public PipeGap? Gap(ResultsPeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        return GoalLeft() is { } left && Metrics.Sales.By([], period.First, period.Last) is [{ Won: > 0, Value: > 0 } sales]
            ? PipeGap.For(Today, Metrics.Sales.Open().Count, left, sales.WinRate.Rate, sales.ValueOfWin!.Value, sales.Begun * 7.0 / period.Days, sales.Closed * 7.0 / period.Days) : null;
    }

    public MetricReader Reader() => new(Metrics, Costs);

    /// <summary>What no event tells.</summary>
    private StandingNow Standing()
    {
        var own = weeks.All().ToDictionary(week => week.Person, StringComparer.Ordinal);
        var taken = work.All().Where(task => task.Owner is not null).ToList();
        var hours = taken.Select(task => task.Owner!).Distinct(StringComparer.Ordinal).Sum(person => (own.GetValueOrDefault(person) ?? WorkingWeek.Usual(person)).Hours);
        return new StandingNow(GoalLeft(), taken.Count == 0 ? null : taken.Sum(task => StepLength.Of(task.Channel).TotalHours) / hours, taken.Count);
    }

    public IReadOnlyList<MetricValue> All(ResultsPeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        return Reader().All(period.First, period.Last, Standing());
    }

    public MetricValue One(string key, ResultsPeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        return Reader().One(MetricCatalog.Find(key), period.First, period.Last, key is MetricCatalog.Coverage or MetricCatalog.Load ? Standing() : null);
    }

    /// <summary>Per week as far as the count goes, at most a year: the actions and the results that are set beside each other.</summary>
    public (IReadOnlyList<DateOnly> Mondays, IReadOnlyDictionary<string, IReadOnlyList<double>> Leads, IReadOnlyDictionary<string, IReadOnlyList<double>> Lags) Weekly(ResultsPeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        var mondays = Weeks.Whole(period.First, period.Last);
        if (mondays.Count == 0)
            return (mondays, new Dictionary<string, IReadOnlyList<double>>(), new Dictionary<string, IReadOnlyList<double>>());
        var (first, last) = (mondays[0], mondays[^1].AddDays(6));
        var leads = new Dictionary<string, IReadOnlyList<double>>
        {
            ["New conversations"] = Along(Metrics.Marks.PerWeek(Mark.Conversation, first, last)),
            ["Meetings agreed"] = Along(Metrics.Marks.PerWeek(Mark.Booked, first, last)),
            ["Written replies"] = Along(Metrics.Marks.PerWeek(Mark.Replied, first, last)),
            ["Sales begun"] = Along(Metrics.Sales.Begun(first, last)),
        };
        var lags = new Dictionary<string, IReadOnlyList<double>>
        {
            ["New clients"] = Along(Metrics.Sales.NewClients(first, last).ToDictionary(week => week.Monday, week => week.Clients)),
            ["Value won"] = [.. mondays.Select(monday => Metrics.Sales.WonValue(first, last).GetValueOrDefault(monday))],
        };
        return (mondays, leads, lags);

        IReadOnlyList<double> Along(IReadOnlyDictionary<DateOnly, long> weeks) => [.. mondays.Select(monday => (double)weeks.GetValueOrDefault(monday))];
    }
}
