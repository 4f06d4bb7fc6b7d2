using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.ElsaApi.ActivityExecutions;

/// <summary>Finds runs with the way that they have taken.</summary>
internal sealed class RunPaths(RunHost host, RunQueries runs, DefinitionCache definitions)
{
    private const int MostRuns = 50;

    /// <summary>Null where there is no such run.</summary>
    public async ValueTask<RunPath?> Find(Guid? runId, CancellationToken cancellationToken) =>
        runId is { } id && await host.Store.Get(id, cancellationToken) is { } state
            ? PathReader.Read(state, runs.History(id), await Definition(state.DefinitionVersionId, cancellationToken))
            : null;

    /// <summary>Null where the version was deleted: a run that has ended can outlive its playbook.</summary>
    public async ValueTask<PlaybookDefinition?> Definition(string versionId, CancellationToken cancellationToken)
    {
        try
        {
            return (await definitions.Version(versionId, cancellationToken)).Definition;
        }
        catch (DefinitionException)
        {
            return null;
        }
    }

    /// <summary>The execution and all around it, the outermost first; with the runs that wait for this one where <paramref name="acrossRuns"/> is set.</summary>
    public async ValueTask<IReadOnlyList<(RunPath Path, ExecutionStep Step)>> Chain(RunPath path, ExecutionStep step, bool acrossRuns, CancellationToken cancellationToken)
    {
        var chain = new List<(RunPath, ExecutionStep)>();
        (RunPath Path, ExecutionStep Step)? at = (path, step);
        for (var seen = 0; at is { } here && seen < MostRuns; seen++)
        {
            for (ExecutionStep? around = here.Step; around is not null; around = around.Parent)
                chain.Add((here.Path, around));
            at = acrossRuns ? await Caller(here.Path, cancellationToken) : null;
        }

        chain.Reverse();
        return chain;
    }

    private async ValueTask<(RunPath Path, ExecutionStep Step)?> Caller(RunPath child, CancellationToken cancellationToken)
    {
        if (await Find(child.State.ParentRunId, cancellationToken) is not { } parent)
            return null;
        if (parent.State.Bookmarks.Find(bookmark => bookmark.Id == child.State.ParentBookmarkId) is { } waiting)
            return parent.Find(waiting.Execution) is { } open ? (parent, open) : null;
        var reported = runs.History(parent.State.Id).FirstOrDefault(turn => turn.Stimulus is Stimulus.RunFinished finished && finished.RunId == child.State.Id);
        return reported?.Events.FirstOrDefault(happened => happened.Kind == RunEventKind.Resumed) is { Execution: > 0 } woken && parent.Find(woken.Execution) is { } step ? (parent, step) : null;
    }
}
