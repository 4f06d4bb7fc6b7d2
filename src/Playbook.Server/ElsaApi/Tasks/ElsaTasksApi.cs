using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Access;
using Playbook.Server.Api;
using Playbook.Server.Api.Runs;
using Playbook.Server.Api.Tasks;
using Playbook.Server.Sending;
using Playbook.Server.Workers;
using Playbook.Storage.Runs;

namespace Playbook.Server.ElsaApi.Tasks;

/// <summary>
/// Completing tasks as Elsa's clients do: work that a RunTask handed out, with any result, and a person's task, whose
/// result is its outcome, or an object of outcome, fields and by.
/// </summary>
internal static class ElsaTasksApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/tasks/{taskId}/complete", Complete);

    private static async Task<IResult> Complete(string taskId, HttpRequest request, CurrentPerson person, RunTasks tasks, RunHost host, PolicyDesk policy, OutboxWork work, CancellationToken cancellationToken)
    {
        var values = await RequestValues.Read(request, cancellationToken);
        var result = values.Find("result");
        if (tasks.Get(taskId) is { } task)
        {
            var answer = Answer(values, result);
            if (values.Problem is { } problem)
                return problem;
            var completed = (await TasksApi.Complete(task.Id, answer, person, tasks, host, policy, cancellationToken)).Result;
            return completed is Ok<RunPosition> ? TypedResults.Ok() : completed;
        }

        if (BookmarkIds.RunOf(taskId) is not { } runId || await host.Store.Get(runId, cancellationToken) is not { } run)
            return Problems.NotFound($"There is no task '{taskId}'.");
        if (run.Bookmarks.Find(bookmark => bookmark.Id == taskId) is not { Kind: BookmarkKind.Answer })
            return Problems.NotFound($"There is no open task '{taskId}': it is no task, it was completed before, or its run went on without it.");
        return await work.Complete(runId, taskId, PlainValues.Of(result), cancellationToken)
            ? TypedResults.Ok()
            : Problems.Conflict("Nobody waits for this task any more: it was completed before, or its run went on without it.");
    }

    private static CompleteTask Answer(RequestValues values, JsonElement? result)
    {
        if (result?.ValueKind != JsonValueKind.Object)
            return new CompleteTask(values.Text("result"), null, null);
        var given = values.Within("result");
        return new CompleteTask(given.Text("outcome"), given.Find("fields"), given.Text("by"));
    }
}
