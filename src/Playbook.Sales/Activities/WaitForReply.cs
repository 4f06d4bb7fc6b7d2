using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>Waits until the contact answers, on any channel, but not for ever.</summary>
public sealed class WaitForReply : IActivity
{
    public ActivityDescription Description { get; } = new("Playbook.WaitForReply", Palette.Connect, "Wait for a reply",
        "Waits until the contact answers on any channel, and goes on without an answer when the time is up.")
    {
        Inputs = [Palette.Time("TimeLimit", "How long", "How long to wait for an answer.", required: true)],
        Outputs =
        [
            new("Text", "String", "What the contact wrote."),
            new("Channel", "String", "Where the answer came in."),
        ],
        Outcomes = ["Replied", "No reply"],
        Icon = "mark_email_unread",
        Color = Palette.Message,
        Waits = true,
        TimeLimitInput = "TimeLimit",
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var limit = inputs.RequiredDuration("TimeLimit", "say how long to wait for an answer, such as 3.00:00:00 for three days, because some never answer");
        return inputs.Failure as ActivityResult ?? ActivityResult.Wait(Bookmark.Reply(), Bookmark.Until(context.Now + limit));
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus) => stimulus switch
    {
        Stimulus.Replied reply => ActivityResult.Complete("Replied") with
        {
            Outputs = new Dictionary<string, object?> { ["Text"] = reply.Text, ["Channel"] = reply.Channel },
        },
        Stimulus.Due => ActivityResult.Complete("No reply"),
        _ => ActivityResult.Wait(),
    };
}
