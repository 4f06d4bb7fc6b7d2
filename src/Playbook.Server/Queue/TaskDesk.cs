using Playbook.Sales.Queue;
using Playbook.Storage.Queue;

namespace Playbook.Server.Queue;

/// <summary>Takes, puts off, gives away and undoes, one task or many; each is kept with who, when and why.</summary>
public sealed class TaskDesk(QueueBook book, OpenWork work, TimeProvider clock)
{
    /// <summary>Takes a task for oneself. Nothing where somebody has it.</summary>
    public Task<IReadOnlyList<TaskMove>> Claim(string taskId, string by) =>
        Make([taskId], TaskMoveKind.Claimed, by, null, task => task.Owner is null ? task with { Owner = by } : null);

    /// <summary>Gives it back to the role.</summary>
    public Task<IReadOnlyList<TaskMove>> Release(string taskId, string by) =>
        Make([taskId], TaskMoveKind.Released, by, null, task => task.Owner is null ? null : task with { Owner = null });

    public Task<IReadOnlyList<TaskMove>> Delegate(string taskId, string to, string by, string? why) =>
        Make([taskId], TaskMoveKind.Delegated, by, why, task => task.Owner == to ? null : task with { Owner = to });

    public Task<IReadOnlyList<TaskMove>> Snooze(string taskId, DateTimeOffset until, string by, string? why) =>
        Make([taskId], TaskMoveKind.Snoozed, by, why, task => task with { SnoozedUntil = InMilliseconds(until) });

    /// <summary>Not today: what is skipped comes back then, and the reason is kept.</summary>
    public Task<IReadOnlyList<TaskMove>> Skip(string taskId, DateTimeOffset until, string by, string why) =>
        Make([taskId], TaskMoveKind.Skipped, by, why, task => task with { SnoozedUntil = InMilliseconds(until) });

    public Task<IReadOnlyList<TaskMove>> Reschedule(IReadOnlyList<string> taskIds, DateTimeOffset until, string by) =>
        Make(taskIds, TaskMoveKind.Rescheduled, by, null, task => task with { SnoozedUntil = InMilliseconds(until) });

    /// <summary>Moves tasks to somebody, or back to the role where <paramref name="to"/> is null.</summary>
    public Task<IReadOnlyList<TaskMove>> Rebalance(IReadOnlyList<string> taskIds, string? to, string by) =>
        Make(taskIds, TaskMoveKind.Rebalanced, by, null, task => task.Owner == to ? null : task with { Owner = to });

    /// <summary>Undoes moves where nothing has changed since; returns how many could be undone.</summary>
    public async Task<int> Undo(IReadOnlyList<TaskMove> moves, string by)
    {
        ArgumentNullException.ThrowIfNull(moves);
        var now = clock.GetUtcNow();
        return (await Write([.. moves.Select(move => move.Back(Guid.CreateVersion7(now), now, by))])).Count;
    }

    private async Task<IReadOnlyList<TaskMove>> Make(IReadOnlyList<string> taskIds, TaskMoveKind kind, string by, string? why, Func<OpenTask, OpenTask?> change)
    {
        var now = clock.GetUtcNow();
        Guid? batch = taskIds.Count > 1 ? Guid.CreateVersion7(now) : null;
        var moves = new List<TaskMove>(taskIds.Count);
        foreach (var id in taskIds)
        {
            if (work.Find(id) is not { } task || change(task) is not { } after)
                continue;
            moves.Add(new TaskMove
            {
                Id = Guid.CreateVersion7(now), TaskId = id, Kind = kind, At = now, By = by, Why = why, Batch = batch,
                OwnerBefore = task.Owner, OwnerAfter = after.Owner, SnoozedBefore = task.SnoozedUntil, SnoozedAfter = after.SnoozedUntil,
            });
        }

        return await Write(moves);
    }

    private async Task<IReadOnlyList<TaskMove>> Write(IReadOnlyList<TaskMove> moves)
    {
        if (moves.Count == 0)
            return [];
        var made = await book.Move(moves);
        work.Tell([.. made.Select(move => move.TaskId)]);
        return made;
    }

    // The tasks' table keeps milliseconds, and a move must read as it was written.
    private static DateTimeOffset InMilliseconds(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
}
