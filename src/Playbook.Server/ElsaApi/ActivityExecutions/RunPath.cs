using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Server.ElsaApi.ActivityExecutions;

/// <summary>The way that a run has taken: every execution of an activity, and the journal line by line, both in order.</summary>
internal sealed record RunPath(RunState State, PlaybookDefinition? Definition, NodeIds NodeIds, IReadOnlyList<ExecutionStep> Steps, IReadOnlyList<JournalLine> Lines)
{
    /// <summary>The run as a whole.</summary>
    public ExecutionStep Run => Steps[0];

    public ExecutionStep? Find(int execution) => Steps.FirstOrDefault(step => step.Number == execution);

    public string IdOf(ExecutionStep step) => RunIds.OfExecution(State.Id, step.Number);

    /// <summary>Every activity that was reached and is among <paramref name="nodeIds"/> (null for all), with how often and how it stands.</summary>
    public IReadOnlyList<ExecutionStats> Stats(IReadOnlyCollection<string>? nodeIds)
    {
        var wanted = nodeIds?.Distinct(StringComparer.Ordinal).GroupBy(NodeIds.Meant, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        return [.. from step in Steps
                   group step by step.NodeId into steps
                   from asked in wanted is null ? [steps.Key] : wanted.GetValueOrDefault(steps.Key, [])
                   select ExecutionStats.Of([.. steps], asked)];
    }
}

/// <summary>How often an activity ran and how it stands: what Studio shows as badges on the canvas.</summary>
internal sealed record ExecutionStats(
    string ActivityId, string ActivityNodeId, long StartedCount, long CompletedCount, long UncompletedCount, bool IsBlocked, bool IsFaulted, int AggregateFaultCount,
    IReadOnlyDictionary<string, object?> Metadata)
{
    public static ExecutionStats Of(IReadOnlyList<ExecutionStep> steps, string nodeId) => new(
        steps[0].ActivityId, nodeId, steps.Count, steps.Count(step => !step.IsOpen), steps.Count(step => step.IsOpen), steps.Any(step => step.HasBookmarks),
        // One that failed and was tried again has ended: the activity is not red for ever.
        steps.Any(step => step is { Status: ActivityStatus.Faulted, IsOpen: true }), steps[^1].Faults, ObjectMap.Empty);
}
