using Playbook.Abstractions;
using Playbook.Sales.Activities;

namespace Playbook.Sales.Contacts;

/// <summary>
/// What a rep has promised with the answer to a step: a time to call back, an appointment. The fact carries what, for when and
/// by whom; the store keeps it as an open promise in the same commit, until something is done for the contact at its time.
/// </summary>
public static class SpokenPromise
{
    public const string Made = "PromiseMade";

    private const string CallBackAt = "call_back_at";
    private const string PromisedAt = "promised_at";

    /// <summary>The promise that an answered step states; none where no time to come was written down.</summary>
    public static IEnumerable<Effect> In(IActivityContext context, Stimulus.TaskCompleted answer)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(answer);
        foreach (var field in (string[])[CallBackAt, PromisedAt])
            if (Moments.TryRead(answer.Fields.GetValueOrDefault(field), context.Subject, out var at) && at > context.Now)
                return [Fact(answer.Outcome, at, answer.By, answer.BookmarkId)];
        return [];
    }

    /// <summary>The fact of a promise.</summary>
    public static Effect.RecordFact Fact(string text, DateTimeOffset at, string? by, string? taskId) => new(Made, new Dictionary<string, object?>
    {
        ["text"] = text, ["promised"] = at, ["by"] = by, ["task"] = taskId,
    });
}
