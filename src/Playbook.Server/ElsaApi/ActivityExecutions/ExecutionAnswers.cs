using Playbook.Engine.Runs;

namespace Playbook.Server.ElsaApi.ActivityExecutions;

/// <summary>An execution in short.</summary>
internal sealed record ExecutionSummary(
    string WorkflowInstanceId, string ActivityId, string ActivityNodeId, string ActivityType, int ActivityTypeVersion, string? ActivityName, DateTimeOffset StartedAt,
    bool HasBookmarks, ActivityStatus Status, IReadOnlyDictionary<string, object?> Metadata, int AggregateFaultCount, DateTimeOffset? CompletedAt, string Id)
{
    public static ExecutionSummary Of(RunPath path, ExecutionStep step) => new(
        RunIds.Of(path.State.Id), step.ActivityId, step.NodeId, step.Type, step.TypeVersion, step.Node?.Name, step.StartedAt, step.HasBookmarks, step.Status,
        ObjectMap.Empty, step.Faults, step.EndedAt, path.IdOf(step));
}

/// <summary>An execution with all that is known of it.</summary>
/// <param name="ActivityState">Its inputs: as evaluated while it is under way, afterwards those that need no evaluation.</param>
/// <param name="Outputs">What came of it: who answered what, for a step that a person does.</param>
internal sealed record ExecutionRecord(
    string WorkflowInstanceId, string ActivityId, string ActivityNodeId, string ActivityType, int ActivityTypeVersion, string? ActivityName,
    IReadOnlyDictionary<string, object?>? ActivityState, IReadOnlyDictionary<string, object?>? Payload, IReadOnlyDictionary<string, object?>? Outputs,
    IReadOnlyDictionary<string, object?> Properties, IReadOnlyDictionary<string, object?> Metadata, FaultAnswer? Exception, DateTimeOffset StartedAt, bool HasBookmarks,
    ActivityStatus Status, int AggregateFaultCount, DateTimeOffset? CompletedAt, string? SchedulingActivityExecutionId, string? SchedulingActivityId, string Id, string TenantId)
{
    public static ExecutionRecord Of(RunPath path, ExecutionStep step) => new(
        RunIds.Of(path.State.Id), step.ActivityId, step.NodeId, step.Type, step.TypeVersion, step.Node?.Name,
        Inputs(step), step.Outcomes is { } outcomes ? ObjectMap.Of([new("Outcomes", outcomes)]) : null, OutputsOf(path, step),
        ObjectMap.Of(ExecutionProperties.Of(path, step)), ObjectMap.Empty, FaultAnswer.Of(step.Fault), step.StartedAt, step.HasBookmarks,
        step.Status, step.Faults, step.EndedAt, step.Parent is null ? null : path.IdOf(step.Parent), step.Parent?.ActivityId, path.IdOf(step), "");

    /// <summary>Null for an activity without inputs.</summary>
    public static IReadOnlyDictionary<string, object?>? Inputs(ExecutionStep step)
    {
        if (step.Node is not { Inputs.Count: > 0 } node)
            return null;
        var inputs = new Dictionary<string, object?>();
        for (var i = 0; i < node.Inputs.Count; i++)
        {
            var binding = node.Inputs[i];
            if (step.Live?.Inputs is { } evaluated && i < evaluated.Length)
                inputs[binding.Input.Name] = evaluated[i];
            else if (binding.IsConstant)
                inputs[binding.Input.Name] = binding.Constant;
            else if (binding.Expression is null)
                inputs[binding.Input.Name] = binding.Input.Default;
        }

        return inputs;
    }

    private static IReadOnlyDictionary<string, object?>? OutputsOf(RunPath path, ExecutionStep step) =>
        step == path.Run ? path.State.Output ?? [] : step.Outputs.Count > 0 ? step.Outputs : null;
}

/// <summary>A fault in the shape of Elsa's exceptions.</summary>
internal sealed record FaultAnswer(string Type, string Message)
{
    public static FaultAnswer? Of(string? message) => message is null ? null : new FaultAnswer("Incident", message);
}
