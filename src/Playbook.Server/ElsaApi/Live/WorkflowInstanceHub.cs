using Microsoft.AspNetCore.SignalR;
using Playbook.Engine.Runs;
using Playbook.Server.ElsaApi.ActivityExecutions;
using Playbook.Server.Workers;

namespace Playbook.Server.ElsaApi.Live;

/// <summary>What a client is told of the runs that it observes; names and shapes are Elsa's.</summary>
internal static class Told
{
    public const string Instance = "WorkflowInstanceUpdatedAsync";
    public const string Journal = "WorkflowExecutionLogUpdatedAsync";
    public const string Executions = "ActivityExecutionLogUpdatedAsync";
}

internal sealed record InstanceUpdated(string WorkflowInstanceId);

internal sealed record JournalUpdated;

internal sealed record ExecutionsUpdated(IReadOnlyList<ExecutionStats> Stats);

/// <summary>Where Studio's viewer listens.</summary>
internal sealed class WorkflowInstanceHub(RunHost host, ChangedRuns changes) : Hub
{
    public const string Path = "/elsa/hubs/workflow-instance";

    // Each watched run makes a commit look; nobody looks at more at once.
    private const int MostPerClient = 100;

    private static readonly object Key = typeof(WorkflowInstanceHub);

    public async Task ObserveInstanceAsync(string instanceId)
    {
        if (RunIds.Parse(instanceId) is not { } runId || await host.Store.Get(runId, Context.ConnectionAborted) is null)
            throw new HubException($"There is no workflow instance '{instanceId}'.");
        var observed = Observed();
        lock (observed)
        {
            if (observed.Contains(runId))
                return;
            if (observed.Count == MostPerClient)
                throw new HubException($"At most {MostPerClient} workflow instances can be observed over one connection. Open another one.");
            observed.Add(runId);
            changes.Watch(runId);
        }

        await Groups.AddToGroupAsync(Context.ConnectionId, RunIds.Of(runId), Context.ConnectionAborted);
    }

    public override Task OnConnectedAsync()
    {
        Context.Items[Key] = new HashSet<Guid>();
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        var observed = Observed();
        lock (observed)
        {
            foreach (var runId in observed)
                changes.Leave(runId);
            observed.Clear();
        }

        return base.OnDisconnectedAsync(exception);
    }

    private HashSet<Guid> Observed() => (HashSet<Guid>)Context.Items[Key]!;
}
