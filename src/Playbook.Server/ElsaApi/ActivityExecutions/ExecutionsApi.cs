using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Server.Api;

namespace Playbook.Server.ElsaApi.ActivityExecutions;

/// <summary>What the activities of a run did: the path on Studio's canvas.</summary>
internal static class ExecutionsApi
{
    private const int UsualTake = 100;
    private const int MostTake = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        var executions = api.MapGroup("/activity-executions");
        executions.MapGet("/list", List);
        executions.MapGet("/count", Count);
        executions.MapGet("/by-id", (string? id, RunPaths paths, CancellationToken cancellationToken) => Get(id, paths, cancellationToken));
        executions.MapGet("/{id}", Get);
        executions.MapGet("/{id}/call-stack", CallStack);
        executions.MapPost("/report", Report);
        api.MapGet("/activity-execution-summaries/list", Summaries);
    }

    private static Task<IResult> List(HttpRequest request, RunPaths paths, CancellationToken cancellationToken) =>
        Matching(request, paths, (path, steps) => ElsaJson.Answer(new ElsaList<ExecutionRecord>([.. steps.Select(step => ExecutionRecord.Of(path, step))])), cancellationToken);

    private static Task<IResult> Summaries(HttpRequest request, RunPaths paths, CancellationToken cancellationToken) =>
        Matching(request, paths, (path, steps) => ElsaJson.Answer(new ElsaList<ExecutionSummary>([.. steps.Select(step => ExecutionSummary.Of(path, step))])), cancellationToken);

    private static Task<IResult> Count(HttpRequest request, RunPaths paths, CancellationToken cancellationToken) =>
        Matching(request, paths, (_, steps) => ElsaJson.Answer(new CountAnswer(steps.Count())), cancellationToken);

    private static async Task<IResult> Get(string? id, RunPaths paths, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(id))
            return Problems.Of(StatusCodes.Status400BadRequest, "Name the execution: ?id=…");
        return await Find(id, paths, cancellationToken) is { } found ? ElsaJson.Answer(ExecutionRecord.Of(found.Path, found.Step)) : Unknown(id);
    }

    private static async Task<IResult> CallStack(string id, HttpRequest request, RunPaths paths, CancellationToken cancellationToken)
    {
        var values = await RequestValues.Read(request, cancellationToken);
        var acrossRuns = values.Flag("includeCrossWorkflowChain") ?? true;
        var (skip, take) = (values.Number("skip", 0) ?? 0, values.Number("take", 0) is { } wanted and > 0 ? Math.Min(wanted, MostTake) : UsualTake);
        if (values.Problem is { } problem)
            return problem;
        if (await Find(id, paths, cancellationToken) is not { } found)
            return Unknown(id);
        var chain = await paths.Chain(found.Path, found.Step, acrossRuns, cancellationToken);
        return ElsaJson.Answer(new CallStackAnswer(
            found.Path.IdOf(found.Step), [.. chain.Skip(skip).Take(take).Select(link => ExecutionRecord.Of(link.Path, link.Step))], chain.Count));
    }

    private static async Task<IResult> Report(HttpRequest request, RunPaths paths, CancellationToken cancellationToken)
    {
        var values = await RequestValues.Read(request, cancellationToken);
        var runId = RunOf(values);
        var nodeIds = values.Texts("activityNodeIds");
        if (values.Problem is { } problem)
            return problem;
        return await paths.Find(RunIds.Parse(runId), cancellationToken) is { } path ? ElsaJson.Answer(new ReportAnswer(path.Stats(nodeIds))) : UnknownRun(runId);
    }

    private static async Task<IResult> Matching(HttpRequest request, RunPaths paths, Func<RunPath, IEnumerable<ExecutionStep>, IResult> answer, CancellationToken cancellationToken)
    {
        var values = await RequestValues.Read(request, cancellationToken);
        var (nodeId, activityId, isCompleted) = (values.Text("activityNodeId"), values.Text("activityId"), values.Flag("completed"));
        var runId = RunOf(values);
        if (values.Problem is { } problem)
            return problem;
        if (await paths.Find(RunIds.Parse(runId), cancellationToken) is not { } path)
            return UnknownRun(runId);
        var meant = string.IsNullOrEmpty(nodeId) ? null : path.NodeIds.Meant(nodeId);
        return answer(path, path.Steps.Where(step =>
            (meant is null || step.NodeId == meant) && (string.IsNullOrEmpty(activityId) || step.ActivityId == activityId) && (isCompleted is null || isCompleted == !step.IsOpen)));
    }

    private static string? RunOf(RequestValues values)
    {
        var runId = values.Text("workflowInstanceId");
        if (string.IsNullOrWhiteSpace(runId))
            values.Refuse("workflowInstanceId", "Name the workflow instance.");
        return runId;
    }

    private static ProblemHttpResult UnknownRun(string? runId) => Problems.NotFound($"There is no workflow instance '{runId}'.");

    private static async Task<(RunPath Path, ExecutionStep Step)?> Find(string id, RunPaths paths, CancellationToken cancellationToken) =>
        RunIds.ParseExecution(id) is { } parsed && await paths.Find(parsed.RunId, cancellationToken) is { } path && path.Find(parsed.Execution) is { } step ? (path, step) : null;

    private static ProblemHttpResult Unknown(string id) => Problems.NotFound($"There is no activity execution '{id}'.");
}

internal sealed record CountAnswer(long Count);

internal sealed record ReportAnswer(IReadOnlyList<ExecutionStats> Stats);

internal sealed record CallStackAnswer(string ActivityExecutionId, IReadOnlyList<ExecutionRecord> Items, long TotalCount);
