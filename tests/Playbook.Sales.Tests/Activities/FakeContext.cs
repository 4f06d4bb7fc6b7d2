using Playbook.Abstractions;

namespace Playbook.Sales.Tests.Activities;

/// <summary>What an activity sees, by hand: inputs as plain values, expressions answered from a table.</summary>
internal sealed class FakeContext(IActivity activity) : IActivityContext
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public Dictionary<string, object?> Inputs { get; init; } = [];

    /// <summary>Answers by expression text; an exception is thrown.</summary>
    public Dictionary<string, object?> Answers { get; init; } = [];

    public string ActivityId { get; init; } = "first-call";

    public DateTimeOffset Now { get; set; } = Monday;

    public Subject Subject { get; set; } = About("contact-1");

    public IDictionary<string, object?> Memo { get; } = new Dictionary<string, object?>();

    public T? Input<T>(string name)
    {
        var described = activity.Description.Inputs.Single(input => input.Name == name);
        return (T?)(Inputs.GetValueOrDefault(name) ?? described.Default);
    }

    public object? Evaluate(string type, string expression) => Answers.GetValueOrDefault(expression) switch
    {
        Exception failure => throw failure,
        var answer when Answers.ContainsKey(expression) => answer,
        _ => throw new InvalidOperationException($"{expression} is not defined."),
    };

    public ActivityResult Execute() => activity.Execute(this);

    public ActivityResult Resume(Stimulus stimulus) => activity.Resume(this, stimulus);

    public static Subject About(string id, params (string Name, object? Value)[] facts) =>
        new("contact", id, new Dictionary<string, object?>
        {
            ["contact"] = new Dictionary<string, object?>(facts.Select(fact => KeyValuePair.Create(fact.Name, fact.Value))) { ["id"] = id },
        });

    public static Dictionary<string, object?> Object(params (string Name, object? Value)[] members) =>
        new(members.Select(member => KeyValuePair.Create(member.Name, member.Value)));

    public static List<object?> List(params object?[] items) => [.. items];

    public static Dictionary<string, object?> JavaScript(string text) => Object(("type", "JavaScript"), ("value", text));
}

internal static class Results
{
    public static string Outcome(this ActivityResult result) =>
        Assert.IsType<ActivityResult.Completed>(result).Outcomes is { Count: > 0 } outcomes ? Assert.Single(outcomes) : "Done";

    public static object? Output(this ActivityResult result, string name) => Assert.IsType<ActivityResult.Completed>(result).Outputs.GetValueOrDefault(name);

    public static string Reason(this ActivityResult result) => Assert.IsType<ActivityResult.Failed>(result).Reason;

    public static IReadOnlyList<Bookmark> Bookmarks(this ActivityResult result) => Assert.IsType<ActivityResult.Waiting>(result).Bookmarks;

    public static T Effect<T>(this ActivityResult result)
        where T : Effect => Assert.Single(result.Effects.OfType<T>());

    public static Stimulus.TaskCompleted Answered(string outcome, params (string Name, object? Value)[] fields) =>
        new(outcome, FakeContext.Object(fields), "Ada");
}
