using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>
/// Something that a channel sends by itself, with inputs of its own. Where the contact can answer it with a few words, it may
/// wait for that answer.
/// </summary>
internal sealed class SendingChannelStep : IActivity
{
    private const string Key = "message";
    private const string AnswerWithin = "AnswerWithin";

    private static readonly InputDescription[] Answering =
        [Palette.Time(AnswerWithin, "Wait for an answer", "How long to wait for the contact's answer before going on through Sent; unset to go on at once.")];

    private readonly ChannelDescription _channel;
    private readonly ChannelAction _action;

    // Waits is not set: the sending worker answers every message, and the wait for the contact's answer has its limit.
    public SendingChannelStep(ChannelDescription channel, ChannelAction action)
    {
        _channel = channel;
        _action = action;
        Description = ChannelActions.Describe(channel, action, Palette.Connect, Palette.Message) with
        {
            Inputs =
            [
                Palette.Script("What it says.", required: true),
                .. action.Inputs,
                new("WaitForDelivery", "Boolean", "Whether to go on only when it is known that the message went; otherwise the flow goes on at once.") { DisplayName = "Wait for delivery", Editor = "checkbox", Default = true },
                .. (action.Outcomes.Count > 0 ? Answering : []),
            ],
            Outputs = [new("Reason", "String", "Why it was not sent.")],
            Outcomes = ["Sent", "Failed", .. action.Outcomes],
            // Where nobody waits for an answer, its ports need not be drawn.
            OptionalOutcomes = action.Outcomes,
        };
    }

    public ActivityDescription Description { get; }

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var script = inputs.RequiredText("Script", "name the script that it is written from, such as intro-mail");
        var values = ChannelActions.Read(context, _action, inputs);
        var wait = inputs.Flag("WaitForDelivery", unset: true);
        var answerWithin = _action.Outcomes.Count > 0 ? inputs.Duration(AnswerWithin) : null;
        if (inputs.Failure is { } failure)
            return failure;
        var send = new Effect.SendMessage(Key, _channel.Id, script) { Action = _action.Name, Inputs = values };
        if (answerWithin is not null)
            return ActivityResult.Wait(Bookmark.Delivery(Key), Bookmark.Invitation()) with { Effects = [send] };
        return wait
            ? ActivityResult.Wait(Bookmark.Delivery(Key)) with { Effects = [send] }
            : ActivityResult.Complete("Sent") with { Effects = [send] };
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus)
    {
        ArgumentNullException.ThrowIfNull(context);
        return stimulus switch
        {
            Stimulus.Delivered when _action.Outcomes.Count > 0 && new StepInputs(context).Duration(AnswerWithin) is { } limit => ActivityResult.Wait(Bookmark.Until(context.Now + limit)),
            Stimulus.Delivered or Stimulus.Due => ActivityResult.Complete("Sent"),
            Stimulus.ContactAnswered answer => _action.Outcomes.FirstOrDefault(outcome => string.Equals(outcome, answer.Answer, StringComparison.OrdinalIgnoreCase)) is { } outcome
                ? ActivityResult.Complete(outcome)
                : ActivityResult.Wait(Bookmark.Invitation()),
            Stimulus.Rejected rejected => Failed(rejected.Reason),
            // A late message is still on its way: the channel's last word comes later.
            Stimulus.Bounced { Kind: BounceKind.Soft } => ActivityResult.Wait(Bookmark.Delivery(Key)),
            Stimulus.Bounced bounced => Failed(bounced.Reason),
            _ => ActivityResult.Wait(Bookmark.Delivery(Key)),
        };
    }

    private static ActivityResult.Completed Failed(string reason) =>
        ActivityResult.Complete("Failed") with { Outputs = new Dictionary<string, object?> { ["Reason"] = reason } };
}
