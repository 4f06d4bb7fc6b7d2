using Playbook.Sales.Forecasts;
using Playbook.Sales.Metrics;
using Playbook.Sales.Statistics;
using Playbook.Storage.Metrics;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Measures.Forecasts;

/// <summary>A forecast as it was made on a day.</summary>
public sealed record ForecastSnapshot(DateOnly MadeOn, DateOnly First, DateOnly Last, double Expected, double Low, double High, string Champion);

/// <summary>What the forecast page shows.</summary>
/// <param name="Next">The next quarter, or while the history is short the next month.</param>
/// <param name="Scores">How each method did over the past months, each month forecast from what was known the evening before.</param>
/// <param name="Snapshots">What was said of that period day by day, oldest first.</param>
/// <param name="Trial">What the period would bring if something were otherwise.</param>
/// <param name="LastMiss">Why the last month came out otherwise than forecast; null where too little was decided.</param>
public sealed record ForecastView(DateOnly Today, Forecast Next, IReadOnlyList<MethodScore> Scores, IReadOnlyList<ForecastSnapshot> Snapshots, WhatIf Trial, MissSplit? LastMiss, PredictabilityClock Clock)
{
    private static readonly System.Globalization.CultureInfo English = System.Globalization.CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"December 2026", "January to March 2027".</summary>
    public string Name => (Next.Period.Days > 31 ? Next.Period.First.ToString("MMMM", English) + " to " : "") + Next.Period.Last.ToString("MMMM yyyy", English);

    /// <summary>Whether the champion was chosen by its past, or stands in for want of one.</summary>
    public bool IsChosen => Next.Methods.Count(method => method.PastError is not null) > 1;

    public MethodScore? Combined => Scores.FirstOrDefault(score => score.Method == Forecast.TwoBest);
}

/// <summary>Makes forecasts, and races the methods over the past. Kept for the day, since both take seconds over a long book.</summary>
public sealed class ForecastShelf(RunStore store, TimeProvider clock)
{
    private const string Snapshots = "results.forecast:";
    private const int FewestWins = 12;
    private const int MostMonths = 8;
    private const int FewestMonthsForQuarters = 15;

    private readonly Lock _gate = new();
    private ((DateOnly Today, int Deals, int Closed) Of, Task<ForecastView?> View)? _kept;

    private MetricStore Metrics => store.Metrics;

    /// <summary>Null where too few sales were won to say anything.</summary>
    public Task<ForecastView?> View()
    {
        var deals = Metrics.Sales.Deals();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), clock.LocalTimeZone).DateTime);
        var of = (today, deals.Count, deals.Count(deal => deal.ClosedOn is not null));
        lock (_gate)
        {
            if (_kept is not { } kept || kept.Of != of || kept.View.IsFaulted)
                _kept = kept = (of, Task.Run(() => Make(today, deals)));
            return kept.View;
        }
    }

    /// <summary>Keeps today's forecast, so that it can be held against what comes; true where there was one to keep.</summary>
    public async Task<bool> Keep(string by)
    {
        if (await View() is not { } view)
            return false;
        var next = view.Next;
        await Metrics.Settings.Set(
            $"{Snapshots}{next.Period.First:yyyy-MM-dd}:{view.Today:yyyy-MM-dd}",
            new ForecastSnapshot(view.Today, next.Period.First, next.Period.Last, next.Expected, next.Band.Low, next.Band.High, next.Champion), clock.GetUtcNow(), by);
        return true;
    }

    /// <summary>What reps promised, with how good their earlier promises were.</summary>
    public IReadOnlyList<CommitRecord> Commits(ForecastView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return CommitRecord.Judge(Metrics.Settings.All<Commit>(Commit.Prefix), view.Next.Period, view.Today, (rep, first, last) =>
            Metrics.Sales.By([SalesGroup.Rep], first, last).FirstOrDefault(figure => figure.Group[0] == rep)?.Value ?? 0);
    }

    /// <summary>Reps who own a sale, by name: who can promise something.</summary>
    public IReadOnlyList<string> Reps() => [.. Metrics.Sales.By([SalesGroup.Rep]).Select(figure => figure.Group[0]).Where(rep => rep.Length > 0)];

    public ValueTask Promise(ForecastView view, string rep, double value, string by)
    {
        ArgumentNullException.ThrowIfNull(view);
        var commit = new Commit(rep, view.Next.Period.First, view.Next.Period.Last, value, view.Today, by);
        return Metrics.Settings.Set(commit.Key, commit, clock.GetUtcNow(), by);
    }

    private ForecastView? Make(DateOnly today, IReadOnlyList<Deal> deals)
    {
        var won = deals.Where(deal => deal.IsWon).ToList();
        if (won.Count < FewestWins)
            return null;
        var book = DealBook.On(today, deals);
        // A quarter can be told once a few quarters are over to learn from; before that, the next month.
        var period = won.Min(deal => deal.ClosedOn!.Value).AddMonths(FewestMonthsForQuarters) <= today ? NextQuarter(today) : NextMonth(today);
        var snapshots = Metrics.Settings.All<ForecastSnapshot>($"{Snapshots}{period.First:yyyy-MM-dd}:");
        var scores = Race(book, won);
        var last = scores.FirstOrDefault(score => score.Method == Forecast.TwoBest)?.Receipts[^1];
        return new ForecastView(today, Forecast.Make(book, period), scores, snapshots, WhatIf.Learn(book, period), last is null ? null : MissSplit.Of(book, last), PredictabilityClock.Of(book));
    }

    /// <summary>Months that are over and had at least a quarter of a year of wins before them.</summary>
    private static IReadOnlyList<MethodScore> Race(DealBook book, List<Deal> won)
    {
        var earliest = won.Min(deal => deal.ClosedOn!.Value).AddDays(91);
        List<Period> months = [];
        for (var first = new DateOnly(book.Today.Year, book.Today.Month, 1).AddMonths(-1); first > earliest && months.Count < MostMonths; first = first.AddMonths(-1))
            months.Insert(0, Period.Month(first.Year, first.Month));
        return months.Count == 0 || months.Sum(book.Won) == 0 ? [] : Backtest.Run(book, months);
    }

    private static Period NextMonth(DateOnly today)
    {
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1);
        return Period.Month(first.Year, first.Month);
    }

    private static Period NextQuarter(DateOnly today)
    {
        var first = new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1).AddMonths(3);
        return Period.Quarter(first.Year, (first.Month - 1) / 3 + 1);
    }
}
