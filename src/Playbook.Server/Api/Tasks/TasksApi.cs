using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Engine.Runs;
using Playbook.Server.Access;
using Playbook.Server.Api.Runs;
using Playbook.Server.Queue;
using Playbook.Server.Sending;
using Playbook.Server.Workers;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Server.Api.Tasks;

/// <summary>What people are asked to do, and doing it.</summary>
internal static class TasksApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("", List).WithSummary("Tasks that match, earliest due first");
        tasks.MapGet("/{id}", Get).WithSummary("A task with its script and its form");
        tasks.MapPost("/{id}/complete", Complete).WithSummary("Says what came of a task");
        tasks.MapPost("/{id}/claim", Claim).WithSummary("Takes a task for oneself");
        tasks.MapPost("/{id}/release", Release).WithSummary("Gives a task back to its role");
        tasks.MapPost("/{id}/snooze", Snooze).WithSummary("Puts a task off until a time");
        tasks.MapPost("/{id}/begin", Begin).WithSummary("Asks the sending policy whether a guided step may be done now; the attempt counts");
        tasks.MapPost("/{id}/dial", Dial).WithSummary("Has the channel's provider ring the rep and then the contact, where the sending policy allows it; once for each task");
    }

    private static Page<TaskSummary> List([AsParameters] TaskQuery query, [AsParameters] Paging paging, RunTasks tasks)
    {
        var filter = query.ToFilter();
        return new Page<TaskSummary>([.. tasks.List(filter, paging.From, paging.Count).Select(TaskSummary.Of)], tasks.Count(filter));
    }

    private static async Task<Results<Ok<TaskDetail>, ProblemHttpResult>> Get(string id, RunTasks tasks, RunHost host, ScriptDesk scripts, PolicyDesk policy, CancellationToken cancellationToken)
    {
        if (tasks.Get(id) is not { } task || await host.Store.Get(task.RunId, cancellationToken) is not { } state)
            return Unknown(id);
        var subject = state.Subject.Id.Length == 0 ? state.Subject : await host.Sources.Facts(state.Subject);
        TaskScript? script = null;
        if (task.Request.Script is { } name)
        {
            var rendered = await scripts.Preview(state, subject, name);
            script = new TaskScript(name, rendered.Subject, rendered.Text, [.. rendered.Gaps.Select(gap => gap.ToString())]);
        }

        var leave = task is { State: TaskState.Open, Request.Channel: not null } ? TaskLeave.Of(await policy.Look(id)) : null;
        return TypedResults.Ok(new TaskDetail(TaskSummary.Of(task), task.Request.DoneWhen, task.Request.Fields, task.Request.Details, subject.Facts, script, leave, task.Fields));
    }

    internal static async Task<Results<Ok<RunPosition>, ProblemHttpResult>> Complete(string id, CompleteTask body, CurrentPerson person, RunTasks tasks, RunHost host, PolicyDesk policy, CancellationToken cancellationToken)
    {
        var fields = PlainValues.OfObject("fields", body.Fields);
        var answer = await TaskAnswer.Give(id, body.Outcome, fields, person.ActsAs(body.By), tasks, host, null, cancellationToken);
        if (answer is TaskAnswer.Taken)
            await policy.Done(id);
        return answer switch
        {
            TaskAnswer.Taken taken => TypedResults.Ok(RunPosition.Of(taken.Run)),
            TaskAnswer.Wrong wrong => Problems.Unprocessable(wrong.Problems.Select(problem => (problem.Key, problem.Value))),
            TaskAnswer.Closed closed => Closed(closed.Task),
            TaskAnswer.Stopped stopped => Problems.Conflict(stopped.Why),
            _ => Unknown(id),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Claim(string id, CurrentPerson person, RunTasks tasks, TaskDesk desk) =>
        tasks.Get(id) switch
        {
            null => Unknown(id),
            { State: not TaskState.Open } closed => Closed(closed),
            { Owner: { } owner } when owner == person.Name => TypedResults.NoContent(),
            _ when (await desk.Claim(id, person.Name)).Count > 0 => TypedResults.NoContent(),
            _ => Problems.Conflict($"{tasks.Get(id)?.Owner ?? "Somebody"} has the task."),
        };

    private static async Task<Results<NoContent, ProblemHttpResult>> Release(string id, CurrentPerson person, RunTasks tasks, TaskDesk desk) =>
        tasks.Get(id) switch
        {
            null => Unknown(id),
            { State: not TaskState.Open } closed => Closed(closed),
            { Owner: null } => TypedResults.NoContent(),
            _ when (await desk.Release(id, person.Name)).Count > 0 => TypedResults.NoContent(),
            _ => Problems.Conflict("Somebody has changed the task just now; read it again."),
        };

    private static async Task<Results<NoContent, ProblemHttpResult>> Snooze(string id, SnoozeTask body, CurrentPerson person, RunTasks tasks, TaskDesk desk, TimeProvider clock)
    {
        if (body.Until is not { } until || until <= clock.GetUtcNow())
            return Problems.Unprocessable(("until", "Say until when, as a time to come, such as 2026-03-02T14:00:00Z."));
        return tasks.Get(id) switch
        {
            null => Unknown(id),
            { State: not TaskState.Open } closed => Closed(closed),
            _ when (await desk.Snooze(id, until.ToUniversalTime(), person.Name, body.Reason)).Count > 0 => TypedResults.NoContent(),
            _ => Problems.Conflict("Somebody has changed the task just now, or its run is paused; read it again."),
        };
    }

    private static async Task<Results<Ok<TaskLeave>, ProblemHttpResult>> Begin(string id, RunTasks tasks, PolicyDesk policy)
    {
        if (tasks.Get(id) is not { } task)
            return Unknown(id);
        return task.State == TaskState.Open ? TypedResults.Ok(TaskLeave.Of(await policy.Begin(id))) : Closed(task);
    }

    private static async Task<Results<Ok<DialedTask>, ProblemHttpResult>> Dial(string id, CurrentPerson person, RunTasks tasks, StepStarter starter, HttpResponse response, CancellationToken cancellationToken)
    {
        switch (await starter.Begin(id, person.RepId, cancellationToken))
        {
            case StepStart.Begun begun:
                return TypedResults.Ok(new DialedTask(begun.ProviderId));
            case StepStart.NotAllowed no:
                var leave = TaskLeave.Of(no.Decision);
                return Problems.Conflict(leave.Rule ?? "The sending policy does not allow it.", new Dictionary<string, object?> { ["verdict"] = leave.Verdict, ["ruleId"] = leave.RuleId, ["until"] = leave.Until });
            case StepStart.Impossible impossible:
                return Problems.Conflict(impossible.Reason);
            case StepStart.Refused refused:
                return Problems.Of(StatusCodes.Status422UnprocessableEntity, refused.Reason);
            case StepStart.Busy busy:
                response.Headers.RetryAfter = ((int)Math.Max(1, Math.Ceiling(busy.After.TotalSeconds))).ToString(System.Globalization.CultureInfo.InvariantCulture);
                return Problems.Of(StatusCodes.Status503ServiceUnavailable, busy.Reason);
            case StepStart.Unclear unclear:
                return Problems.Of(StatusCodes.Status502BadGateway, unclear.Reason);
            default:
                return tasks.Get(id) is { } task ? Closed(task) : Unknown(id);
        }
    }

    private static ProblemHttpResult Closed(TaskItem task) => Problems.Conflict(
        task.State == TaskState.Completed
            ? $"The task was completed before, by {task.By ?? "somebody"} with '{task.Outcome}'."
            : "The task is no longer wanted: its run went on without it.",
        new Dictionary<string, object?> { ["outcome"] = task.Outcome, ["by"] = task.By, ["completedAt"] = task.CompletedAt });

    private static ProblemHttpResult Unknown(string id) => Problems.NotFound($"There is no task '{id}'.");
}

/// <summary>Which tasks to list; open ones where nothing is said.</summary>
internal readonly record struct TaskQuery(string? Role, string? Owner, bool? Unowned, string? Playbook, string? SubjectId, TaskState? State)
{
    public TaskFilter ToFilter() => new()
    {
        Role = Role, Owner = Owner, Unowned = Unowned ?? false, DefinitionId = Playbook, SubjectId = SubjectId, State = State ?? TaskState.Open,
    };
}
