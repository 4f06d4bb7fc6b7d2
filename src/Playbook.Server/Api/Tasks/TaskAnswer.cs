using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Activities;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Server.Api.Tasks;

/// <summary>What came of answering a task: a closed set.</summary>
internal abstract record TaskAnswer
{
    private TaskAnswer()
    {
    }

    /// <summary>The run went on.</summary>
    public sealed record Taken(RunState Run) : TaskAnswer;

    /// <summary>The form is not right yet: what is wrong, by field.</summary>
    public sealed record Wrong(IReadOnlyDictionary<string, string> Problems) : TaskAnswer;

    /// <summary>Somebody was faster, or the run went on without it; <paramref name="Task"/> as it is now.</summary>
    public sealed record Closed(TaskItem Task) : TaskAnswer;

    /// <summary>The run stands at an incident, or is paused; the task stays open. <paramref name="Why"/> says which, and what helps.</summary>
    public sealed record Stopped(TaskItem Task, string Why) : TaskAnswer;

    /// <summary>There is no such task.</summary>
    public sealed record Unknown : TaskAnswer;

    /// <summary>Says what came of a task, as the page and the API both do.</summary>
    public static async Task<TaskAnswer> Give(
        string id, string? outcome, IReadOnlyDictionary<string, object?> fields, string? by, RunTasks tasks, RunHost host, WrittenMessage? written = null, CancellationToken cancellationToken = default)
    {
        if (tasks.Get(id) is not { } task)
            return new Unknown();
        if (task.State != TaskState.Open)
            return new Closed(task);
        if (string.IsNullOrWhiteSpace(outcome))
            return new Wrong(new Dictionary<string, string> { [FormCheck.OutcomeKey] = $"Say what came of it: {string.Join(", ", task.Request.Outcomes)}." });
        var wrong = FormCheck.Problems(task.Request, outcome, fields);
        if (wrong.Count > 0)
            return new Wrong(wrong);
        if (await host.Take(task.RunId, new Stimulus.TaskCompleted(outcome, fields, by) { BookmarkId = id, Written = written }, null, cancellationToken) is { } state)
            return new Taken(state);
        if (tasks.Get(id) is { State: not TaskState.Open } closed)
            return new Closed(closed);
        return new Stopped(task, (await host.Store.Get(task.RunId, cancellationToken))?.Pause is { } pause
            ? $"{pause.By ?? "Somebody"} has paused the run of this task{(pause.Reason is { } reason ? $" ({reason})" : "")}. Resume that first (run {task.RunId}); the task is still open then."
            : $"The run of this task stands at an incident. Repair that first (run {task.RunId}); the task is still open then.");
    }
}
