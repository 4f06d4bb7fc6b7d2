using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Sales.Scenarios;
using Playbook.Storage.Runs;

namespace Playbook.Server.Api.Runs;

/// <summary>What a move gives up and begins, in a salesperson's words.</summary>
internal static class MoveWords
{
    public static IReadOnlyList<string> GivesUp(PlaybookDefinition definition, RunState state, IReadOnlyList<RunMessage> unsent)
    {
        var lines = new List<string>();
        // Its own bookmark tells of a message that a step waits for; the others are told of by themselves.
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in state.Bookmarks.GroupBy(bookmark => (bookmark.Execution, bookmark.ActivityId)))
        {
            var name = ActivityTitle.Of(definition, group.Key.ActivityId);
            var kinds = group.Select(bookmark => bookmark.Kind).Distinct().ToList();
            if (kinds.Count > 1)
                kinds.Remove(BookmarkKind.Due);
            lines.AddRange(kinds.Select(kind => Wait(kind, name, definition.Find(group.Key.ActivityId))));
            if (kinds.Contains(BookmarkKind.Delivery))
                told.Add(group.Key.ActivityId);
        }

        lines.AddRange(unsent.Where(message => !told.Contains(message.ActivityId)).Select(message =>
            $"A message by {message.Message.Channel} that “{ActivityTitle.Of(definition, message.ActivityId)}” wrote and that has not gone out."));
        lines.AddRange(state.Incidents.Where(incident => !incident.Resolved).Select(incident => $"The trouble at “{ActivityTitle.Of(definition, incident.ActivityId)}”: it counts as looked at."));
        lines.AddRange((state.Deferred ?? []).Select(kept => $"What came in while the run stood still: {HistoryWords.Kept(kept)}"));
        return lines;
    }

    public static string Begins(ActivityNode node) => node.Description switch
    {
        { IsHumanStep: true } => RoleOf(node) is { } role ? $"A task for the {role} begins at once." : "A task begins at once.",
        { Inputs: var inputs } when inputs.Any(input => input.References == "channel" || input.Name == "WaitForDelivery") => "A message goes out as soon as the rules allow it.",
        { Waits: true } => "A wait begins at once.",
        _ => "It is done at once, and the run goes on from there.",
    };

    private static string Wait(BookmarkKind kind, string name, ActivityNode? node) => kind switch
    {
        BookmarkKind.Task => $"The open task “{name}”{(node is not null && RoleOf(node) is { } role ? $" of the {role}" : "")}.",
        BookmarkKind.Reply => $"The wait for a reply at “{name}”.",
        BookmarkKind.Delivery => $"The message of “{name}”: it does not go out if it has not gone yet.",
        BookmarkKind.Invitation => $"The wait for the answer to the invitation at “{name}”.",
        BookmarkKind.Run => $"The wait at “{name}” for another playbook, which goes on by itself.",
        BookmarkKind.Answer => $"The request to the outside at “{name}”.",
        BookmarkKind.Signal => $"The wait for an event at “{name}”.",
        _ => $"The time that “{name}” waits for.",
    };

    private static string? RoleOf(ActivityNode node) =>
        node.Inputs.FirstOrDefault(input => input.Input.Name is "Role" or "ToRole") is { IsConstant: true, Constant: string { Length: > 0 } role } ? role.Replace('-', ' ') : null;
}
