using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Activities;

/// <summary>Passes the baton from one role to the next: entry criteria, a packet, and an answer within a time.</summary>
public sealed class HandOver : IActivity
{
    internal const string Type = "Playbook.HandOver";
    internal const string Accept = "Accept";
    internal const string Return = "Return";

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    public ActivityDescription Description { get; } = new(Type, Palette.Serve, "Hand over",
        "Passes the contact to another role with all that is known; the receiver accepts, or returns it with a reason.")
    {
        Inputs =
        [
            Palette.Role("FromRole", "From", "The role that passes it on."),
            Palette.Role("ToRole", "To", "The role that takes over.", required: true),
            new("Title", "String", "What the receiver reads first.") { DisplayName = "Title" },
            Palette.Json("Criteria", "Ready when", "What must hold before it may be passed on: each with a label and a condition."),
            new("Packet", "String[]", "What goes along: names of variables, and facts such as contact.name.") { DisplayName = "Packet", Editor = "multitext" },
            Palette.Time("AcceptWithin", "Accept within", "How long the receiver has to answer.", unset: OneDay),
            Palette.Script("What the receiver reads or says."),
        ],
        Outputs =
        [
            new("Reason", "String", "Why it was returned, or was not ready."),
            new("By", "String", "Who answered."),
        ],
        Outcomes = ["Accepted", "Returned", PersonTask.Expired, "Not ready"],
        Icon = "handshake",
        Color = Palette.Person,
        IsHumanStep = true,
        Waits = true,
        TimeLimitInput = "AcceptWithin",
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var criteria = Criterion.ReadAll(inputs, "Criteria");
        var unmet = criteria.Where(criterion => !criterion.IsMet(inputs, "Criteria")).ToList();
        var within = inputs.Duration("AcceptWithin") ?? OneDay;
        var task = Task(inputs, criteria);
        if (inputs.Failure is { } failure)
            return failure;
        if (unmet.Count > 0)
            return ActivityResult.Complete("Not ready") with
            {
                Outputs = new Dictionary<string, object?> { ["Reason"] = string.Join(" ", unmet.Select(criterion => $"Not met: {criterion.Label.TrimEnd('.')}.")) },
            };
        var expireAt = context.Now + within;
        return PersonTask.Open(context, task with { DueAt = expireAt }, escalateAt: null, expireAt, Baton("BatonPassed", inputs));
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus)
    {
        ArgumentNullException.ThrowIfNull(context);
        switch (stimulus)
        {
            case Stimulus.Due:
                return PersonTask.OnDue(context, "", () => ActivityResult.Complete(PersonTask.Expired));
            case Stimulus.TaskCompleted answer:
                var inputs = new StepInputs(context);
                var task = Task(inputs, Criterion.ReadAll(inputs, "Criteria"));
                return inputs.Failure as ActivityResult ?? PersonTask.OnAnswer(context, task, answer, fields => Answered(inputs, answer, fields));
            default:
                return PersonTask.Ignored();
        }
    }

    private static ActivityResult.Completed Answered(StepInputs inputs, Stimulus.TaskCompleted answer, IReadOnlyDictionary<string, object?> fields)
    {
        var accepted = answer.Outcome == Accept;
        var reason = fields.GetValueOrDefault("reason");
        return ActivityResult.Complete(accepted ? "Accepted" : "Returned") with
        {
            Outputs = new Dictionary<string, object?> { ["Reason"] = reason, ["By"] = answer.By },
            Effects = [Baton(accepted ? "BatonAccepted" : "BatonReturned", inputs, ("by", answer.By), ("reason", reason))],
        };
    }

    private static Effect.RecordFact Baton(string name, StepInputs inputs, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        var data = new Dictionary<string, object?> { ["toRole"] = inputs.Text("ToRole") };
        if (inputs.Text("FromRole") is { } from)
            data["fromRole"] = from;
        foreach (var (key, value) in more)
            if (value is not null)
                data[key] = value;
        return new Effect.RecordFact(name, data);
    }

    private static Effect.OpenTask Task(StepInputs inputs, IReadOnlyList<Criterion> criteria)
    {
        var toRole = inputs.RequiredText("ToRole", "name the role that takes over, such as closer");
        var facts = inputs.Context.Subject.Facts;
        var title = inputs.Text("Title") ?? (FactPath.Find(facts, "contact.name") is string { Length: > 0 } contact ? $"Take over {contact}" : "Take over");
        var packet = new Dictionary<string, object?>();
        var unknown = new List<object?>();
        foreach (var path in inputs.Names("Packet", """list names of variables and facts, such as ["contact.name", "pain"]"""))
            if ((packet[path] = Resolve(inputs.Context, path)) is null)
                unknown.Add(path);
        var details = new Dictionary<string, object?> { ["packet"] = packet };
        if (unknown.Count > 0)
            details["unknown"] = unknown;
        if (criteria.Count > 0)
            details["criteria"] = criteria.Select(object? (criterion) => criterion.Label).ToList();
        if (inputs.Text("FromRole") is { } from)
            details["fromRole"] = from;
        return PersonTask.For(toRole, title) with
        {
            Script = inputs.Text("Script"),
            DoneWhen = "You have accepted it, or returned it with a reason.",
            Outcomes = [Accept, Return],
            Fields = [new FormField("reason", "Why it goes back", "multiline") { Required = true, RequiredFor = [Return] }],
            Details = details,
        };
    }

    // What cannot be found is shown as unknown: the receiver can judge that and return it, which beats an incident
    // over a misspelt name in the middle of a sale.
    private static object? Resolve(IActivityContext context, string path)
    {
        var parts = path.Split('.');
        if (context.Subject.Facts.TryGetValue(parts[0], out var fact))
            return FactPath.Walk(fact, parts.AsSpan(1));
        try
        {
            return FactPath.Walk(context.Evaluate("Variable", parts[0]), parts.AsSpan(1));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return null;
        }
    }
}
