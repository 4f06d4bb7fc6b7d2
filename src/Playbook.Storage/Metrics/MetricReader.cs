using Playbook.Sales.Metrics;
using Playbook.Sales.Phases;
using Playbook.Sales.Statistics;

namespace Playbook.Storage.Metrics;

/// <summary>Computes what the catalogue names from the count and the sales.</summary>
public sealed class MetricReader(MetricStore store, CostModel costs)
{
    /// <summary>Fewer cases than this say nothing of a share.</summary>
    private const long FewestCases = 5;

    private static readonly HashSet<string> Early = [Phase.LeadGeneration, Phase.Appointment];
    private static readonly HashSet<string> Keeping = [Phase.ProgramDesign, Phase.Renewal, Phase.Upsell];

    /// <summary>Every metric that can be told, in the catalogue's order.</summary>
    /// <param name="first">The first day of the period.</param>
    /// <param name="last">The last; the period before has as many days.</param>
    /// <param name="standing">What no event tells; null where nobody knows.</param>
    public IReadOnlyList<MetricValue> All(DateOnly first, DateOnly last, StandingNow? standing = null) =>
        [.. MetricCatalog.All.Where(metric => metric.Missing is null && metric.Key != "forecast-error").Select(metric => One(metric, first, last, standing))];

    /// <summary>One of them.</summary>
    public MetricValue One(Metric metric, DateOnly first, DateOnly last, StandingNow? standing = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var days = last.DayNumber - first.DayNumber + 1;
        var (now, of) = Of(metric.Key, first, last, standing);
        // What stands open was another thing then, and nobody kept it.
        var before = metric.Key is MetricCatalog.Coverage or MetricCatalog.Velocity or MetricCatalog.Load ? null : Of(metric.Key, first.AddDays(-days), first.AddDays(-1), null).Value;
        return new MetricValue(metric, now, before, of);
    }

    /// <summary>Hours and money by a part of the count, the most hours first.</summary>
    public IReadOnlyList<Effort> EffortBy(DayPart part, DateOnly first, DateOnly last) =>
        [.. store.Days.Sums(new DayQuestion(DayFact.TaskDone, first, last), part, DayPart.Role, DayPart.Channel)
            .GroupBy(sum => sum.Group[0], StringComparer.Ordinal)
            .Select(group => new Effort(group.Key, group.Sum(sum => sum.Count.Count), group.Sum(Hours), group.Sum(sum => Hours(sum) * costs.RateOf(sum.Group[1]))))
            .OrderByDescending(effort => effort.Hours)];

    /// <summary>All that the period cost: hours, touches, and its share of tools and overhead.</summary>
    public double Cost(DateOnly first, DateOnly last) =>
        EffortBy(DayPart.Role, first, last).Sum(effort => effort.Cost)
        + TouchCosts(first, last).Sum(touch => touch.Cost)
        + costs.Standing(last.DayNumber - first.DayNumber + 1);

    /// <summary>What touches cost besides the hours, by channel.</summary>
    public IReadOnlyList<Effort> TouchCosts(DateOnly first, DateOnly last) =>
        [.. store.Days.Sums(new DayQuestion(DayFact.Touch, first, last) { Step = "Out" }, DayPart.Channel)
            .Select(sum => new Effort(sum.Group[0], sum.Count.Count, 0, sum.Count.Count * costs.PriceByChannel.GetValueOrDefault(sum.Group[0])))];

    private (double? Value, long Of) Of(string key, DateOnly first, DateOnly last, StandingNow? standing)
    {
        return key switch
        {
            MetricCatalog.Conversations => Any(Marks(Mark.Conversation) / (double)Math.Max(1, WorkingDays(first, last)), Marks(Mark.Conversation)),
            MetricCatalog.SpeedToLead => Speed(first, last),
            MetricCatalog.Adherence => Adherence(first, last),
            MetricCatalog.Qualified => Share(Stated("BatonAccepted"), Stated("BatonAccepted") + Stated("BatonReturned")),
            MetricCatalog.Returned => Share(Stated("BatonReturned"), Stated("BatonPassed")),
            MetricCatalog.AcceptedInTime => Share(Stated("BatonAccepted"), Stated("BatonPassed")),
            MetricCatalog.AppointmentRate => Share(Marks(Mark.Booked), Marks(Mark.Conversation)),
            MetricCatalog.ShowRate => Share(Marks(Mark.Held), Marks(Mark.Booked)),
            MetricCatalog.EarlyEffort => EffortShare(first, last, Early),
            MetricCatalog.KeepingEffort => EffortShare(first, last, Keeping),
            MetricCatalog.Coverage => standing?.GoalLeft is > 0 and var left ? (store.Sales.Open().Value / left, store.Sales.Open().Count) : (null, 0),
            MetricCatalog.Load => (standing?.Load, standing?.OpenSteps ?? 0),
            MetricCatalog.SharedSteps => Shared(first, last),
            MetricCatalog.WinRate => Won(first, last),
            MetricCatalog.CycleDays => Cycle(first, last),
            MetricCatalog.Velocity => Velocity(first, last),
            MetricCatalog.NewAccounts => NewClients(first, last),
            MetricCatalog.NewAccountsBumpiness => (ControlLimits.CoefficientOfVariation(WeeklyClients(first, last)), WeeklyClients(first, last).Count),
            MetricCatalog.Renewal => Share(Marks(Mark.Renewed), Marks(Mark.Renewed) + Marks(Mark.Left)),
            MetricCatalog.Upsell => Share(Marks(Mark.Phase(Phase.Upsell)), Marks(Mark.Won)),
            MetricCatalog.Referral => Share(Marks(Mark.Referred), Marks(Mark.Won)),
            MetricCatalog.CostOfSale => store.Sales.NewClients(first, last).Sum(week => week.Clients) is > 0 and var clients ? (Cost(first, last) / clients, clients) : (null, 0),
            MetricCatalog.ReturnOnEffort => Return(first, last),
            MetricCatalog.OptOuts => PerThousand(Marks(Mark.OptedOut)),
            MetricCatalog.Bounces => PerThousand(Touches("In", "Bounced")),
            MetricCatalog.Complaints => PerThousand(Touches("In", "Complained")),
            _ => throw new InvalidOperationException($"The metric '{key}' stands in the catalogue, but nobody computes it."),
        };

        long Marks(string what) => store.Marks.Count(what, first, last);
        long Stated(string fact) => Sum(new DayQuestion(DayFact.Stated, first, last) { Step = fact }).Count;
        long Touches(string direction, string kind) => Sum(new DayQuestion(DayFact.Touch, first, last) { Step = direction, Outcome = kind }).Count;
        (double?, long) PerThousand(long many) => Touches("Out", "Sent") is >= 100 and var sent ? (1000.0 * many / sent, sent) : (null, Touches("Out", "Sent"));
    }

    private static (double?, long) Share(long part, long all) => all < FewestCases ? (null, all) : ((double)part / all, all);

    private static (double?, long) Any(double value, long of) => of == 0 ? (null, 0) : (value, of);

    private DayCount Sum(DayQuestion question) => store.Days.Sums(question) is [var sum] ? sum.Count : default;

    private double Hours(DaySum sum) => costs.Hours(sum.Group[2], sum.Count.Count);

    private (double?, long) Speed(DateOnly first, DateOnly last)
    {
        List<double> minutes = [.. store.Marks.Journeys([Mark.Started, Mark.Touched], first, last)
            .Where(journey => journey.At[1] >= journey.At[0]).Select(journey => (journey.At[1]!.Value - journey.At[0]!.Value).TotalMinutes)];
        return (Funnel.Median(minutes), minutes.Count);
    }

    private (double?, long) Adherence(DateOnly first, DateOnly last)
    {
        var done = Sum(new DayQuestion(DayFact.TaskDone, first, last));
        var expired = Sum(new DayQuestion(DayFact.StepDone, first, last) { Outcome = "Expired" }).Count;
        return Share(done.Count - done.Late, done.Count + expired);
    }

    private (double?, long) EffortShare(DateOnly first, DateOnly last, HashSet<string> playbooks)
    {
        var effort = EffortBy(DayPart.Playbook, first, last);
        var all = effort.Sum(one => one.Hours);
        return (all == 0 ? null : effort.Where(one => playbooks.Contains(one.Name)).Sum(one => one.Hours) / all, effort.Sum(one => one.Tasks));
    }

    private (double?, long) Shared(DateOnly first, DateOnly last)
    {
        var steps = store.Days.Sums(new DayQuestion(DayFact.TaskDone, first, last), DayPart.Playbook, DayPart.Step, DayPart.Rep).Where(sum => sum.Group[2].Length > 0)
            .GroupBy(sum => (sum.Group[0], sum.Group[1])).Select(step => (Reps: step.Count(), Tasks: step.Sum(sum => sum.Count.Count))).ToList();
        return Share(steps.Where(step => step.Reps >= 2).Sum(step => step.Tasks), steps.Sum(step => step.Tasks));
    }

    private (double?, long) Won(DateOnly first, DateOnly last)
    {
        var (begun, won) = store.Sales.Cohort(first, last);
        return begun > 0 ? Share(won, begun) : Share(store.Marks.Journeys([Mark.Started, Mark.Won], first, last).Count(journey => journey.At[1] is not null), store.Marks.Count(Mark.Started, first, last));
    }

    private (double?, long) Cycle(DateOnly first, DateOnly last)
    {
        var cases = store.Sales.Durations(first, last);
        return cases.Count < FewestCases ? (null, cases.Count) : (KaplanMeier.Of(cases).TimeUntil(0.5), cases.Count);
    }

    private (double?, long) Velocity(DateOnly first, DateOnly last) =>
        store.Sales.By([], first, last) is [{ Won: > 0 } sales] && Cycle(first, last).Item1 is > 0 and var cycle
            ? (store.Sales.Open().Count * sales.WinRate.Rate * sales.ValueOfWin!.Value / cycle, sales.Closed) : (null, 0);

    private (double?, long) NewClients(DateOnly first, DateOnly last)
    {
        var all = store.Sales.NewClients(first, last).Sum(week => week.Clients);
        return Any(all * 7.0 / (last.DayNumber - first.DayNumber + 1), all);
    }

    private List<double> WeeklyClients(DateOnly first, DateOnly last)
    {
        var clients = store.Sales.NewClients(first, last).ToDictionary(week => week.Monday, week => (double)week.Clients);
        return [.. Weeks.Whole(first, last).Select(monday => clients.GetValueOrDefault(monday))];
    }

    private (double?, long) Return(DateOnly first, DateOnly last)
    {
        var hours = EffortBy(DayPart.Role, first, last).Sum(effort => effort.Hours);
        var value = store.Sales.By([], first, last) is [var sales] ? sales.Value : 0;
        return hours == 0 ? (null, 0) : ((value * costs.Margin - Cost(first, last)) / hours, (long)hours);
    }

    private static int WorkingDays(DateOnly first, DateOnly last)
    {
        var days = 0;
        for (var day = first; day <= last; day = day.AddDays(1))
            days += day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        return days;
    }
}
