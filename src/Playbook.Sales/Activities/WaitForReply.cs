using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>Waits until the contact answers, on any channel, but not for ever.</summary>
public sealed class WaitForReply : IActivity
{
    private const string Replied = "Replied";
    private const string NoReply = "No reply";
    private const string Bounced = "Bounced";
    private const string Unsubscribed = "Unsubscribed";
    private const string Complained = "Complained";
    private const string AutoReply = "Auto-reply";

    private const string Planned = "planned";
    private const string Limit = "limit";

    /// <summary>Who is away longer is not waited for beyond the time limit.</summary>
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromDays(92);

    /// <summary>How long to wait for somebody who is back, at the least.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromDays(1);

    public ActivityDescription Description { get; } = new("Playbook.WaitForReply", Palette.Connect, "Wait for a reply",
        "Waits until the contact answers on any channel, and goes on without an answer when the time is up.")
    {
        Inputs =
        [
            Palette.Time("TimeLimit", "How long", "How long to wait for an answer. An automatic answer of somebody who is away stops the clock until they are back.", required: true),
            new("LeaveOnAutoReply", "Boolean", "Whether an automatic answer ends the wait, through Auto-reply; otherwise the wait goes on until the contact is back.") { DisplayName = "Leave on an automatic answer", Editor = "checkbox", Default = false },
        ],
        Outputs =
        [
            new("Text", "String", "What the contact wrote."),
            new("Channel", "String", "Where the answer came in."),
            new("PossibleOptOut", "String", "The words of the answer that may ask for no more messages; empty where there are none."),
            new("Reason", "String", "Why the message came back."),
            new("ReturnsAt", "DateTimeOffset", "When the contact is back, by the automatic answer."),
        ],
        Outcomes = [Replied, NoReply, Bounced, Unsubscribed, Complained, AutoReply],
        OptionalOutcomes = [AutoReply],
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
        if (inputs.Failure is { } failure)
            return failure;
        context.Memo[Planned] = context.Now + limit;
        return Until(context, context.Now + limit);
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus)
    {
        ArgumentNullException.ThrowIfNull(context);
        return stimulus switch
        {
            Stimulus.Replied reply => Leave(Replied, ("Text", reply.Text), ("Channel", reply.Channel), ("PossibleOptOut", reply.PossibleOptOut)),
            Stimulus.Due => ActivityResult.Complete(NoReply),
            Stimulus.Bounced { Kind: BounceKind.Hard } bounced => Leave(Bounced, ("Reason", bounced.Reason)),
            Stimulus.Unsubscribed unsubscribed => Leave(Unsubscribed, ("Text", unsubscribed.Wording), ("Channel", unsubscribed.Channel)),
            Stimulus.Complained complained => Leave(Complained, ("Channel", complained.Channel)),
            Stimulus.AutoReplied away when new StepInputs(context).Flag("LeaveOnAutoReply") =>
                Leave(AutoReply, ("Text", away.Text), ("Channel", away.Channel), ("ReturnsAt", away.ReturnsAt)),
            Stimulus.AutoReplied away => Until(context, AfterReturn(context, away.ReturnsAt)),
            // A message that is late, or that our own standing kept out, says nothing about the contact.
            _ => ActivityResult.Wait(Bookmark.Reply()),
        };
    }

    private static ActivityResult.Waiting Until(IActivityContext context, DateTimeOffset limit)
    {
        context.Memo[Limit] = limit;
        return ActivityResult.Wait(Bookmark.Reply(), Bookmark.Until(limit)) with { Instead = true };
    }

    /// <summary>What was left of the time as planned begins again when the contact is back; a second automatic answer does not add to it.</summary>
    private static DateTimeOffset AfterReturn(IActivityContext context, DateTimeOffset? returnsAt)
    {
        // A run that waits since before limits were remembered counts anew from now.
        var planned = Recalled(context, Planned) ?? context.Now + (new StepInputs(context).Duration("TimeLimit") ?? ShortestRest);
        var limit = Recalled(context, Limit) ?? planned;
        if (returnsAt is not { } back || back <= context.Now || back - context.Now > LongestAbsence)
            return limit;
        var left = planned - context.Now;
        var moved = back + (left > ShortestRest ? left : ShortestRest);
        return moved > limit ? moved : limit;
    }

    private static DateTimeOffset? Recalled(IActivityContext context, string name) =>
        context.Memo.TryGetValue(name, out var value) && Moments.TryRead(value, context.Subject, out var at) ? at : null;

    private static ActivityResult.Completed Leave(string outcome, params ReadOnlySpan<(string Name, object? Value)> outputs)
    {
        var given = new Dictionary<string, object?>();
        foreach (var (name, value) in outputs)
            given[name] = value;
        return ActivityResult.Complete(outcome) with { Outputs = given };
    }
}
