using Playbook.Sales.Queue;
using Playbook.Storage.Queue;

namespace Playbook.Server.Pages.Today;

/// <summary>A task in its place in the queue.</summary>
public sealed record TodayItem(OpenTask Task, QueuePlace Place);

/// <summary>Open tasks of a role.</summary>
public sealed record RoleCount(string Role, int Open);

/// <summary>A rep's day.</summary>
/// <param name="Today">What fits, first things first.</param>
/// <param name="Moved">The first of what does not.</param>
/// <param name="MovedCount">How many do not.</param>
/// <param name="Day">The day that is planned: after hours it is the next working day.</param>
/// <param name="IsToday">Whether that is today.</param>
/// <param name="Replies">How many wait for an answer.</param>
/// <param name="Roles">The roles that have open tasks, with how many.</param>
public sealed record TodayPlan(
    IReadOnlyList<TodayItem> Today, IReadOnlyList<TodayItem> Moved, int MovedCount, TimeSpan Planned, TimeSpan Capacity, DateOnly Day, bool IsToday, int Replies, IReadOnlyList<RoleCount> Roles)
{
    public IEnumerable<TodayItem> All => Today.Concat(Moved);

    public TodayItem? Find(string? taskId) => taskId is null ? null : All.FirstOrDefault(item => item.Task.Id == taskId);
}
