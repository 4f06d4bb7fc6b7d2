using Microsoft.Extensions.Localization;
using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Server.Api.Runs;
using Playbook.Server.Definitions;
using Playbook.Server.Pages.Shell;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Runs;

/// <summary>What a run waits for, in words, with the step on the canvas.</summary>
public sealed record RunWait(string Words, string ActivityId, DateTimeOffset? DueAt);

/// <summary>A fault that a person must look at.</summary>
public sealed record RunTrouble(string Id, string Step, string ActivityId, string Message, DateTimeOffset At, IReadOnlyList<string> Outcomes);

/// <summary>One turn of the history, in words.</summary>
public sealed record RunTurn(DateTimeOffset At, string Because, IReadOnlyList<string> Happened);

/// <summary>A run with all that a person wants to know of it.</summary>
public sealed record RunView(
    Guid Id, string DefinitionId, string Playbook, int Version, string? Who, RunStatus Status, RunSubStatus SubStatus, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, long Revision,
    IReadOnlyList<RunWait> Waits, IReadOnlyList<RunTrouble> Troubles, IReadOnlyList<RunTurn> History, RunPause? Pause)
{
    /// <summary>Whether it has ended for good; what failed can still be mended, moved or ended.</summary>
    public bool IsOver => SubStatus is RunSubStatus.Finished or RunSubStatus.Cancelled;

    public string Colour => Pause is not null ? "amber" : RunStateWords.Colour(Status, SubStatus, Troubles.Count);
}

/// <summary>Reads one run, and mends it.</summary>
public sealed class RunDesk(RunHost host, RunQueries runs, DefinitionCache definitions, RunNames names, TimeWords words, IStringLocalizer<Texts> L)
{
    /// <summary>Null where there is no such run.</summary>
    public async Task<RunView?> Load(Guid id, CancellationToken cancellationToken = default)
    {
        if (await host.Store.Get(id, cancellationToken) is not { } state)
            return null;
        var definition = (await definitions.Version(state.DefinitionVersionId, cancellationToken)).Definition;
        var subject = (state.Subject.Kind, state.Subject.Id);
        var who = state.Subject.Id.Length == 0 ? null : (await names.Of([subject], cancellationToken)).GetValueOrDefault(subject, L["somebody who is gone"]);
        var history = new HistoryWords(definition);
        return new(
            id, state.DefinitionId, definition.Name ?? state.DefinitionId, state.DefinitionVersion, who, state.Status, state.SubStatus, state.CreatedAt, state.FinishedAt, state.Revision,
            [.. state.Bookmarks.GroupBy(bookmark => bookmark.ActivityId).Select(group => Wait(definition, group.Key, [.. group]))],
            [.. state.Incidents.Where(incident => !incident.Resolved).Select(incident => new RunTrouble(
                incident.Id, NameOf(definition, incident.ActivityId), incident.ActivityId, incident.Message, incident.At, OutcomesOf(definition, incident.ActivityId)))],
            [.. runs.History(id).Select(history.Tell).Reverse().Select(turn => new RunTurn(turn.At, turn.Because, turn.Happened))], state.Pause);
    }

    /// <summary>Has the failed step tried again, or leaves it as done through an outcome.</summary>
    /// <returns>False where it was mended before or the run is over.</returns>
    public async Task<bool> Repair(Guid id, string incidentId, bool skip, string? outcome, CancellationToken cancellationToken = default) =>
        await host.Take(id, new Stimulus.Repaired(incidentId, skip, outcome), null, cancellationToken) is not null;

    /// <returns>False where the run is over already.</returns>
    public async Task<bool> Cancel(Guid id, string? reason, string by, CancellationToken cancellationToken = default) =>
        await host.Take(id, new Stimulus.Cancelled(reason, by), null, cancellationToken) is not null;

    private RunWait Wait(PlaybookDefinition definition, string activityId, IReadOnlyList<RunBookmark> bookmarks)
    {
        var name = NameOf(definition, activityId);
        var due = bookmarks.Where(bookmark => bookmark.Kind == BookmarkKind.Due).Select(bookmark => bookmark.DueAt).Min();
        string Until(string waits) => due is { } at ? L["{0} until {1}", waits, words.Short(at)] : waits;
        var sentence = bookmarks.FirstOrDefault(bookmark => bookmark.Kind != BookmarkKind.Due)?.Kind switch
        {
            BookmarkKind.Task => due is null ? Doing() : L["{0}; undone, it moves on {1}", Doing(), words.Short(due.Value)].Value,
            BookmarkKind.Reply => Until(L["“{0}” waits for a reply", name]),
            BookmarkKind.Delivery => L["“{0}” waits for the message to go out", name],
            BookmarkKind.Invitation => Until(L["“{0}” waits for the answer to an invitation", name]),
            BookmarkKind.Run => L["“{0}” waits for the other playbook to end", name],
            BookmarkKind.Answer => Until(L["“{0}” waits for an answer from outside", name]),
            BookmarkKind.Signal => Until(L["“{0}” waits for the event “{1}”", name, bookmarks.First(bookmark => bookmark.Kind == BookmarkKind.Signal).Key]),
            _ => Until(L["“{0}” waits", name]),
        };
        return new(sentence + ".", activityId, due);

        string Doing() => RoleOf(definition, activityId) is { } role ? L["“{0}” waits for the {1} to do it", name, role] : L["“{0}” waits for somebody to do it", name];
    }

    private static string NameOf(PlaybookDefinition definition, string activityId) => definition.Find(activityId) is { } node
        ? (node.Json["metadata"] as System.Text.Json.Nodes.JsonObject)?["displayText"]?.ToString() is { Length: > 0 } text ? text : node.Name ?? node.Description?.DisplayName ?? activityId
        : activityId;

    private static string? RoleOf(PlaybookDefinition definition, string activityId) =>
        definition.Find(activityId)?.Inputs.FirstOrDefault(input => input.Input.Name is "Role" or "ToRole") is { IsConstant: true, Constant: string { Length: > 0 } role } ? role.Replace('-', ' ') : null;

    private static IReadOnlyList<string> OutcomesOf(PlaybookDefinition definition, string activityId) =>
        definition.Find(activityId) is { Parent.Flow: { } graph } node ? [.. graph.Outbound[graph.PositionOf(node.Index)].Select(c => graph.Connections[c].Port).Distinct()] : [];
}
