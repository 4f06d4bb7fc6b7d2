using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Engine.Runs;
using Playbook.Server.Api;
using Playbook.Server.ElsaApi.ActivityExecutions;
using Playbook.Storage.Runs;

namespace Playbook.Server.ElsaApi.Instances;

/// <summary>Reading runs; Elsa calls them workflow instances.</summary>
internal static class InstancesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var instances = api.MapGroup("/workflow-instances");
        instances.MapMethods("", ["GET", "POST"], List);
        instances.MapGet("/{id}", Get);
        instances.MapGet("/{id}/execution-state", ExecutionState);
        instances.MapGet("/{id}/variables", Variables);
        instances.MapMethods("/{id}/journal", ["GET", "POST"], Journal);
        instances.MapGet("/{id}/journal/{activityId}", LastLine);
    }

    public static ProblemHttpResult Unknown(string id) => Problems.NotFound($"There is no workflow instance '{id}'.");

    private static async Task<IResult> List(HttpRequest request, RunQueries runs, CancellationToken cancellationToken)
    {
        var values = await RequestValues.Read(request, cancellationToken);
        var (search, paging) = (InstanceSearch.Of(values), ElsaPaging.Of(values));
        if (values.Problem is { } problem)
            return problem;
        return ElsaJson.Answer(search is null
            ? new ElsaPage<InstanceSummary>([], 0)
            : new ElsaPage<InstanceSummary>([.. runs.Search(search, paging.Skip, paging.Take).Select(InstanceSummary.Of)], runs.CountFound(search)));
    }

    private static async Task<IResult> Get(string id, RunPaths paths, CancellationToken cancellationToken) =>
        await paths.Find(RunIds.Parse(id), cancellationToken) is { } path ? ElsaJson.Answer(InstanceAnswer.Of(path)) : Unknown(id);

    private static async Task<IResult> ExecutionState(string id, RunHost host, CancellationToken cancellationToken) =>
        RunIds.Parse(id) is { } runId && await host.Store.Get(runId, cancellationToken) is { } run
            ? ElsaJson.Answer(new ExecutionStateAnswer(run.Status, run.SubStatus, run.UpdatedAt))
            : Unknown(id);

    private static async Task<IResult> Variables(string id, RunHost host, RunPaths paths, CancellationToken cancellationToken) =>
        RunIds.Parse(id) is { } runId && await host.Store.Get(runId, cancellationToken) is { } run
            ? ElsaJson.Answer(new ElsaList<VariableAnswer>(ExecutionProperties.Variables(run, await paths.Definition(run.DefinitionVersionId, cancellationToken))))
            : Unknown(id);

    private static async Task<IResult> Journal(string id, HttpRequest request, RunPaths paths, CancellationToken cancellationToken)
    {
        var values = await RequestValues.Read(request, cancellationToken);
        var (filter, paging) = (values.Within("filter"), ElsaPaging.Of(values));
        var (activityIds, nodeIds, eventNames, excluded) = (Set(filter, "activityIds"), Set(filter, "activityNodeIds"), Set(filter, "eventNames"), Set(filter, "excludedActivityTypes"));
        if (values.Problem is { } problem)
            return problem;
        if (await paths.Find(RunIds.Parse(id), cancellationToken) is not { } path)
            return Unknown(id);
        nodeIds = nodeIds?.Select(path.NodeIds.Meant).ToHashSet(StringComparer.Ordinal);
        List<JournalLine> lines = [.. path.Lines.Where(line =>
            activityIds?.Contains(line.Step.ActivityId) != false && nodeIds?.Contains(line.Step.NodeId) != false && eventNames?.Contains(line.Event) != false && excluded?.Contains(line.Step.Type) != true)];
        return ElsaJson.Answer(new ElsaPage<JournalAnswer>(
            [.. lines.Skip((int)Math.Min(paging.Skip, int.MaxValue)).Take(paging.Take).Select(line => JournalAnswer.Of(path, line))], lines.Count));
    }

    private static async Task<IResult> LastLine(string id, string activityId, RunPaths paths, CancellationToken cancellationToken)
    {
        if (await paths.Find(RunIds.Parse(id), cancellationToken) is not { } path)
            return Unknown(id);
        return path.Lines.LastOrDefault(line => line.Step.ActivityId == activityId && line.Event is ("Started" or "Completed" or "Faulted")) is { } last
            ? ElsaJson.Answer(JournalAnswer.Of(path, last))
            : Problems.NotFound($"Workflow instance '{id}' has not come to an activity '{activityId}'.");
    }

    private static HashSet<string>? Set(RequestValues filter, string name) => filter.Texts(name)?.ToHashSet(StringComparer.Ordinal);
}
