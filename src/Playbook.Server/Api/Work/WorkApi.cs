using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Workers;

namespace Playbook.Server.Api.Work;

/// <summary>Work that runs handed to other programs.</summary>
internal static class WorkApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/work/{bookmarkId}/complete", Complete).WithTags("Work").WithSummary("Gives the result of work that a run asked a program for");

    private static async Task<Results<NoContent, ProblemHttpResult>> Complete(string bookmarkId, CompleteWork? body, OutboxWork work, RunHost host, CancellationToken cancellationToken)
    {
        if (BookmarkIds.RunOf(bookmarkId) is not { } runId || await host.Store.Get(runId, cancellationToken) is not { } state)
            return Problems.NotFound($"No run asked for the work '{bookmarkId}'.");
        if (state.Bookmarks.Find(b => b.Id == bookmarkId) is { Kind: not BookmarkKind.Answer })
            return Problems.NotFound($"'{bookmarkId}' is no work of a program.");
        return await work.Complete(runId, bookmarkId, PlainValues.Of(body?.Result), cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Conflict("Nobody waits for this work any more: it was completed before, or the run went on without it.");
    }
}

/// <param name="Result">Any JSON; what the activity gives as its result.</param>
internal sealed record CompleteWork(JsonElement? Result);
