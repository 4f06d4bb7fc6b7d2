using System.Globalization;
using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>
/// Opens a task for a person and waits for it: the part that guided steps, batons and bookings share.
/// A woken bookmark is known by its kind only, so the planned times are remembered and compared with the time of the turn.
/// </summary>
internal static class PersonTask
{
    public const string Expired = "Expired";

    private const string Key = "task";
    private const string DueAt = "dueAt";
    private const string EscalateAt = "escalateAt";
    private const string ExpireAt = "expireAt";
    private const string Escalated = "escalated";

    /// <summary>The task's due time is <see cref="Effect.OpenTask.DueAt"/>.</summary>
    public static ActivityResult Open(
        IActivityContext context, Effect.OpenTask task, DateTimeOffset? escalateAt, DateTimeOffset? expireAt, params ReadOnlySpan<Effect> alongside)
    {
        var bookmarks = new List<Bookmark> { Bookmark.Task(Key) };
        Remember(context, DueAt, task.DueAt);
        Remember(context, EscalateAt, escalateAt);
        Remember(context, ExpireAt, expireAt);
        context.Memo.Remove(Escalated);
        if (escalateAt is { } escalate)
            bookmarks.Add(Bookmark.Until(escalate, "escalate"));
        if (expireAt is { } expire)
            bookmarks.Add(Bookmark.Until(expire, "expire"));
        return new ActivityResult.Waiting(bookmarks) { Effects = [.. alongside, task] };
    }

    /// <summary>
    /// Opens the task anew with what has become known since; its times stay as they were planned, and it goes on waiting for
    /// <paramref name="besides"/>.
    /// </summary>
    public static ActivityResult Reopen(IActivityContext context, Effect.OpenTask task, params ReadOnlySpan<Bookmark> besides)
    {
        var bookmarks = new List<Bookmark> { Bookmark.Task(Key) };
        foreach (var bookmark in besides)
            bookmarks.Add(bookmark);
        if (!context.Memo.ContainsKey(Escalated) && Recall(context, EscalateAt) is { } escalate)
            bookmarks.Add(Bookmark.Until(escalate, "escalate"));
        if (Recall(context, ExpireAt) is { } expire)
            bookmarks.Add(Bookmark.Until(expire, "expire"));
        return new ActivityResult.Waiting(bookmarks) { Instead = true, Effects = [task with { DueAt = Recall(context, DueAt) }] };
    }

    /// <summary>A point in time has come: the task expires, or goes to another role, whichever is planned.</summary>
    public static ActivityResult OnDue(IActivityContext context, string escalateTo, Func<ActivityResult> expired)
    {
        var escalateAt = context.Memo.ContainsKey(Escalated) ? null : Recall(context, EscalateAt);
        var expireAt = Recall(context, ExpireAt);
        // First, because after an outage both can be past, and escalating what has expired helps nobody.
        if (expireAt <= context.Now)
            return expired();
        if (escalateAt <= context.Now)
        {
            context.Memo[Escalated] = true;
            return new ActivityResult.Waiting([]) { Effects = [new Effect.EscalateTask(Key, escalateTo)] };
        }
        // Woken too early, and which timer that used up is not known: ask again for the one that comes next.
        var next = escalateAt < expireAt ? escalateAt : expireAt ?? escalateAt;
        return next is { } again ? ActivityResult.Wait(Bookmark.Until(again, "again")) : ActivityResult.Wait();
    }

    /// <summary>
    /// A person has answered. The API refuses a wrong answer before it comes here; one that comes all the same must neither
    /// leave through a port that is not drawn nor lose the step, so the task is opened again and says what was wrong.
    /// Its other bookmarks are still there.
    /// </summary>
    public static ActivityResult OnAnswer(
        IActivityContext context, Effect.OpenTask task, Stimulus.TaskCompleted answer,
        Func<IReadOnlyDictionary<string, object?>, ActivityResult> accepted)
    {
        var problems = FormCheck.Problems(task, answer.Outcome, answer.Fields);
        return problems.Count == 0
            ? accepted(FormCheck.Answers(task.Fields, answer.Fields))
            : Again(context, task, answer, [.. problems.Values]);
    }

    /// <summary>Any stimulus that the step does not wait for changes nothing.</summary>
    public static ActivityResult Ignored() => ActivityResult.Wait();

    private static ActivityResult.Waiting Again(
        IActivityContext context, Effect.OpenTask task, Stimulus.TaskCompleted answer, List<object?> problems)
    {
        var details = new Dictionary<string, object?>(task.Details)
        {
            ["problems"] = problems,
            ["answers"] = new Dictionary<string, object?>(answer.Fields),
        };
        return new ActivityResult.Waiting([Bookmark.Task(Key)])
        {
            Effects = [task with { DueAt = Recall(context, DueAt), Details = details }],
        };
    }

    private static void Remember(IActivityContext context, string name, DateTimeOffset? at)
    {
        if (at is { } moment)
            context.Memo[name] = moment;
        else
            context.Memo.Remove(name);
    }

    private static DateTimeOffset? Recall(IActivityContext context, string name) =>
        !context.Memo.TryGetValue(name, out var value) ? null : value switch
        {
            DateTimeOffset at => at,
            DateTime at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)),
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at,
            _ => null,
        };

    /// <summary>A task with the key that its bookmark has.</summary>
    public static Effect.OpenTask For(string role, string title) => new(Key, role, title);
}
