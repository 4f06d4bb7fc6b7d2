using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.ElsaApi.ActivityExecutions;
using Playbook.Storage.Runs;

namespace Playbook.Server.ElsaApi.Instances;

/// <summary>A run as Elsa's lists show it.</summary>
internal sealed record InstanceSummary(
    string Id, string DefinitionId, string DefinitionVersionId, int Version, RunStatus Status, RunSubStatus SubStatus, string? CorrelationId, string? Name, int IncidentCount,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt)
{
    public static InstanceSummary Of(RunSummary run) => new(
        RunIds.Of(run.Id), run.DefinitionId, run.DefinitionVersionId, run.DefinitionVersion, run.Status, run.SubStatus, run.CorrelationId, run.Name, run.OpenIncidents,
        run.CreatedAt, run.UpdatedAt, run.FinishedAt);
}

/// <summary>A run with its state in Elsa's shape.</summary>
/// <param name="IncidentCount">Incidents that nobody has resolved; the journal keeps the others.</param>
internal sealed record InstanceAnswer(
    string Id, string DefinitionId, string DefinitionVersionId, int Version, string? ParentWorkflowInstanceId, InstanceState WorkflowState, RunStatus Status, RunSubStatus SubStatus,
    bool IsExecuting, string? CorrelationId, string? Name, int IncidentCount, bool IsSystem, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, DateTimeOffset UpdatedAt)
{
    public static InstanceAnswer Of(RunPath path)
    {
        var run = path.State;
        return new(
            RunIds.Of(run.Id), run.DefinitionId, run.DefinitionVersionId, run.DefinitionVersion, run.ParentRunId is { } parent ? RunIds.Of(parent) : null, InstanceState.Of(path), run.Status,
            run.SubStatus, false, run.CorrelationId, run.Name, run.Incidents.Count(incident => !incident.Resolved), false, run.CreatedAt, run.FinishedAt, run.UpdatedAt);
    }
}

internal sealed record ExecutionStateAnswer(RunStatus Status, RunSubStatus SubStatus, DateTimeOffset UpdatedAt);

/// <summary>A line of the journal. One that is no event of an activity has a fact's name, or tells of a line written.</summary>
internal sealed record JournalAnswer(
    string Id, string ActivityInstanceId, string? ParentActivityInstanceId, string ActivityId, string ActivityType, int ActivityTypeVersion, string? ActivityName, string NodeId,
    DateTimeOffset Timestamp, long Sequence, string EventName, string? Message, IReadOnlyDictionary<string, object?>? Payload)
{
    public static JournalAnswer Of(RunPath path, JournalLine line) => new(
        $"{RunIds.Of(path.State.Id)}-j{line.Sequence}", path.IdOf(line.Step), line.Step.Parent is { } parent ? path.IdOf(parent) : null, line.Step.ActivityId, line.Step.Type,
        line.Step.TypeVersion, line.Step.Node?.Name, line.Step.NodeId, line.At, line.Sequence, line.Event, line.Message, line.Payload);
}
