using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Sales.Calendar;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Queue;
using Playbook.Sales.Sending;
using Playbook.Sales.Subjects;
using Playbook.Storage;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Today;

/// <summary>Makes a rep's day from the open tasks and what is known of those whom they are about.</summary>
public sealed class TodayShelf(RunTasks tasks, IDbContextFactory<PlaybookDb> databases, TimeProvider clock)
{
    /// <summary>More than anybody does in a day; the rest waits its turn.</summary>
    private const int MostLookedAt = 400;

    private static readonly TimeSpan WorkingDay = TimeSpan.FromHours(6.5);
    private static readonly TimeOnly DayEnds = new(17, 0);

    /// <param name="role">The role whose tasks they are; null for all roles.</param>
    /// <param name="person">Whose name stands on tasks that were taken; tasks of others are left out.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<TodayPlan> Load(string? role, string? person, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var filter = new TaskFilter { Role = role };
        var open = tasks.List(filter, 0, MostLookedAt);
        var mine = open.Where(task => task.Owner is null || task.Owner == person).ToList();
        var known = await Known(mine, cancellationToken);
        var items = mine.ToDictionary(task => task.Id, task => task);
        var queue = TaskQueue.Order(mine.Select(task => Weigh(task, known, now)), now);
        var local = TimeZoneInfo.ConvertTime(now, clock.LocalTimeZone);
        var end = new DateTimeOffset(local.Date + DayEnds.ToTimeSpan(), local.Offset);
        var left = end > now ? end - now : TimeSpan.Zero;
        var plan = DayPlan.Of(queue, left < WorkingDay ? left : WorkingDay, end.ToUniversalTime());
        TodayItem Item(QueuePlace place) => new(items[place.Item.TaskId], place, known.WhoOf(items[place.Item.TaskId]), known.CompanyOf(items[place.Item.TaskId]));
        return new TodayPlan([.. plan.Today.Select(Item)], [.. plan.Moved.Select(Item)], plan.Planned, plan.Capacity, tasks.CountByRole(), open.Count == MostLookedAt);
    }

    private static QueueItem Weigh(TaskItem task, KnownSubjects known, DateTimeOffset now)
    {
        var contact = known.ContactOf(task);
        var (closes, opens) = task.Request.Channel == "phone" && contact is not null ? Window(contact, now) : default;
        return new QueueItem(task.Id, task.CreatedAt)
        {
            RepliedAt = contact is null ? null : known.Unanswered.GetValueOrDefault(contact.Id),
            AcceptBy = task.Request.Details.ContainsKey("packet") ? task.DueAt : null,
            DueAt = task.DueAt,
            WindowClosesAt = closes,
            WindowOpensAt = opens,
            ExpectedValue = known.ExpectedValueOf(task),
            Takes = TimeSpan.FromMinutes(task.Request.Channel switch { "phone" => 10, "email" => 6, "letter" => 6, "social" or "sms" => 4, _ => 15 }),
        };
    }

    /// <summary>When the contact's working hours end today, or begin again.</summary>
    private static (DateTimeOffset? Closes, DateTimeOffset? Opens) Window(Contact contact, DateTimeOffset now)
    {
        var calendar = BusinessCalendar.For(SubjectFacts.OfContact(contact, new SubjectRecords()));
        if (!calendar.IsOpen(now))
            return (null, calendar.Next(now));
        // The first closed quarter of an hour: fine enough for a queue.
        for (var at = now; at < now.AddHours(12); at = at.AddMinutes(15))
            if (!calendar.IsOpen(at))
                return (at, null);
        return (null, null);
    }

    private async Task<KnownSubjects> Known(List<TaskItem> mine, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        List<Guid> Ids(string kind) => [.. mine.Where(task => task.SubjectKind == kind).Select(task => Guid.TryParse(task.SubjectId, out var id) ? id : Guid.Empty).Distinct()];
        var opportunityIds = Ids(SubjectFacts.OpportunityKind);
        var opportunities = await database.Opportunities.AsNoTracking().Where(one => opportunityIds.Contains(one.Id)).ToDictionaryAsync(one => one.Id, cancellationToken);
        List<Guid> contactIds = [.. Ids(SubjectFacts.ContactKind).Concat(opportunities.Values.Select(one => one.ContactId ?? Guid.Empty)).Distinct()];
        var contacts = await database.Contacts.AsNoTracking().Where(one => contactIds.Contains(one.Id)).ToDictionaryAsync(one => one.Id, cancellationToken);
        List<Guid> accountIds = [.. contacts.Values.Select(one => one.AccountId).Concat(opportunities.Values.Select(one => one.AccountId)).OfType<Guid>().Distinct()];
        var accounts = await database.Accounts.AsNoTracking().Where(one => accountIds.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Name, cancellationToken);
        var touches = await database.Touches.AsNoTracking()
            .Where(touch => touch.ContactId != null && contactIds.Contains(touch.ContactId.Value) && (touch.Kind == TouchKind.Replied || touch.Kind == TouchKind.Sent))
            .GroupBy(touch => new { touch.ContactId, touch.Direction })
            .Select(group => new { group.Key.ContactId, group.Key.Direction, Last = group.Max(touch => touch.At) })
            .ToListAsync(cancellationToken);
        var unanswered = touches.Where(touch => touch.Direction == TouchDirection.In)
            .Where(reply => !touches.Exists(sent => sent.ContactId == reply.ContactId && sent.Direction == TouchDirection.Out && sent.Last > reply.Last))
            .ToDictionary(reply => reply.ContactId!.Value, reply => (DateTimeOffset?)reply.Last);
        var (won, closed) = (
            await database.Opportunities.CountAsync(one => one.Status == OpportunityStatus.Won, cancellationToken),
            await database.Opportunities.CountAsync(one => one.Status != OpportunityStatus.Open, cancellationToken));
        return new KnownSubjects(contacts, opportunities, accounts, unanswered, closed == 0 ? 0 : (decimal)won / closed);
    }

    /// <param name="Contacts">By id.</param>
    /// <param name="Opportunities">By id.</param>
    /// <param name="Accounts">Names by id.</param>
    /// <param name="Unanswered">Who has written last, and when.</param>
    /// <param name="WinRate">The share of closed sales that were won, from 0 to 1.</param>
    private sealed record KnownSubjects(
        Dictionary<Guid, Contact> Contacts, Dictionary<Guid, Opportunity> Opportunities, Dictionary<Guid, string> Accounts, Dictionary<Guid, DateTimeOffset?> Unanswered, decimal WinRate)
    {
        public Contact? ContactOf(TaskItem task) =>
            Record(task) is not { } id ? null
            : task.SubjectKind == SubjectFacts.ContactKind ? Contacts.GetValueOrDefault(id)
            : OpportunityOf(task)?.ContactId is { } contact ? Contacts.GetValueOrDefault(contact) : null;

        public decimal ExpectedValueOf(TaskItem task) => (OpportunityOf(task)?.Value ?? 0) * WinRate;

        public string WhoOf(TaskItem task) => ContactOf(task)?.Name ?? OpportunityOf(task)?.Name ?? "Nobody in particular";

        public string? CompanyOf(TaskItem task) =>
            (ContactOf(task)?.AccountId ?? OpportunityOf(task)?.AccountId) is { } account ? Accounts.GetValueOrDefault(account) : null;

        private Opportunity? OpportunityOf(TaskItem task) =>
            task.SubjectKind == SubjectFacts.OpportunityKind && Record(task) is { } id ? Opportunities.GetValueOrDefault(id) : null;

        private static Guid? Record(TaskItem task) => Guid.TryParse(task.SubjectId, out var id) ? id : null;
    }
}
