using Playbook.Abstractions;
using Playbook.Sales.Calendar;
using Playbook.Sales.Contacts;

namespace Playbook.Sales.Activities;

/// <summary>What a guided step and a channel's guided action have in common: a task with its times, and the answer to it.</summary>
internal static class GuidedWork
{
    /// <summary>What a step does for the balance between giving and asking.</summary>
    public static IReadOnlyList<string> Categories { get; } = ["connect", "invite", "give value", "qualify", "ask", "serve"];

    /// <summary>The inputs besides what is to be done and how it is answered.</summary>
    public static IReadOnlyList<InputDescription> Inputs { get; } =
    [
        new("DoneWhen", "String", "When the step counts as done, in a sentence.") { DisplayName = "Done when", Editor = "multiline" },
        new("Category", "String", "What the step does for the relationship; shown in the balance between giving and asking.") { DisplayName = "Kind of step", Editor = "dropdown", Options = Categories },
        Palette.Time("Due", "Due after", "When it should be done, counted from the moment the step is reached."),
        Palette.Time("EscalateAfter", "Escalate after", "When somebody else takes over because it was not done."),
        Palette.Role("EscalateTo", "Escalate to", "Who takes over then.", unset: "manager"),
        Palette.Time("ExpireAfter", "Give up after", "When the step no longer makes sense and the flow goes on through Expired."),
        new("BusinessHours", "Boolean", "Moves these three times into Monday to Friday, 09:00 to 17:00, where the contact lives.") { DisplayName = "In business hours", Editor = "checkbox", Default = false },
    ];

    public static IReadOnlyList<OutputDescription> Outputs { get; } =
    [
        new("Outcome", "String", "What came of it."),
        new("Fields", "Object", "What the rep wrote down, by the fields' names."),
        new("By", "String", "Who did it."),
    ];

    public static ActivityResult Open(IActivityContext context, Func<StepInputs, Effect.OpenTask> describe)
    {
        var inputs = new StepInputs(context);
        var task = describe(inputs);
        var inBusinessHours = inputs.Flag("BusinessHours");
        var due = At(inputs, "Due", inBusinessHours);
        var escalate = At(inputs, "EscalateAfter", inBusinessHours);
        var expire = At(inputs, "ExpireAfter", inBusinessHours);
        return inputs.Failure as ActivityResult ?? PersonTask.Open(context, task with { DueAt = due }, escalate, expire);
    }

    /// <param name="context">What the activity sees.</param>
    /// <param name="stimulus">What woke it.</param>
    /// <param name="describe">The task, from the inputs.</param>
    /// <param name="again">The task anew, where the answer was only an attempt; null where the step is done with it.</param>
    public static ActivityResult Continue(
        IActivityContext context, Stimulus stimulus, Func<StepInputs, Effect.OpenTask> describe, Func<StepInputs, Effect.OpenTask, string, Effect.OpenTask?>? again = null)
    {
        var inputs = new StepInputs(context);
        switch (stimulus)
        {
            case Stimulus.Due:
                return PersonTask.OnDue(context, inputs.Text("EscalateTo") ?? "manager", () => ActivityResult.Complete(PersonTask.Expired) with
                {
                    Outputs = new Dictionary<string, object?> { ["Outcome"] = PersonTask.Expired },
                });
            case Stimulus.TaskCompleted answer:
                var task = describe(inputs);
                return inputs.Failure as ActivityResult ?? PersonTask.OnAnswer(context, task, answer, fields => again?.Invoke(inputs, task, answer.Outcome) is { } next
                    ? new ActivityResult.Waiting([Bookmark.Task(next.Key)]) { Effects = [next] }
                    : ActivityResult.Complete(answer.Outcome) with
                    {
                        Outputs = new Dictionary<string, object?> { ["Outcome"] = answer.Outcome, ["Fields"] = fields, ["By"] = answer.By },
                        Effects = [.. SpokenWill.In(context, task, answer), .. CorrectedAddress.In(answer), .. SpokenPromise.In(context, answer), .. Message(task, answer)],
                    });
            default:
                return PersonTask.Ignored();
        }
    }

    public static Dictionary<string, object?> Details(StepInputs inputs)
    {
        var details = new Dictionary<string, object?>();
        if (inputs.Text("Category") is { } category)
            details["category"] = category;
        return details;
    }

    // Nobody waits for it: the step is done when the rep has sent it, and what comes of it comes as a reply.
    private static IEnumerable<Effect> Message(Effect.OpenTask task, Stimulus.TaskCompleted answer) =>
        answer.Written is { } written && task.Channel is { } channel ? [new Effect.SendMessage("written", channel, task.Script ?? "") { Written = written }] : [];

    private static DateTimeOffset? At(StepInputs inputs, string input, bool inBusinessHours)
    {
        if (inputs.Duration(input) is not { } after)
            return null;
        var at = inputs.Context.Now + after;
        return inBusinessHours ? BusinessCalendar.For(inputs.Context.Subject).Next(at) ?? at : at;
    }
}
