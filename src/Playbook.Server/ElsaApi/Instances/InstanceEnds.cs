using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Api;
using Playbook.Storage.Runs;

namespace Playbook.Server.ElsaApi.Instances;

/// <summary>Ends runs and deletes those that have ended, one by one as for many.</summary>
internal sealed class InstanceEnds(RunHost host, RunStore store)
{
    // The store writes for all: a long deletion goes in pieces, between which the others have their turn.
    private const int DeletedAtOnce = 50;

    /// <summary>True where it was under way; null where there is no such run.</summary>
    public async ValueTask<bool?> Cancel(Guid runId, CancellationToken cancellationToken)
    {
        if (await host.Store.Get(runId, cancellationToken) is null)
            return null;
        return await host.Take(runId, new Stimulus.Cancelled(null, null), null, cancellationToken) is not null;
    }

    public async ValueTask<IReadOnlyList<RunRemoval>> Delete(IReadOnlyList<Guid> runIds, CancellationToken cancellationToken)
    {
        var results = new List<RunRemoval>(runIds.Count);
        foreach (var some in runIds.Chunk(DeletedAtOnce))
            results.AddRange(await store.Delete(some, cancellationToken));
        return results;
    }

    /// <summary>Why a run was not deleted, and what to do.</summary>
    public static string Reason(Guid runId, RunRemoval result) => result switch
    {
        RunRemoval.Unknown => $"There is no workflow instance '{RunIds.Of(runId)}'.",
        RunRemoval.UnderWay => $"The workflow instance '{RunIds.Of(runId)}' is under way. Cancel it first, then delete it.",
        RunRemoval.StillSending => $"The workflow instance '{RunIds.Of(runId)}' has ended, but something that it asked for is still on its way out. Try again when that is done.",
        _ => "It was deleted.",
    };
}

/// <summary>Cancelling and deleting one run.</summary>
internal static class InstanceEndsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/cancel/workflow-instances/{id}", Cancel);
        api.MapDelete("/workflow-instances/{id}", Delete);
    }

    /// <summary>As in Elsa, cancelling what has ended already is no mistake.</summary>
    private static async Task<IResult> Cancel(string id, InstanceEnds ends, CancellationToken cancellationToken) =>
        RunIds.Parse(id) is { } runId && await ends.Cancel(runId, cancellationToken) is not null ? TypedResults.Ok() : InstancesApi.Unknown(id);

    private static async Task<IResult> Delete(string id, InstanceEnds ends, CancellationToken cancellationToken)
    {
        if (RunIds.Parse(id) is not { } runId)
            return InstancesApi.Unknown(id);
        return (await ends.Delete([runId], cancellationToken))[0] switch
        {
            RunRemoval.Deleted => TypedResults.NoContent(),
            RunRemoval.Unknown => InstancesApi.Unknown(id),
            var refused => Problems.Conflict(InstanceEnds.Reason(runId, refused)),
        };
    }
}
