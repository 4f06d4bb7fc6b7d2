using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Activities;

/// <summary>Says that the contact has reached a phase of the sales process.</summary>
public sealed class SetPhase : IActivity
{
    /// <summary>The phases of the sales process, in their order; an upsell can run beside any of them.</summary>
    public static IReadOnlyList<string> Phases { get; } =
        ["lead-generation", "appointment", "close", "enrollment", "program-design", "renewal", "upsell"];

    public ActivityDescription Description { get; } = new("Playbook.SetPhase", Palette.Steer, "Set the phase",
        "Moves the contact to another phase of the sales process.")
    {
        Inputs = [new("Phase", "String", "The phase that is reached.") { DisplayName = "Phase", Required = true, Editor = "dropdown", Options = Phases }],
        Icon = "signpost",
        Color = Palette.Signpost,
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var cure = "choose from " + string.Join(", ", Phases);
        var phase = inputs.RequiredText("Phase", cure);
        if (inputs.Failure is null && !Phases.Contains(phase))
            inputs.Problem("Phase", $"is '{phase}', which is not a phase of the sales process", cure);
        if (inputs.Failure is { } failure)
            return failure;
        var data = new Dictionary<string, object?> { ["phase"] = phase };
        if (FactPath.Find(context.Subject.Facts, "opportunity.phase") is string { Length: > 0 } from)
            data["from"] = from;
        return ActivityResult.Complete() with { Effects = [new Effect.RecordFact("PhaseChanged", data)] };
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus) => Execute(context);
}
