using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Server.ElsaApi.ActivityExecutions;

/// <summary>
/// A flowchart's visits, as Elsa keeps them with the flowchart: how often each of its activities ran, and each connection
/// whose source has ended, with whether it was followed. Activities that were skipped are not in the journal, nor here.
/// </summary>
internal static class FlowVisits
{
    /// <summary>Null for what is no flowchart.</summary>
    public static IReadOnlyDictionary<string, object?>? Of(RunPath path, ExecutionStep flowchart)
    {
        if (flowchart.Node?.Flow is not { } graph || path.Definition is not { } definition)
            return null;
        var activities = new Dictionary<string, long>();
        var connections = new Dictionary<string, long>();
        var followed = new Dictionary<string, bool>();
        foreach (var step in path.Steps.Where(step => step.Parent == flowchart && step.Node?.Parent == flowchart.Node))
        {
            activities[step.ActivityId] = activities.GetValueOrDefault(step.ActivityId) + 1;
            if (step.Status is not (ActivityStatus.Completed or ActivityStatus.Canceled))
                continue;
            foreach (var index in graph.Outbound[graph.PositionOf(step.Node!.Index)])
            {
                var connection = graph.Connections[index];
                var name = $"{step.ActivityId}:{connection.Port}->{definition.Nodes[graph.Nodes[connection.Target]].Id}:In";
                connections[name] = connections.GetValueOrDefault(name) + 1;
                followed[name] = step.Status == ActivityStatus.Completed && (step.Outcomes?.Contains(connection.Port) ?? connection.Port == "Done");
            }
        }

        return new Dictionary<string, object?> { ["activitiesVisitCount"] = activities, ["connectionVisitCount"] = connections, ["connectionLastVisitFollowed"] = followed };
    }
}
