using Playbook.Sales.Reps;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Team;

/// <summary>Everybody's working week, kept in the database by name.</summary>
public sealed class WorkingWeeks(RunStore store, TimeProvider clock)
{
    private const string Prefix = "team.week:";

    /// <summary>One look into the database by its key; the usual week for who has none of their own.</summary>
    public WorkingWeek Of(string person) => store.Metrics.Settings.Get<WorkingWeek>(Prefix + person) ?? WorkingWeek.Usual(person);

    /// <summary>Those that were set, by name.</summary>
    public IReadOnlyList<WorkingWeek> All() => store.Metrics.Settings.All<WorkingWeek>(Prefix);

    /// <exception cref="ArgumentException">There is no such week; the message is for people.</exception>
    public ValueTask Set(WorkingWeek week, string by)
    {
        ArgumentNullException.ThrowIfNull(week);
        if (!week.IsPossible)
            throw new ArgumentException($"{week.Hours} hours on {week.Days} days is no working week of {week.Person}'s: give 1 to 7 days, hours above 0, and no more than 16 of them in a day.", nameof(week));
        return store.Metrics.Settings.Set(Prefix + week.Person, week, clock.GetUtcNow(), by);
    }
}
