using Microsoft.AspNetCore.SignalR;
using Playbook.Server.ElsaApi.ActivityExecutions;
using Playbook.Server.Workers;

namespace Playbook.Server.ElsaApi.Live;

/// <summary>Tells observers of a run that it has changed, and how its activities stand now.</summary>
internal sealed class LiveUpdates(ChangedRuns changes, RunPaths paths, IHubContext<WorkflowInstanceHub> hub, TimeProvider clock, ILogger<LiveUpdates> log) : BackgroundService
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            foreach (var runId in await changes.Next(AtMost, clock, stoppingToken))
                await Tell(runId, stoppingToken);
    }

    private async Task Tell(Guid runId, CancellationToken stopping)
    {
        try
        {
            if (await paths.Find(runId, stopping) is not { } path)
                return;
            var observers = hub.Clients.Group(RunIds.Of(runId));
            await observers.SendAsync(Told.Journal, new JournalUpdated(), stopping);
            await observers.SendAsync(Told.Executions, new ExecutionsUpdated(path.Stats(null)), stopping);
            await observers.SendAsync(Told.Instance, new InstanceUpdated(RunIds.Of(runId)), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The program stops; whoever observes asks again when it is back.
        }
        catch (Exception fault)
        {
            // One run that cannot be told about must not silence the others.
            log.LogError(fault, "Observers of run {RunId} could not be told that it has changed", runId);
        }
    }
}
