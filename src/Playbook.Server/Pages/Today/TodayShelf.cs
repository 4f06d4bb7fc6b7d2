using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Queue;
using Playbook.Sales.Reps;
using Playbook.Storage;
using Playbook.Storage.Queue;

namespace Playbook.Server.Pages.Today;

/// <summary>Makes a rep's day from all open tasks, in memory.</summary>
public sealed class TodayShelf(OpenWork work, QueueBook book, Replies replies, PromiseBook promises, IDbContextFactory<PlaybookDb> databases, TimeProvider clock) : IDisposable
{
    /// <summary>More than anybody reads; how many there are is said.</summary>
    private const int MostShown = 60;

    private static readonly TimeSpan WorkingDay = TimeSpan.FromHours(6.5);
    private static readonly TimeSpan FactsHoldFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReplyIsOldAfter = TimeSpan.FromDays(14);
    private static readonly TimeOnly DayBegins = new(9, 0);
    private static readonly TimeOnly DayEnds = new(17, 0);

    private readonly TodayOrder _order = new(work, promises);
    private readonly SemaphoreSlim _oneLook = new(1, 1);
    private volatile Facts? _facts;

    /// <param name="role">The role whose tasks they are; null for all roles.</param>
    /// <param name="person">Whose day it is: tasks that others have are left out, unless they are away and this person covers them.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<TodayPlan> Load(string? role, string person, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var facts = await FactsAt(now, cancellationToken);
        var owners = facts.Absences.Where(absence => absence.Cover == person && absence.Holds(now)).Select(absence => absence.Person).Append(person).ToHashSet(StringComparer.Ordinal);
        var held = book.Held().Select(answer => answer.TaskId).ToHashSet(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var mine = new List<QueuePlace>();
        var roles = facts.People.FirstOrDefault(rep => rep.Name == person)?.Roles ?? RoleSet.None;
        foreach (var (task, place) in _order.At(now, facts.Unanswered, facts.WinRate))
        {
            // Whoever holds no role in particular may do any step that nobody has taken.
            var isMine = task.Owner is null ? roles.Count == 0 || roles.Has(task.Role) : owners.Contains(task.Owner);
            if (!isMine || held.Contains(task.Id))
                continue;
            counts[task.Role] = counts.GetValueOrDefault(task.Role) + 1;
            if (role is null || task.Role == role)
                mine.Add(place);
        }

        var (day, end, left) = Day(now);
        var plan = DayPlan.Of(mine, left, end);
        // Whatever was closed in this moment is not shown any more.
        IReadOnlyList<TodayItem> Items(IReadOnlyList<QueuePlace> places) => [.. places.Take(MostShown).Select(place => (Task: work.Find(place.Item.TaskId), place)).Where(one => one.Task is not null).Select(one => new TodayItem(one.Task!, one.place))];
        return new TodayPlan(
            Items(plan.Today), Items(plan.Moved), plan.Moved.Count, plan.Planned, plan.Capacity, day, day == DateOnly.FromDateTime(Local(now).Date),
            mine.Count(place => place.Why == QueueReason.Replied), [.. counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new RoleCount(pair.Key, pair.Value))]);
    }

    /// <summary>Colleagues by name, to whom something can be given.</summary>
    public async Task<IReadOnlyList<string>> People(string me, CancellationToken cancellationToken = default) =>
        [.. (await FactsAt(clock.GetUtcNow(), cancellationToken)).People.Select(rep => rep.Name).Where(name => name != me)];

    /// <summary>The beginning of the next working day, for what is put off until then.</summary>
    public DateTimeOffset NextMorning()
    {
        var day = Local(clock.GetUtcNow()).Date.AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            day = day.AddDays(1);
        return At(day, DayBegins);
    }

    public void Dispose() => _oneLook.Dispose();

    /// <summary>The day to plan, when it ends, and how much of it is left: after hours it is the next working day.</summary>
    private (DateOnly Day, DateTimeOffset End, TimeSpan Left) Day(DateTimeOffset now)
    {
        var day = Local(now).Date;
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || At(day, DayEnds) <= now)
            day = day.AddDays(1);
        var end = At(day, DayEnds);
        var begin = At(day, DayBegins);
        var left = end - (begin > now ? begin : now);
        return (DateOnly.FromDateTime(day), end, left < WorkingDay ? left : WorkingDay);
    }

    private async Task<Facts> FactsAt(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_facts is { } known && known.At <= now && now - known.At < FactsHoldFor)
            return known;
        await _oneLook.WaitAsync(cancellationToken);
        try
        {
            if (_facts is { } fresh && fresh.At <= now && now - fresh.At < FactsHoldFor)
                return fresh;
            work.LookAtContacts();
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var (won, closed) = (
                await database.Opportunities.CountAsync(one => one.Status == OpportunityStatus.Won, cancellationToken),
                await database.Opportunities.CountAsync(one => one.Status != OpportunityStatus.Open, cancellationToken));
            var absences = await database.Absences.AsNoTracking().Where(absence => absence.Until > now).ToListAsync(cancellationToken);
            var people = await database.Reps.AsNoTracking().OrderBy(rep => rep.Name).ToListAsync(cancellationToken);
            return _facts = new Facts(now, replies.Unanswered(now - ReplyIsOldAfter), absences, people, closed == 0 ? 0 : (decimal)won / closed);
        }
        finally
        {
            _oneLook.Release();
        }
    }

    private DateTime Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, clock.LocalTimeZone).DateTime;

    private DateTimeOffset At(DateTime day, TimeOnly time)
    {
        var local = DateTime.SpecifyKind(day.Date + time.ToTimeSpan(), DateTimeKind.Unspecified);
        return new DateTimeOffset(local, clock.LocalTimeZone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <param name="Unanswered">Who has written last, and when.</param>
    /// <param name="WinRate">The share of closed sales that were won, from 0 to 1.</param>
    private sealed record Facts(DateTimeOffset At, IReadOnlyDictionary<Guid, DateTimeOffset> Unanswered, IReadOnlyList<Absence> Absences, IReadOnlyList<Rep> People, decimal WinRate);
}
