using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>Something that a person does over a channel: a guided step whose answers and form the channel knows.</summary>
internal sealed class GuidedChannelStep : IActivity
{
    private const string Attempts = "attempts";
    private const string MaxAttempts = "MaxAttempts";

    private static readonly InputDescription[] TryAgain =
        [Palette.Time("TryAgainAfter", "Try again after", "How long to wait after an attempt that reached nobody.", unset: TimeSpan.FromDays(1))];

    private readonly ChannelDescription _channel;
    private readonly ChannelAction _action;

    public GuidedChannelStep(ChannelDescription channel, ChannelAction action)
    {
        _channel = channel;
        _action = action;
        Description = ChannelActions.Describe(channel, action, Palette.Connect, Palette.Person) with
        {
            Inputs =
            [
                Palette.Role("Role", "Who", "The role that does it; people hold roles.", required: true),
                new("Title", "String", "What is to be done, in a few words.") { DisplayName = "What", Default = action.DisplayName },
                Palette.Script("The words to say, beside the step while it is done."),
                .. action.Inputs,
                .. (action.AttemptOutcomes.Count > 0 ? TryAgain : []),
                .. GuidedWork.Inputs,
            ],
            Outputs = GuidedWork.Outputs,
            Outcomes = [.. action.Outcomes, PersonTask.Expired],
            IsHumanStep = true,
            Waits = true,
            TimeLimitInput = "ExpireAfter",
        };
    }

    public ActivityDescription Description { get; }

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Memo.Remove(Attempts);
        return GuidedWork.Open(context, Task);
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus)
    {
        ArgumentNullException.ThrowIfNull(context);
        return GuidedWork.Continue(context, stimulus, Task, Again);
    }

    // Without a limit of its own the step leaves after each attempt, and the drawing says what comes next.
    private Effect.OpenTask? Again(StepInputs inputs, Effect.OpenTask task, string outcome)
    {
        if (!_action.AttemptOutcomes.Contains(outcome) || _action.Inputs.All(input => input.Name != MaxAttempts))
            return null;
        var made = 1 + (inputs.Context.Memo.TryGetValue(Attempts, out var before) && Numbers.TryRead(before, out var number) ? (int)number : 0);
        inputs.Context.Memo[Attempts] = made;
        return made >= inputs.Number(MaxAttempts, unset: 1, min: 1, max: 100)
            ? null
            : task with
            {
                DueAt = inputs.Context.Now + (inputs.Duration("TryAgainAfter") ?? TimeSpan.FromDays(1)),
                Details = new Dictionary<string, object?>(task.Details) { [Attempts] = made, ["lastOutcome"] = outcome },
            };
    }

    private Effect.OpenTask Task(StepInputs inputs)
    {
        var details = GuidedWork.Details(inputs);
        details["action"] = _action.Name;
        if (_action.Link is { } link)
            details["link"] = link;
        if (_action.CanBegin)
            details["canBegin"] = true;
        var values = ChannelActions.Read(inputs.Context, _action, inputs);
        if (values.Count > 0)
            details["inputs"] = values;
        return PersonTask.For(inputs.RequiredText("Role", "name the role that does the step, such as prospector"), inputs.Text("Title") ?? _action.DisplayName) with
        {
            Script = inputs.Text("Script"),
            DoneWhen = inputs.Text("DoneWhen"),
            Channel = _channel.Id,
            Outcomes = _action.Outcomes,
            Fields = _action.Fields,
            Details = details,
        };
    }
}
