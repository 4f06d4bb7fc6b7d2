using Playbook.Sales.Queue;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Today;

/// <summary>A task in the queue, with what the list says of it.</summary>
/// <param name="Who">The contact, or the sale.</param>
/// <param name="Company">Where the contact works; null where nobody knows.</param>
public sealed record TodayItem(TaskItem Task, QueuePlace Place, string Who, string? Company);

/// <summary>A rep's day.</summary>
/// <param name="Today">What fits, first things first.</param>
/// <param name="Moved">What does not.</param>
/// <param name="Roles">The roles that have open tasks, with how many.</param>
/// <param name="IsCut">Whether there are more open tasks than were looked at.</param>
public sealed record TodayPlan(
    IReadOnlyList<TodayItem> Today, IReadOnlyList<TodayItem> Moved, TimeSpan Planned, TimeSpan Capacity, IReadOnlyList<TaskCount> Roles, bool IsCut)
{
    public IEnumerable<TodayItem> All => Today.Concat(Moved);
}
