using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>Writes to the contact over a channel.</summary>
public sealed class SendMessage : IActivity
{
    private const string Key = "message";

    // Waits is not set: the sending worker answers every message, with delivered or with a reason why not.
    public ActivityDescription Description { get; } = new("Playbook.SendMessage", Palette.Connect, "Send a message",
        "Writes to the contact from a script, as soon as consent, caps and the time of day allow it.")
    {
        Inputs =
        [
            Palette.Channel("How the message goes.", required: true),
            Palette.Script("What it says.", required: true),
            new("WaitForDelivery", "Boolean", "Whether to go on only when it is known that the message went; otherwise the flow goes on at once.") { DisplayName = "Wait for delivery", Editor = "checkbox", Default = true },
        ],
        Outputs = [new("Reason", "String", "Why it was not sent.")],
        Outcomes = ["Sent", "Failed"],
        Icon = "send",
        Color = Palette.Message,
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var channel = inputs.RequiredText("Channel", "name the channel that the message goes over, such as email");
        var script = inputs.RequiredText("Script", "name the script that it is written from, such as intro-mail");
        var wait = inputs.Flag("WaitForDelivery", unset: true);
        if (inputs.Failure is { } failure)
            return failure;
        var send = new Effect.SendMessage(Key, channel, script);
        return wait
            ? ActivityResult.Wait(Bookmark.Delivery(Key)) with { Effects = [send] }
            : ActivityResult.Complete("Sent") with { Effects = [send] };
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus) => stimulus switch
    {
        Stimulus.Delivered => ActivityResult.Complete("Sent"),
        Stimulus.Rejected rejected => Failed(rejected.Reason),
        // A late message is still on its way: the channel's last word comes later.
        Stimulus.Bounced { Kind: BounceKind.Soft } => ActivityResult.Wait(Bookmark.Delivery(Key)),
        Stimulus.Bounced bounced => Failed(bounced.Reason),
        _ => ActivityResult.Wait(Bookmark.Delivery(Key)),
    };

    private static ActivityResult.Completed Failed(string reason) =>
        ActivityResult.Complete("Failed") with { Outputs = new Dictionary<string, object?> { ["Reason"] = reason } };
}
