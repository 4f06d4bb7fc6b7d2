using System.Security.Cryptography;
using System.Text;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.ElsaApi.ActivityExecutions;

namespace Playbook.Server.ElsaApi.Instances;

/// <summary>A run's state as Elsa's clients read it.</summary>
internal sealed record InstanceState(
    string Id, string DefinitionId, string DefinitionVersionId, int DefinitionVersion, string? CorrelationId, string? Name, RunStatus Status, RunSubStatus SubStatus, bool IsExecuting,
    IReadOnlyList<BookmarkAnswer> Bookmarks, IReadOnlyList<IncidentAnswer> Incidents, bool IsSystem, IReadOnlyList<CallbackAnswer> CompletionCallbacks,
    IReadOnlyList<ContextAnswer> ActivityExecutionContexts, IReadOnlyList<object> ScheduledActivities, long ExecutionLogSequence, IReadOnlyDictionary<string, object?> Input,
    IReadOnlyDictionary<string, object?> Output, IReadOnlyDictionary<string, object?> Properties, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt)
{
    public static InstanceState Of(RunPath path)
    {
        var run = path.State;
        List<ExecutionStep> open = RunLifecycle.IsOver(run) ? [] : [.. path.Steps.Where(step => step == path.Run || step.Live is not null)];
        return new(
            RunIds.Of(run.Id), run.DefinitionId, run.DefinitionVersionId, run.DefinitionVersion, run.CorrelationId, run.Name, run.Status, run.SubStatus, false,
            [.. run.Bookmarks.Select(bookmark => BookmarkAnswer.Of(path, bookmark))],
            [.. run.Incidents.Where(incident => !incident.Resolved).Select(incident => IncidentAnswer.Of(path, incident))], false,
            [.. open.Where(step => step.Parent is not null).Select(step => CallbackAnswer.Of(path, step))],
            [.. open.Select(step => ContextAnswer.Of(path, step))], [], path.Lines.Count, run.Input, run.Output ?? [], PropertiesOf(run), run.CreatedAt, run.UpdatedAt, run.FinishedAt);
    }

    private static Dictionary<string, object?> PropertiesOf(RunState run) =>
        run.Subject.Id.Length == 0 ? [] : new() { ["Subject"] = new Dictionary<string, object?> { ["kind"] = run.Subject.Kind, ["id"] = run.Subject.Id } };
}

/// <summary>What a run waits for.</summary>
/// <param name="Name">The activity's type.</param>
internal sealed record BookmarkAnswer(
    string Id, string Name, string Hash, IReadOnlyDictionary<string, object?> Payload, string ActivityId, string ActivityNodeId, string? ActivityInstanceId, DateTimeOffset CreatedAt,
    bool AutoBurn, string CallbackMethodName, bool AutoComplete)
{
    public static BookmarkAnswer Of(RunPath path, RunBookmark bookmark)
    {
        var step = path.Find(bookmark.Execution);
        return new(
            bookmark.Id, bookmark.Name, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{bookmark.Name}\n{bookmark.Kind}\n{bookmark.Key}\n{bookmark.DueAt:O}"))), PayloadOf(bookmark),
            bookmark.ActivityId, step?.NodeId ?? path.NodeIds.Of(null, bookmark.ActivityId), RunIds.OfExecution(path.State.Id, bookmark.Execution), step?.StartedAt ?? path.State.CreatedAt,
            true, "Resume", true);
    }

    private static Dictionary<string, object?> PayloadOf(RunBookmark bookmark)
    {
        var payload = new Dictionary<string, object?> { ["kind"] = bookmark.Kind.ToString(), ["key"] = bookmark.Key };
        if (bookmark.DueAt is { } due)
            payload["resumeAt"] = due;
        if (bookmark.Kind == BookmarkKind.Signal)
            payload["eventName"] = bookmark.Key;
        if (bookmark.Kind is BookmarkKind.Task or BookmarkKind.Answer)
            payload["taskId"] = bookmark.Id;
        return payload;
    }
}

internal sealed record IncidentAnswer(string Id, string ActivityId, string ActivityNodeId, string ActivityType, string Message, FaultAnswer? Exception, DateTimeOffset Timestamp)
{
    public static IncidentAnswer Of(RunPath path, Incident incident) => new(
        incident.Id, incident.ActivityId, path.Find(incident.Execution)?.NodeId ?? path.NodeIds.Of(null, incident.ActivityId), incident.ActivityType, incident.Message,
        FaultAnswer.Of(incident.Message), incident.At);
}

/// <summary>Who hears of the end of an execution.</summary>
internal sealed record CallbackAnswer(string OwnerInstanceId, string ChildNodeId, string MethodName)
{
    public static CallbackAnswer Of(RunPath path, ExecutionStep step) => new(path.IdOf(step.Parent!), step.NodeId, step.Parent == path.Run ? "OnRootCompletedAsync" : "OnChildCompletedAsync");
}

/// <summary>An execution that has not ended.</summary>
internal sealed record ContextAnswer(
    string Id, string? ParentContextId, string ScheduledActivityNodeId, string? OwnerActivityNodeId, IReadOnlyDictionary<string, object?> Properties,
    IReadOnlyDictionary<string, object?> Metadata, IReadOnlyDictionary<string, object?> ActivityState, IReadOnlyList<object> DynamicVariables, ActivityStatus Status, bool IsExecuting,
    int FaultCount, DateTimeOffset StartedAt)
{
    public static ContextAnswer Of(RunPath path, ExecutionStep step) => new(
        path.IdOf(step), step.Parent is { } parent ? path.IdOf(parent) : null, step.NodeId, step.Parent?.NodeId, new Dictionary<string, object?>(ExecutionProperties.Of(path, step)),
        new Dictionary<string, object?>(), ExecutionRecord.Inputs(step) ?? new Dictionary<string, object?>(), [], step.Status, false, step.Faults, step.StartedAt);
}
