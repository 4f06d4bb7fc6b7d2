using Playbook.Abstractions;
using Playbook.Sales.Calendar;
using Playbook.Sales.Contacts;

namespace Playbook.Sales.Activities;

/// <summary>A person of a role does one thing, guided by a script, and answers with an outcome and a few fields.</summary>
public sealed class GuidedStep : IActivity
{
    private const string OutcomesCure = """list what can come of the step, such as ["Interested", "Not now", "No answer"]""";

    /// <summary>What a step does for the balance between giving and asking.</summary>
    public static IReadOnlyList<string> StepCategories { get; } = ["connect", "invite", "give value", "qualify", "ask", "serve"];

    public ActivityDescription Description { get; } = new("Playbook.GuidedStep", Palette.Connect, "Guided step",
        "Gives a person one thing to do, with the words to say and buttons for what came of it.")
    {
        Inputs =
        [
            Palette.Role("Role", "Who", "The role that does it; people hold roles.", required: true),
            new("Title", "String", "What is to be done, in a few words.") { DisplayName = "What", Required = true },
            Palette.Script("The words to say, beside the step while it is done."),
            Palette.Channel("How the contact is reached."),
            new("DoneWhen", "String", "When the step counts as done, in a sentence.") { DisplayName = "Done when", Editor = "multiline" },
            new("Category", "String", "What the step does for the relationship; shown in the balance between giving and asking.") { DisplayName = "Kind of step", Editor = "dropdown", Options = StepCategories },
            new("Outcomes", "String[]", "What can come of it; each is a button for the rep and a port in the drawing.") { DisplayName = "Outcomes", Required = true, Editor = "dynamic-outcomes" },
            Palette.Json("Fields", "Fields", "What the rep writes down, and for which outcomes it must be there."),
            Palette.Time("Due", "Due after", "When it should be done, counted from the moment the step is reached."),
            Palette.Time("EscalateAfter", "Escalate after", "When somebody else takes over because it was not done."),
            Palette.Role("EscalateTo", "Escalate to", "Who takes over then.", unset: "manager"),
            Palette.Time("ExpireAfter", "Give up after", "When the step no longer makes sense and the flow goes on through Expired."),
            new("BusinessHours", "Boolean", "Moves these three times into Monday to Friday, 09:00 to 17:00, where the contact lives.") { DisplayName = "In business hours", Editor = "checkbox", Default = false },
        ],
        Outputs =
        [
            new("Outcome", "String", "What came of it."),
            new("Fields", "Object", "What the rep wrote down, by the fields' names."),
            new("By", "String", "Who did it."),
        ],
        Outcomes = [PersonTask.Expired],
        OutcomesFrom = "Outcomes",
        Icon = "checklist",
        Color = Palette.Person,
        IsHumanStep = true,
        Waits = true,
        TimeLimitInput = "ExpireAfter",
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var task = Task(inputs);
        var inBusinessHours = inputs.Flag("BusinessHours");
        var due = At(inputs, "Due", inBusinessHours);
        var escalate = At(inputs, "EscalateAfter", inBusinessHours);
        var expire = At(inputs, "ExpireAfter", inBusinessHours);
        return inputs.Failure as ActivityResult ?? PersonTask.Open(context, task with { DueAt = due }, escalate, expire);
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        switch (stimulus)
        {
            case Stimulus.Due:
                return PersonTask.OnDue(context, inputs.Text("EscalateTo") ?? "manager", () => ActivityResult.Complete(PersonTask.Expired) with
                {
                    Outputs = new Dictionary<string, object?> { ["Outcome"] = PersonTask.Expired },
                });
            case Stimulus.TaskCompleted answer:
                var task = Task(inputs);
                return inputs.Failure as ActivityResult ?? PersonTask.OnAnswer(context, task, answer, fields => ActivityResult.Complete(answer.Outcome) with
                {
                    Outputs = new Dictionary<string, object?> { ["Outcome"] = answer.Outcome, ["Fields"] = fields, ["By"] = answer.By },
                    Effects = [.. SpokenWill.In(context, task, answer), .. CorrectedAddress.In(answer)],
                });
            default:
                return PersonTask.Ignored();
        }
    }

    private static Effect.OpenTask Task(StepInputs inputs)
    {
        var role = inputs.RequiredText("Role", "name the role that does the step, such as prospector");
        var title = inputs.RequiredText("Title", "say in a few words what is to be done");
        var outcomes = inputs.Ports("Outcomes", atLeast: 1, OutcomesCure);
        var details = new Dictionary<string, object?>();
        if (inputs.Text("Category") is { } category)
            details["category"] = category;
        return PersonTask.For(role, title) with
        {
            Script = inputs.Text("Script"),
            DoneWhen = inputs.Text("DoneWhen"),
            Channel = inputs.Text("Channel"),
            Outcomes = outcomes,
            Fields = FormFields.Read(inputs, "Fields", outcomes),
            Details = details,
        };
    }

    private static DateTimeOffset? At(StepInputs inputs, string input, bool inBusinessHours)
    {
        if (inputs.Duration(input) is not { } after)
            return null;
        var at = inputs.Context.Now + after;
        return inBusinessHours ? BusinessCalendar.For(inputs.Context.Subject).Next(at) ?? at : at;
    }
}
