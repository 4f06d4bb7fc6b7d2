using Playbook.Engine.Runs;
using Playbook.Server.Api;
using Playbook.Server.ElsaApi.Instances;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.ElsaApi.BulkActions;

/// <summary>Cancelling and deleting many runs at once.</summary>
internal static class InstanceBulkActionsApi
{
    private const int MostAtOnce = 10_000;
    private const int Page = 500;

    public static void Map(RouteGroupBuilder api)
    {
        var bulk = api.MapGroup("/bulk-actions");
        bulk.MapPost("/cancel/workflow-instances", Cancel);
        bulk.MapPost("/delete/workflow-instances", Delete);
        bulk.MapPost("/delete/workflow-instances/by-id", Delete);
        bulk.MapPost("/import/workflow-instances", Import);
    }

    private static async Task<IResult> Cancel(HttpRequest request, InstanceEnds ends, RunQueries runs, DefinitionStore definitions, CancellationToken cancellationToken)
    {
        var values = await RequestValues.Read(request, cancellationToken);
        var ids = Ids(values);
        var (definitionId, versionId, version) = (values.Text("definitionId"), values.Text("definitionVersionId"), values.Text("versionOptions"));
        if (ids is null && definitionId is null && versionId is null)
            values.Refuse("ids", "Say which workflow instances to cancel: by ids, definitionVersionId, or definitionId with versionOptions.");
        if (definitionId is null != version is null)
            values.Refuse("versionOptions", "Give versionOptions and definitionId together: AllVersions, Latest, Published, LatestOrPublished, Draft or a version's number.");
        var choice = version is null ? null : VersionFilter.Parse(version);
        if (version is not null && choice is null)
            values.Refuse("versionOptions", $"'{version}' names no version; write AllVersions, Latest, Published, LatestOrPublished, LatestAndPublished, Draft or a version's number.");
        if (values.Problem is { } problem)
            return problem;

        var cancelled = 0L;
        foreach (var runId in ids ?? [])
            if (await ends.Cancel(runId, cancellationToken) == true)
                cancelled++;
        if (!string.IsNullOrEmpty(versionId))
            cancelled += await CancelAll(new RunSearch { DefinitionVersionId = versionId }, runs, ends, cancellationToken);
        if (!string.IsNullOrEmpty(definitionId))
            foreach (var search in await choice!.Searches(definitionId, definitions, cancellationToken))
                cancelled += await CancelAll(search, runs, ends, cancellationToken);
        return ElsaJson.Answer(new Cancelled(cancelled));
    }

    /// <summary>Those that were cancelled no longer match, so the first page always holds what is left.</summary>
    private static async Task<long> CancelAll(RunSearch search, RunQueries runs, InstanceEnds ends, CancellationToken cancellationToken)
    {
        var wanted = search with { SubStatuses = [RunSubStatus.Pending, RunSubStatus.Executing, RunSubStatus.Suspended, RunSubStatus.Faulted] };
        var cancelled = 0L;
        while (true)
        {
            var before = cancelled;
            foreach (var run in runs.Search(wanted, 0, Page))
                if (await ends.Cancel(run.Id, cancellationToken) == true)
                    cancelled++;
            if (cancelled == before)
                return cancelled;
        }
    }

    private static async Task<IResult> Delete(HttpRequest request, InstanceEnds ends, RunQueries runs, CancellationToken cancellationToken)
    {
        var values = await RequestValues.Read(request, cancellationToken);
        var ids = Ids(values);
        List<string> definitionIds = [.. (values.Texts("workflowDefinitionIds") ?? []).Append(values.Text("workflowDefinitionId")).OfType<string>().Where(id => id.Length > 0)];
        // Elsa takes this to mean all there are; nobody means that by leaving everything out.
        if (ids is null && definitionIds.Count == 0)
            values.Refuse("ids", "Say which workflow instances to delete: by ids, or by workflowDefinitionIds.");
        if (values.Problem is { } problem)
            return problem;

        var deleted = 0L;
        var leftOut = new List<LeftOut>();
        if (ids is not null && definitionIds.Count == 0)
            await DeleteSome(ids);
        else if (ids is not null)
            await DeleteSome([.. ids.Where(id => runs.Search(new RunSearch { Term = RunIds.Of(id), DefinitionIds = definitionIds }, 0, 1).Any(run => run.Id == id))]);
        else
            for (var skip = 0L; runs.Search(new RunSearch { DefinitionIds = definitionIds, Ascending = true }, skip, Page) is { Count: > 0 } page; skip += await DeleteSome([.. page.Select(run => run.Id)]))
            {
            }

        return ElsaJson.Answer(new Deleted(deleted, leftOut.Count == 0 ? null : leftOut));

        async Task<int> DeleteSome(IReadOnlyList<Guid> some)
        {
            var results = await ends.Delete(some, cancellationToken);
            var kept = 0;
            for (var i = 0; i < results.Count; i++)
            {
                if (results[i] == RunRemoval.Deleted)
                {
                    deleted++;
                    continue;
                }

                kept++;
                if (leftOut.Count < Page)
                    leftOut.Add(new LeftOut(RunIds.Of(some[i]), InstanceEnds.Reason(some[i], results[i])));
            }

            return kept;
        }
    }

    private static IResult Import() => Problems.Of(
        StatusCodes.Status422UnprocessableEntity,
        "Runs cannot be imported: an exported workflow instance does not hold all that a run needs to go on (its subject, its tasks, what it has sent). Import the playbook and start the runs here; back up the database to keep them.");

    /// <summary>Null where none are given. An id that is none of ours is a mistake in the request.</summary>
    private static List<Guid>? Ids(RequestValues values)
    {
        if (values.Texts("ids") is not { } texts)
            return null;
        if (texts.Count > MostAtOnce)
            values.Refuse("ids", $"At most {MostAtOnce} at once.");
        var ids = new List<Guid>();
        foreach (var text in texts.Distinct(StringComparer.OrdinalIgnoreCase).Take(MostAtOnce))
            if (RunIds.Parse(text) is { } id)
                ids.Add(id);
            else
                values.Refuse("ids", $"'{text}' is no workflow instance's id.");
        return [.. ids.Distinct()];
    }
}

/// <param name="Count">How many were under way and are no longer.</param>
internal sealed record Cancelled([property: System.Text.Json.Serialization.JsonPropertyName("cancelled")] long Count);

/// <param name="Count">How many are gone.</param>
/// <param name="LeftOut">Those that are not, with the reason; the first 500.</param>
internal sealed record Deleted([property: System.Text.Json.Serialization.JsonPropertyName("deleted")] long Count, IReadOnlyList<LeftOut>? LeftOut);

internal sealed record LeftOut(string Id, string Reason);
