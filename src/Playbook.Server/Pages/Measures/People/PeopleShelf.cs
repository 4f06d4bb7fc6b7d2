using Playbook.Sales.Goals;
using Playbook.Sales.Metrics;
using Playbook.Sales.Phases;
using Playbook.Sales.Reps;
using Playbook.Server.Pages.Team;

namespace Playbook.Server.Pages.Measures.People;

/// <summary>How somebody's work stands.</summary>
/// <param name="Week">How much time for steps they have.</param>
/// <param name="Load">Hours of open work.</param>
/// <param name="Late">Open steps that should have been done.</param>
/// <param name="Done">Steps done in the period.</param>
/// <param name="AfterHours">Of those, in the evening, at night or at the weekend.</param>
public sealed record WorkHealth(string Rep, WorkingWeek Week, double Load, int Open, int Late, long Done, long AfterHours, bool IsAway)
{
    /// <summary>How many of their own working days the open work takes.</summary>
    public double DaysOfWork => Load / Week.HoursOfDay;
}

/// <summary>What the page about people and risk shows.</summary>
/// <param name="Hangs">Concentration by what it is about: clients, reps, playbooks.</param>
public sealed record PeopleView(
    IReadOnlyList<CoachingCard> Cards, IReadOnlyList<WorkHealth> Work, IReadOnlyList<(string About, string Of, Concentration Parts)> Hangs, Transferability? Transfer, Starvation? Starvation, bool HasGoal);

/// <summary>Looks at who does the work, and what would happen without them.</summary>
public sealed class PeopleShelf(ResultsDesk desk, PictureShelf shelf, TeamShelf team, WorkingWeeks weeks, TimeProvider clock)
{
    // What counts as after hours, where the company is.
    private static readonly TimeOnly Morning = new(7, 0);
    private static readonly TimeOnly Evening = new(19, 0);

    public async Task<PeopleView> View(ResultsPeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        var plans = await shelf.Plans(period);
        var load = await team.Load();
        return await Task.Run(() => new PeopleView(CoachingCard.Of([.. Ratios(period)]), Work(period, load), Hangs(period, plans), Transfer(period, plans), Starves(period), desk.GoalLeft() is not null));
    }

    private IEnumerable<RepRatio> Ratios(ResultsPeriod period)
    {
        var tasks = desk.Metrics.Days.Sums(new DayQuestion(DayFact.TaskDone, period.First, period.Last), DayPart.Rep, DayPart.Channel, DayPart.Playbook, DayPart.Outcome)
            .Where(sum => sum.Group[0].Length > 0).Select(sum => (Rep: sum.Group[0], Channel: sum.Group[1], Playbook: sum.Group[2], Outcome: sum.Group[3], sum.Count)).ToList();
        foreach (var rep in tasks.GroupBy(task => task.Rep, StringComparer.Ordinal))
        {
            long Many(Func<(string Rep, string Channel, string Playbook, string Outcome, DayCount Count), bool> which) => rep.Where(which).Sum(task => task.Count.Count);
            bool Talked((string Rep, string Channel, string Playbook, string Outcome, DayCount Count) task) => StepWords.IsConversation(task.Channel, task.Outcome);
            var all = rep.Sum(task => task.Count.Count);
            yield return new("Steps on time", rep.Key, all - rep.Sum(task => task.Count.Late), all, "Take the steps in the order of the day plan for a week, and put off in the morning what will not fit.");
            yield return new("Calls in which somebody is reached", rep.Key, Many(task => task.Channel == "phone" && Talked(task)), Many(task => task.Channel == "phone"), "Call at another hour of their day than until now, for two weeks, and compare.");
            yield return new("Conversations that lead to a meeting", rep.Key, Many(task => task.Channel == "phone" && Talked(task) && StepWords.Mark(task.Playbook, task.Outcome) == Mark.Booked), Many(task => task.Channel == "phone" && Talked(task)), "Rehearse the end of the call together: one reason to meet, two times to choose from.");
            yield return new("Meetings that take place", rep.Key, Many(task => task.Channel == "calendar" && StepWords.Mark(task.Playbook, task.Outcome) == Mark.Held), Many(task => task.Channel == "calendar"), "Confirm the day before, with the agenda in one sentence.");
        }

        foreach (var sales in desk.Metrics.Sales.By([SalesGroup.Rep], period.First, period.Last).Where(figure => figure.Group[0].Length > 0))
            yield return new("Sales won of decided", sales.Group[0], sales.Won, sales.Closed, "Go through the last five lost sales together: which question was not asked?");
    }

    private List<WorkHealth> Work(ResultsPeriod period, TeamLoad load)
    {
        var done = desk.Metrics.Heat.Done(Begins(period.First), desk.Now).GroupBy(task => task.Rep, StringComparer.Ordinal).ToDictionary(rep => rep.Key, rep => (All: rep.LongCount(), After: rep.LongCount(task => IsAfterHours(task.At))), StringComparer.Ordinal);
        var own = weeks.All().ToDictionary(week => week.Person, StringComparer.Ordinal);
        var people = load.People.Where(person => person.Person is not null).ToDictionary(person => person.Person!, StringComparer.Ordinal);
        return [.. people.Keys.Union(done.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(rep =>
        {
            var (person, (all, after)) = (people.GetValueOrDefault(rep), done.GetValueOrDefault(rep));
            return new WorkHealth(rep, own.GetValueOrDefault(rep) ?? WorkingWeek.Usual(rep), person?.Work.TotalHours ?? 0, person?.Open ?? 0, person?.Late ?? 0, all, after, person?.Away is not null);
        })];
    }

    private List<(string, string, Concentration)> Hangs(ResultsPeriod period, IReadOnlyList<CompletionPlan> plans) =>
    [
        ("Clients", "of the value won", Concentration.By(desk.Metrics.Sales.WonByClient(period.First, period.Last))),
        ("Reps", "of the value won", Concentration.By(desk.Metrics.Sales.By([SalesGroup.Rep], period.First, period.Last).Where(figure => figure.Group[0].Length > 0).Select(figure => (figure.Group[0], figure.Value)))),
        ("Playbooks", "of the hours", Concentration.By(desk.Reader().EffortBy(DayPart.Playbook, period.First, period.Last).Select(effort => (plans.FirstOrDefault(plan => plan.Id == effort.Name)?.Name ?? effort.Name, effort.Hours)))),
    ];

    private Transferability? Transfer(ResultsPeriod period, IReadOnlyList<CompletionPlan> plans)
    {
        var sums = desk.Metrics.Days.Sums(new DayQuestion(DayFact.TaskDone, period.First, period.Last), DayPart.Playbook, DayPart.Step, DayPart.Channel, DayPart.Rep);
        var people = sums.ToLookup(sum => (sum.Group[0], sum.Group[1]));
        return Transferability.Of([.. plans.SelectMany(plan => plan.Steps.Where(step => step.IsHuman).Select(step =>
        {
            var done = people[(plan.Id, step.Id)].ToList();
            return new TransferableStep(
                plan.Name, step.Title, done.Sum(sum => desk.Costs.Hours(sum.Group[2], sum.Count.Count)), step.DoneWhen is not null, step.HasScript, step.Left >= StepHeat.Fewest,
                [.. done.Where(sum => sum.Group[3].Length > 0).GroupBy(sum => sum.Group[3], StringComparer.Ordinal).Select(rep => (rep.Key, rep.Sum(sum => sum.Count.Count)))]);
        }))]);
    }

    private Starvation? Starves(ResultsPeriod period)
    {
        var goal = desk.BigPicture.Goals.Where(one => one.Measure == GoalMeasure.ValueWon && one.By >= desk.Today).MinBy(one => one.By);
        if (goal is null || desk.Metrics.Sales.By([], period.First, period.Last) is not [var sales])
            return null;
        var early = desk.Reader().EffortBy(DayPart.Playbook, period.First, period.Last).Where(effort => effort.Name is Phase.LeadGeneration or Phase.Appointment).Sum(effort => effort.Hours);
        return Starvation.Of(desk.GoalLeft() ?? 0, (goal.By.DayNumber - desk.Today.DayNumber) / 7.0, desk.Metrics.Sales.Open().Count, sales.Won, sales.Closed, sales.Value, sales.Begun, early, period.Days / 7.0);
    }

    private bool IsAfterHours(DateTimeOffset at)
    {
        var here = TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone);
        return here.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || TimeOnly.FromDateTime(here.DateTime) is var time && (time < Morning || time >= Evening);
    }

    private DateTimeOffset Begins(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), clock.LocalTimeZone.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue)));
}
