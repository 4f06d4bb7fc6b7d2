using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Queue;
using Playbook.Sales.Reps;
using Playbook.Server.Queue;
using Playbook.Storage;
using Playbook.Storage.Queue;

namespace Playbook.Server.Pages.Team;

/// <summary>Who has how much to do, and moving it.</summary>
public sealed class TeamShelf(OpenWork work, TaskDesk desk, IDbContextFactory<PlaybookDb> databases, TimeProvider clock)
{
    public async Task<TeamLoad> Load(CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var names = await database.Reps.AsNoTracking().OrderBy(rep => rep.Name).Select(rep => rep.Name).ToListAsync(cancellationToken);
        var absences = await database.Absences.AsNoTracking().Where(absence => absence.Until > now).OrderBy(absence => absence.From).ToListAsync(cancellationToken);
        var all = work.All();
        var people = all.GroupBy(task => task.Owner).Select(group => Of(group.Key, [.. group], absences, now)).ToList();
        foreach (var absence in absences.Where(absence => absence.Holds(now) && people.All(person => person.Person != absence.Person)))
            people.Add(Of(absence.Person, [], absences, now));
        var roles = all.GroupBy(task => task.Role)
            .Select(group => new RoleLoad(group.Key, group.Count(), group.Count(task => task.Owner is null), group.Count(task => task.DueAt < now), group.Min(task => task.DueAt)))
            .OrderByDescending(role => role.Open).ToList();
        return new TeamLoad([.. people.OrderBy(person => person.Person is null ? 0 : 1).ThenByDescending(person => person.Work)], roles, [.. names.Union(people.Select(person => person.Person).OfType<string>()).Order(StringComparer.CurrentCulture)], absences);
    }

    /// <summary>Moves some tasks: of somebody those due last, so that nobody loses what they are about to do; of nobody those due first.</summary>
    public async Task<IReadOnlyList<TaskMove>> Rebalance(string? from, string? to, string? role, int count, string by)
    {
        var chosen = work.All().Where(task => task.Owner == from && (role is null || task.Role == role))
            .OrderBy(task => (task.DueAt ?? DateTimeOffset.MaxValue).UtcTicks * (from is null ? 1 : -1)).ThenBy(task => task.Id, StringComparer.Ordinal).Take(count).Select(task => task.Id).ToList();
        return await desk.Rebalance(chosen, to, by);
    }

    public async Task Away(string person, string cover, DateTimeOffset from, DateTimeOffset until, string by)
    {
        await using var database = await databases.CreateDbContextAsync();
        database.Absences.Add(new Absence { Id = Guid.CreateVersion7(clock.GetUtcNow()), Person = person, Cover = cover, From = from, Until = until, By = by });
        await database.SaveChangesAsync();
    }

    public async Task Back(Guid absence)
    {
        await using var database = await databases.CreateDbContextAsync();
        await database.Absences.Where(one => one.Id == absence).ExecuteDeleteAsync();
    }

    private static PersonLoad Of(string? person, IReadOnlyList<OpenTask> tasks, IReadOnlyList<Absence> absences, DateTimeOffset now)
    {
        var away = absences.FirstOrDefault(absence => absence.Person == person && absence.Holds(now));
        return new PersonLoad(
            person, [.. tasks.GroupBy(task => task.Role).OrderByDescending(group => group.Count()).Select(group => group.Key)], tasks.Count, tasks.Count(task => task.SnoozedUntil > now),
            TimeSpan.FromTicks(tasks.Sum(task => StepLength.Of(task.Channel).Ticks)), tasks.Count(task => task.DueAt < now), away?.Until, away?.Cover);
    }
}
