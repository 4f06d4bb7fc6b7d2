using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Sales.Sending;
using Playbook.Server.Api.Runs;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Server.Api.Tasks;

/// <summary>A task as the queue shows it.</summary>
internal sealed record TaskSummary(
    string Id, Guid RunId, string Playbook, string Role, string Title, string? Owner, string? EscalatedFrom, string? Channel, TaskState State,
    DateTimeOffset CreatedAt, DateTimeOffset? DueAt, SubjectReference? Subject, IReadOnlyList<string> Outcomes, string? Outcome, string? By, DateTimeOffset? CompletedAt)
{
    public static TaskSummary Of(TaskItem task) => new(
        task.Id, task.RunId, task.DefinitionId, task.Role, task.Title, task.Owner, task.EscalatedFrom, task.Request.Channel, task.State, task.CreatedAt, task.DueAt,
        task.SubjectId.Length == 0 ? null : new SubjectReference(task.SubjectKind, task.SubjectId), task.Request.Outcomes, task.Outcome, task.By, task.CompletedAt);
}

/// <summary>A task with all that is needed to do it.</summary>
internal sealed record TaskDetail(
    TaskSummary Task, string? DoneWhen, IReadOnlyList<FormField> Fields, IReadOnlyDictionary<string, object?> Details, IReadOnlyDictionary<string, object?> Facts,
    TaskScript? Script, TaskLeave? Leave, IReadOnlyDictionary<string, object?> Answers);

/// <summary>What the sending policy says of doing the step now.</summary>
/// <param name="Until">When to try again, where it is to wait.</param>
internal sealed record TaskLeave(Verdict Verdict, string? RuleId, string? Rule, DateTimeOffset? Until)
{
    public static TaskLeave Of(SendingDecision? decision) => decision switch
    {
        SendingDecision.Block block => new(Verdict.Block, block.RuleId, block.Rule, null),
        SendingDecision.Wait wait => new(Verdict.Wait, wait.RuleId, wait.Rule, wait.Until),
        SendingDecision.Permit permit => new(Verdict.Permit, permit.RuleId, permit.Rule, permit.ValidUntil),
        _ => new(Verdict.Permit, null, "The step uses no channel.", null),
    };
}

/// <param name="ProviderId">The provider's name for the call.</param>
internal sealed record DialedTask(string ProviderId);

/// <summary>The words to say, with what is not known shown as a gap.</summary>
internal sealed record TaskScript(string Name, string? Subject, string Text, IReadOnlyList<string> Gaps);

/// <param name="Until">When it comes back.</param>
/// <param name="Reason">Why, for the history.</param>
internal sealed record SnoozeTask(DateTimeOffset? Until, string? Reason);

/// <param name="Outcome">What came of it: one of the task's outcomes.</param>
/// <param name="Fields">What was written down, by the fields' names.</param>
/// <param name="By">Who did it.</param>
internal sealed record CompleteTask(string? Outcome, JsonElement? Fields, string? By);
