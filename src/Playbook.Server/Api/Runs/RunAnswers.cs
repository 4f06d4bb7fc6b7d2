using Playbook.Engine.Runs;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Server.Api.Runs;

/// <summary>A run as lists show it.</summary>
internal sealed record RunItem(
    Guid Id, string Playbook, int Version, RunStatus Status, RunSubStatus SubStatus, SubjectReference? Subject, string? Name, string? CorrelationId,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt, DateTimeOffset? DueAt, int OpenTasks, int OpenIncidents)
{
    public static RunItem Of(RunSummary run) => new(
        run.Id, run.DefinitionId, run.DefinitionVersion, run.Status, run.SubStatus,
        run.SubjectId.Length == 0 ? null : new SubjectReference(run.SubjectKind, run.SubjectId),
        run.Name, run.CorrelationId, run.CreatedAt, run.UpdatedAt, run.FinishedAt, run.DueAt, run.OpenTasks, run.OpenIncidents);
}

/// <summary>A run with all that a person wants to know of it.</summary>
internal sealed record RunDetail(
    Guid Id, string Playbook, string? PlaybookName, int Version, RunStatus Status, RunSubStatus SubStatus, SubjectReference? Subject, string? Name, string? CorrelationId,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt, Guid? ParentRunId, long Revision,
    IReadOnlyDictionary<string, object?> Input, IReadOnlyDictionary<string, object?> Variables, IReadOnlyDictionary<string, object?>? Output,
    IReadOnlyList<WaitItem> WaitsFor, IReadOnlyList<IncidentItem> Incidents, IReadOnlyList<MessageItem> Messages, PauseItem? Pause)
{
    public static RunDetail Of(RunState state, Engine.Definitions.PlaybookDefinition definition, IReadOnlyList<RunMessage> messages) => new(
        state.Id, state.DefinitionId, definition.Name, state.DefinitionVersion, state.Status, state.SubStatus,
        state.Subject.Id.Length == 0 ? null : new SubjectReference(state.Subject.Kind, state.Subject.Id),
        state.Name, state.CorrelationId, state.CreatedAt, state.UpdatedAt, state.FinishedAt, state.ParentRunId, state.Revision,
        state.Input, definition.Variables.Select((variable, index) => (variable.Name, Value: state.Variables.ElementAtOrDefault(index))).GroupBy(v => v.Name).ToDictionary(v => v.Key, v => v.First().Value),
        state.Output,
        [.. state.Bookmarks.Select(b => new WaitItem(b.Id, b.Kind.ToString(), b.Key, b.ActivityId, b.DueAt))],
        [.. state.Incidents.Select(i => new IncidentItem(i.Id, i.ActivityId, i.Message, i.At, i.Resolved))],
        [.. messages.Select(MessageItem.Of)],
        state.Pause is { } pause ? new PauseItem(pause.At, pause.Reason, pause.By) : null);
}

internal sealed record WaitItem(string Id, string Kind, string Key, string ActivityId, DateTimeOffset? DueAt);

/// <summary>Since when, why and by whom the run stands still.</summary>
internal sealed record PauseItem(DateTimeOffset At, string? Reason, string? By);

internal sealed record IncidentItem(string Id, string ActivityId, string Message, DateTimeOffset At, bool Resolved);

/// <param name="Reason">Why it has not gone yet.</param>
/// <param name="Result">What became of it, as JSON.</param>
internal sealed record MessageItem(string Id, string ActivityId, string Channel, string Script, OutboxStatus State, DateTimeOffset CreatedAt, string? Reason, DateTimeOffset? DoneAt, System.Text.Json.Nodes.JsonNode? Result)
{
    public static MessageItem Of(RunMessage message) => new(
        message.Id, message.ActivityId, message.Message.Channel, message.Message.Script, message.State, message.CreatedAt, message.Reason, message.DoneAt,
        message.Result is null ? null : System.Text.Json.Nodes.JsonNode.Parse(message.Result));
}

/// <summary>What a run is after something was done to it.</summary>
internal sealed record RunPosition(Guid Id, RunStatus Status, RunSubStatus SubStatus, IReadOnlyList<string> OpenTasks)
{
    public static RunPosition Of(RunState state) => new(
        state.Id, state.Status, state.SubStatus, [.. state.Bookmarks.Where(b => b.Kind == Abstractions.BookmarkKind.Task).Select(b => b.Id)]);
}

/// <param name="Matched">How many the choice has in all.</param>
/// <param name="Skipped">How many have an unfinished run of the playbook already.</param>
/// <param name="Next">Where the next call goes on; none where this was the end.</param>
internal sealed record StartedMany(long Matched, int Started, int Skipped, IReadOnlyList<FailedStart> Failed, Guid? Next);

internal sealed record FailedStart(SubjectReference Subject, string Reason);
