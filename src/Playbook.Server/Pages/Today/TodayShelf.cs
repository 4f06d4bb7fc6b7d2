using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Queue;
using Playbook.Sales.Reps;
using Playbook.Server.Pages.Team;
using Playbook.Storage;
using Playbook.Storage.Queue;

namespace Playbook.Server.Pages.Today;

/// <summary>Makes a rep's day from all open tasks, in memory.</summary>
public sealed class TodayShelf(OpenWork work, QueueBook book, Replies replies, PromiseBook promises, WorkingWeeks weeks, IDbContextFactory<PlaybookDb> databases, TimeProvider clock) : IDisposable
{
    /// <summary>More than anybody reads; how many there are is said.</summary>
    private const int MostShown = 60;

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
        var roles = facts.People.FirstOrDefault(rep => rep.Name == person)?.Roles ?? RoleSet.None;
        // Whoever holds no role in particular may do any step that nobody has taken.
        bool IsMine(OpenTask task) => (task.Owner is null ? roles.Count == 0 || roles.Has(task.Role) : owners.Contains(task.Owner)) && !(held.Count > 0 && held.Contains(task.Id));
        var day = Day(now, TimeSpan.FromHours(weeks.Of(person).HoursOfDay));
        return _order.Look(now, facts.Unanswered, facts.WinRate, order => Plan(order, IsMine, role, day));
    }

    private TodayPlan Plan(List<TodayItem> order, Func<OpenTask, bool> isMine, string? role, WorkDay day)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        // Lent, because each rep's day would otherwise leave an array of all open tasks behind with every look.
        var places = ArrayPool<QueuePlace>.Shared.Rent(order.Count);
        try
        {
            var (mine, replies) = (0, 0);
            foreach (var (task, place) in order)
            {
                if (!isMine(task))
                    continue;
                CollectionsMarshal.GetValueRefOrAddDefault(counts, task.Role, out _)++;
                if (role is not null && task.Role != role)
                    continue;
                places[mine++] = place;
                replies += place.Why == QueueReason.Replied ? 1 : 0;
            }

            var plan = DayPlan.Of(new ArraySegment<QueuePlace>(places, 0, mine), day.Left, day.End, MostShown);
            return new TodayPlan(
                Items(plan.Today), Items(plan.Moved), plan.MovedCount, plan.Planned, plan.Capacity, day.Date, day.IsToday, replies,
                [.. counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new RoleCount(pair.Key, pair.Value))]);
        }
        finally
        {
            ArrayPool<QueuePlace>.Shared.Return(places, clearArray: true);
        }
    }

    // Whatever was closed in this moment is not shown any more.
    private TodayItem[] Items(IReadOnlyList<QueuePlace> places) =>
        [.. places.Take(MostShown).Select(place => (Task: work.Find(place.Item.TaskId), place)).Where(one => one.Task is not null).Select(one => new TodayItem(one.Task!, one.place))];

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
    private WorkDay Day(DateTimeOffset now, TimeSpan hours)
    {
        var day = Local(now).Date;
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || At(day, DayEnds) <= now)
            day = day.AddDays(1);
        var end = At(day, DayEnds);
        var begin = At(day, DayBegins);
        var left = end - (begin > now ? begin : now);
        return new(DateOnly.FromDateTime(day), day == Local(now).Date, end, left < hours ? left : hours);
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

    /// <param name="Left">The time that is left for steps.</param>
    private sealed record WorkDay(DateOnly Date, bool IsToday, DateTimeOffset End, TimeSpan Left);

    /// <param name="Unanswered">Who has written last, and when.</param>
    /// <param name="WinRate">The share of closed sales that were won, from 0 to 1.</param>
    private sealed record Facts(DateTimeOffset At, IReadOnlyDictionary<Guid, DateTimeOffset> Unanswered, IReadOnlyList<Absence> Absences, IReadOnlyList<Rep> People, decimal WinRate);
}
