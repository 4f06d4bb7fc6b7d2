using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>What is under way in a flowchart, as both of its modes and its joins ask.</summary>
internal static class FlowWork
{
    public static bool IsPending(Turn turn, ActivityExecution flowchart)
    {
        foreach (var execution in turn.State.Executions)
            if (execution.Parent == flowchart && execution.Status == ActivityStatus.Running)
                return true;
        if (!turn.HasScheduled)
            return false;
        foreach (var item in turn.Scheduled)
            for (var owner = item.Owner; owner is not null; owner = owner.Parent)
                if (owner == flowchart)
                    return true;
        return false;
    }

    public static bool HasFault(Turn turn, ActivityExecution flowchart)
    {
        foreach (var execution in turn.State.Executions)
            if (execution.Parent == flowchart && execution.Status == ActivityStatus.Faulted)
                return true;
        return false;
    }

    /// <summary>Cancels what runs upstream of an activity in the same flowchart, as a join does that need not wait for it.</summary>
    public static void CancelUpstream(Turn turn, ActivityExecution flowchart, int node)
    {
        var graph = turn.GraphOf(flowchart);
        var ancestors = graph.Ancestors(graph.PositionOf(node));
        foreach (var execution in turn.State.Executions.Where(e => e.Parent == flowchart).ToList())
            if (Array.IndexOf(ancestors, graph.PositionOf(execution.Node)) >= 0)
                turn.Cancel(execution);
    }

    /// <summary>A join mode by name; Elsa's serialiser writes enums by name or by number.</summary>
    public static string JoinMode(string? value) =>
        Is(value, "WaitAll", "0") ? "WaitAll" : Is(value, "WaitAllActive", "1") ? "WaitAllActive" : "WaitAny";

    private static bool Is(string? value, string name, string number) => name.Equals(value, StringComparison.OrdinalIgnoreCase) || value == number;
}
