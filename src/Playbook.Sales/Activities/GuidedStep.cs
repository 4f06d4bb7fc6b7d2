using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>A person of a role does one thing, guided by a script, and answers with an outcome and a few fields.</summary>
public sealed class GuidedStep : IActivity
{
    private const string OutcomesCure = """list what can come of the step, such as ["Interested", "Not now", "No answer"]""";

    /// <summary>What a step does for the balance between giving and asking.</summary>
    public static IReadOnlyList<string> StepCategories => GuidedWork.Categories;

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
        Outputs = GuidedWork.Outputs,
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
        return GuidedWork.Open(context, Task);
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus)
    {
        ArgumentNullException.ThrowIfNull(context);
        return GuidedWork.Continue(context, stimulus, Task);
    }

    private static Effect.OpenTask Task(StepInputs inputs)
    {
        var role = inputs.RequiredText("Role", "name the role that does the step, such as prospector");
        var title = inputs.RequiredText("Title", "say in a few words what is to be done");
        var outcomes = inputs.Ports("Outcomes", atLeast: 1, OutcomesCure);
        return PersonTask.For(role, title) with
        {
            Script = inputs.Text("Script"),
            DoneWhen = inputs.Text("DoneWhen"),
            Channel = inputs.Text("Channel"),
            Outcomes = outcomes,
            Fields = FormFields.Read(inputs, "Fields", outcomes),
            Details = GuidedWork.Details(inputs),
        };
    }
}
