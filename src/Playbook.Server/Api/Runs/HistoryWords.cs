using System.Globalization;
using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Sales.Scenarios;

namespace Playbook.Server.Api.Runs;

/// <summary>One turn of a run.</summary>
/// <param name="Because">What woke the run, in words.</param>
/// <param name="Stimulus">The same as a name: <c>TaskCompleted</c>, <c>Due</c> …</param>
/// <param name="Happened">What happened then, in words.</param>
/// <param name="Events">The same as data.</param>
internal sealed record HistoryTurn(long Revision, DateTimeOffset At, string Because, string Stimulus, IReadOnlyList<string> Happened, IReadOnlyList<HistoryEvent> Events);

internal sealed record HistoryEvent(RunEventKind Kind, string ActivityId, string Type, int Execution, IReadOnlyList<string>? Outcomes, string? Text, IReadOnlyDictionary<string, object?>? Data);

/// <summary>Tells a run's history in a salesperson's words.</summary>
internal sealed class HistoryWords(PlaybookDefinition definition)
{
    public HistoryTurn Tell(JournalEntry turn) => new(
        turn.Revision, turn.At, Because(turn.Stimulus), turn.Stimulus.GetType().Name,
        [.. turn.Events.Select(Happened).OfType<string>()],
        [.. turn.Events.Select(e => new HistoryEvent(e.Kind, e.ActivityId, e.ActivityType, e.Execution, e.Outcomes, e.Text, e.Data))]);

    /// <summary>What came in, as a sentence; for what is the same in every playbook.</summary>
    public static string Kept(Stimulus stimulus) => Because(stimulus, Quote);

    private string Because(Stimulus stimulus) => Because(stimulus, Title);

    private static string Because(Stimulus stimulus, Func<string, string> title) => stimulus switch
    {
        Stimulus.Started => "The run began.",
        Stimulus.Due => "The time had come.",
        Stimulus.Signalled signal => $"The event '{signal.Name}' happened.",
        Stimulus.TaskCompleted task => $"{task.By ?? "Somebody"} completed a task: {task.Outcome}{Fields(task.Fields)}.",
        Stimulus.Delivered => "The message went out.",
        Stimulus.Rejected rejected => $"The message was not sent: {rejected.Reason}",
        Stimulus.Bounced { Kind: BounceKind.Soft } late => $"The message is late: {late.Reason}",
        Stimulus.Bounced { Kind: BounceKind.Policy } kept => $"The message was turned away by the receiver's rules: {kept.Reason}",
        Stimulus.Bounced bounced => $"The message came back: {bounced.Reason}",
        Stimulus.Replied reply => $"The contact answered{By(reply.Channel)}{Quoted(reply.Text)}.{(reply.PossibleOptOut is null ? "" : $" Perhaps they want no more: \"{Short(reply.PossibleOptOut)}\".")}",
        Stimulus.AutoReplied away => $"An automatic answer came{By(away.Channel)}{(away.ReturnsAt is { } back ? string.Create(CultureInfo.InvariantCulture, $"; the contact is back on {back:yyyy-MM-dd}") : "")}{Quoted(away.Text)}.",
        Stimulus.Complained complained => $"The contact called a message spam{By(complained.Channel)}.",
        Stimulus.Unsubscribed no => $"The contact wants no more messages{By(no.Channel)}{Quoted(no.Wording)}.",
        Stimulus.ContactAnswered answer => $"The contact answered '{answer.Answer}'{Fields(answer.Data)}.",
        Stimulus.RunFinished run => $"The playbook that it waited for ended: {run.SubStatus}.",
        Stimulus.Answered => "The answer to a request came.",
        Stimulus.GivenUp givenUp => $"It was tried again and again without success: {givenUp.Reason}",
        Stimulus.Repaired repaired => repaired.Skip ? $"Somebody skipped the failed step{(repaired.Outcome is null ? "" : $" through {repaired.Outcome}")}." : "Somebody had the failed step tried again.",
        Stimulus.Paused paused => $"{paused.By ?? "Somebody"} paused the run{(paused.Reason is null ? "" : $": {paused.Reason}")}.",
        Stimulus.Resumed resumed => $"{resumed.By ?? "Somebody"} had the run go on{(resumed.Reason is null ? "" : $": {resumed.Reason}")}.",
        Stimulus.Moved moved => $"{moved.By ?? "Somebody"} moved the run to {title(moved.ActivityId)}{(moved.Reason is null ? "" : $": {moved.Reason}")}.",
        Stimulus.Cancelled cancelled => $"{cancelled.By ?? "Somebody"} cancelled the run{(cancelled.Reason is null ? "" : $": {cancelled.Reason}")}.",
        _ => "Something happened.",
    };

    private static string By(string? channel) => channel is null ? "" : $" by {channel}";

    private static string Quoted(string? text) => text is null ? "" : $": \"{Short(text)}\"";

    private string? Happened(RunEvent e) => e.Kind switch
    {
        // Every activity begins before it waits or ends, and that it did is no news.
        RunEventKind.Started or RunEventKind.Resumed => null,
        RunEventKind.Completed when IsFrame(e) => null,
        RunEventKind.Suspended when IsFrame(e) => null,
        RunEventKind.Completed => $"{Name(e)} was done{(e.Outcomes is { Count: > 0 } outcomes && outcomes is not ["Done"] ? $": {string.Join(", ", outcomes.Select(Plain))}" : "")}.",
        RunEventKind.Suspended => $"{Name(e)} waits.",
        RunEventKind.Faulted => $"{Name(e)} failed: {e.Text}",
        RunEventKind.Canceled => $"{Name(e)} was cancelled.",
        RunEventKind.LineWritten => $"Wrote: {e.Text}",
        _ => $"{Spaced(e.Text)}{Fields(e.Data)}.",
    };

    // What a condition answers is no word for a seller.
    private static string Plain(string outcome) => outcome switch { "True" => "yes", "False" => "no", _ => outcome };

    /// <summary>"PhaseChanged" as "Phase changed"; any other text as it is.</summary>
    private static string? Spaced(string? text) => text is null || text.Contains(' ', StringComparison.Ordinal)
        ? text
        : string.Concat(text.Select((letter, at) => at > 0 && char.IsUpper(letter) && char.IsLower(text[at - 1]) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));

    private bool IsFrame(RunEvent e) => e.ActivityType is "Elsa.Flowchart" or "Elsa.Sequence" || e.ActivityId == definition.Root.Id;

    private string Title(string activityId) => Quote(ActivityTitle.Of(definition, activityId));

    private static string Quote(string name) => $"'{name}'";

    private string Name(RunEvent e)
    {
        var node = definition.Find(e.ActivityId);
        if ((node?.Json["metadata"] as System.Text.Json.Nodes.JsonObject)?["displayText"] is System.Text.Json.Nodes.JsonValue text && text.ToString().Trim() is { Length: > 0 } drawn)
            return $"'{drawn}'";
        return node?.Name is { Length: > 0 } name && name != node.Id ? $"'{name}'" : $"'{e.ActivityId}' ({e.ActivityType[(e.ActivityType.LastIndexOf('.') + 1)..]})";
    }

    private static string Fields(IReadOnlyDictionary<string, object?>? fields) => fields is not { Count: > 0 }
        ? ""
        : $" ({string.Join(", ", fields.Select(field => $"{field.Key}: {Short(Convert.ToString(field.Value, CultureInfo.InvariantCulture) ?? "")}"))})";

    private static string Short(string text) => text.Length <= 120 ? text : text[..119] + "…";
}
