using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>Starts another playbook for the same subject. The two modes do the same; Chain tells readers and checks that this one ends here.</summary>
public sealed class StartPlaybook : IActivity
{
    private static readonly string[] Modes = ["Chain", "Beside"];

    public ActivityDescription Description { get; } = new("Playbook.StartPlaybook", Palette.Steer, "Start a playbook",
        "Starts another playbook for the same contact: after this one, or beside it.")
    {
        Inputs =
        [
            new("Playbook", "String", "The playbook to start.") { DisplayName = "Playbook", Required = true, References = "playbook", Editor = "dropdown" },
            new("Mode", "String", "Chain where this playbook ends with it, Beside where it goes on.") { DisplayName = "Mode", Default = "Chain", Editor = "dropdown", Options = Modes },
            Palette.Json("Input", "Input", "What the other playbook is told, by the names of its inputs."),
        ],
        Outcomes = ["Started"],
        Icon = "playlist_play",
        Color = Palette.Signpost,
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var playbook = inputs.RequiredText("Playbook", "name the playbook to start, such as appointment");
        var mode = inputs.Text("Mode") ?? "Chain";
        if (!Modes.Contains(mode, StringComparer.OrdinalIgnoreCase))
            inputs.Problem("Mode", $"is '{mode}'", "choose Chain where this playbook ends with it, or Beside where it goes on");
        var input = inputs.Map("Input", """write an object such as {"source": "referral"}""");
        return inputs.Failure as ActivityResult ?? ActivityResult.Complete("Started") with
        {
            Effects = [new Effect.StartRun("run", playbook) { Input = input }],
        };
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus) => ActivityResult.Complete("Started");
}
