using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Engine.Runs;
using Playbook.Server.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Api.Runs;

/// <summary>Reading runs and their history.</summary>
internal static class RunsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("", List).WithSummary("Runs that match, newest first");
        runs.MapGet("/{id:guid}", Get).WithSummary("A run with what it waits for, its incidents and its messages");
        runs.MapGet("/{id:guid}/history", History).WithSummary("All that happened to a run, oldest first");
        runs.MapGet("/{id:guid}/move", Places).WithSummary("Where a run can be moved to, and what would be given up");
    }

    private static Page<RunItem> List([AsParameters] RunQuery query, [AsParameters] Paging paging, RunQueries runs)
    {
        var filter = query.ToFilter();
        return new Page<RunItem>([.. runs.List(filter, paging.From, paging.Count).Select(RunItem.Of)], runs.Count(filter));
    }

    private static async Task<Results<Ok<RunDetail>, ProblemHttpResult>> Get(Guid id, RunHost host, RunQueries runs, DefinitionCache definitions, CancellationToken cancellationToken)
    {
        if (await host.Store.Get(id, cancellationToken) is not { } state)
            return Unknown(id);
        var version = await definitions.Version(state.DefinitionVersionId, cancellationToken);
        return TypedResults.Ok(RunDetail.Of(state, version.Definition, runs.Messages(id)));
    }

    private static async Task<Results<Ok<IReadOnlyList<HistoryTurn>>, ProblemHttpResult>> History(Guid id, RunHost host, RunQueries runs, DefinitionCache definitions, CancellationToken cancellationToken)
    {
        if (await host.Store.Get(id, cancellationToken) is not { } state)
            return Unknown(id);
        var words = new HistoryWords((await definitions.Version(state.DefinitionVersionId, cancellationToken)).Definition);
        return TypedResults.Ok<IReadOnlyList<HistoryTurn>>([.. runs.History(id).Select(words.Tell)]);
    }

    private static async Task<Results<Ok<MovePlan>, ProblemHttpResult>> Places(Guid id, RunMoving moving, CancellationToken cancellationToken) =>
        await moving.Plan(id, cancellationToken) is { } plan ? TypedResults.Ok(plan) : Unknown(id);

    internal static ProblemHttpResult Unknown(Guid id) => Problems.NotFound($"There is no run {id}.");
}

/// <summary>Which runs to list.</summary>
internal readonly record struct RunQuery(string? Playbook, RunStatus? Status, RunSubStatus? SubStatus, string? SubjectKind, string? SubjectId, string? CorrelationId, bool? Incidents)
{
    public RunFilter ToFilter() => new()
    {
        DefinitionId = Playbook, Status = Status, SubStatus = SubStatus, SubjectKind = SubjectKind, SubjectId = SubjectId, CorrelationId = CorrelationId, WithIncidents = Incidents ?? false,
    };
}
