using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>Asks whether the aim of the playbook is reached, and keeps it in the history when it is.</summary>
public sealed class Goal : IActivity
{
    public ActivityDescription Description { get; } = new("Playbook.Goal", Palette.Steer, "Goal",
        "Asks whether what the playbook is for has been reached, so that nobody goes on asking for it.")
    {
        Inputs =
        [
            new("Condition", "Boolean", "What must hold for the goal to be reached.") { DisplayName = "Reached when", Required = true, SelfEvaluated = true, Editor = "code-editor" },
            new("GoalName", "String", "What the goal is called in results; the step's own id where it is empty.") { DisplayName = "Name" },
        ],
        Outcomes = ["Reached", "Not reached"],
        Icon = "emoji_events",
        Color = Palette.Gate,
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var name = inputs.Text("GoalName") ?? context.ActivityId;
        var given = context.Input<object>("Condition");
        var reached = false;
        if (Condition.Read(given) is not { } condition)
            inputs.Problem("Condition", given is null ? "is missing" : $"is {StepInputs.Shape(given)} where a condition belongs", Condition.Cure);
        else
            reached = IsMet(condition, inputs, name);
        if (inputs.Failure is { } failure)
            return failure;
        return !reached ? ActivityResult.Complete("Not reached") : ActivityResult.Complete("Reached") with
        {
            Effects = [new Effect.RecordFact("GoalReached", new Dictionary<string, object?> { ["goal"] = name })],
        };
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus) => Execute(context);

    private static bool IsMet(Condition condition, StepInputs inputs, string name)
    {
        try
        {
            return condition.IsMet(inputs.Context);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            inputs.Problem("Condition", $"of the goal '{name}' cannot be evaluated ({failure.Message.TrimEnd('.')})", $"correct the {condition.Type} expression '{condition.Text}'");
            return false;
        }
    }
}
