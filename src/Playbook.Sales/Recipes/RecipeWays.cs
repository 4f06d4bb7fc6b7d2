using Playbook.Engine.Definitions;
using static Playbook.Sales.Recipes.RecipeWords;

namespace Playbook.Sales.Recipes;

/// <summary>How it goes on after a step: "If they answer: go to step 7."</summary>
internal static class RecipeWays
{
    public static IReadOnlyList<RecipeWay> Of(ActivityNode node, IReadOnlyList<FlowWay> ways, IReadOnlyDictionary<ActivityNode, int> numbers)
    {
        var number = numbers[node];
        var all = ways.GroupBy(way => Then(way.Target, numbers)).Select(group => (
            Ifs: group.Select(way => If(node, way.Port)).OfType<string>().Distinct().ToList(),
            Then: group.Key,
            Step: group.First().Target is { } target && numbers.TryGetValue(target, out var at) ? at : (int?)null)).ToList();
        // Where there is only one way, no condition has to be told, and the next step need not be named.
        if (all is [var only])
            return only.Step == number + 1 ? [] : [new(null, only.Step is null ? only.Then : $"then {only.Then}", only.Step)];
        return [.. all.Select(way => new RecipeWay(way.Ifs.Count == 0 ? null : Any(way.Ifs), way.Then, way.Step))];
    }

    /// <summary>"if “A”, “B” or if it is not done": outcomes share one "if".</summary>
    private static string Any(IReadOnlyList<string> ifs)
    {
        var outcomes = ifs.Where(one => one.StartsWith("if “", StringComparison.Ordinal)).Select(one => one[3..]).ToList();
        return outcomes.Count < 2
            ? List(ifs, "or")
            : List([$"if {List(outcomes, outcomes.Count < ifs.Count ? "," : "or").Replace(" , ", ", ", StringComparison.Ordinal)}", .. ifs.Where(one => !one.StartsWith("if “", StringComparison.Ordinal))], "or");
    }

    private static string Then(ActivityNode? target, IReadOnlyDictionary<ActivityNode, int> numbers) =>
        target is null ? "the playbook ends"
        : numbers.TryGetValue(target, out var number) ? $"go to step {number}"
        : target.Json["metadata"]?["displayText"]?.ToString() is { Length: > 0 } name ? $"the playbook ends: {name}" : "the playbook ends";

    private static string? If(ActivityNode node, string? port)
    {
        if (port is null || node.Type is "Elsa.FlowFork" or "Elsa.Parallel")
            return null;
        return (node.Type, port) switch
        {
            ("Elsa.FlowDecision" or "Elsa.If", "True") => "if yes",
            ("Elsa.FlowDecision" or "Elsa.If", "False") => "if no",
            ("Playbook.Goal", "Reached") => "if yes",
            ("Playbook.Goal", "Not reached") => "if not yet",
            ("Playbook.WaitForReply", "Replied") => "if they answer",
            ("Playbook.WaitForReply", "Bounced") => "if the message comes back",
            ("Playbook.WaitForReply", "Unsubscribed") => "if they want no more messages",
            ("Playbook.WaitForReply", "Complained") => "if they call it spam",
            ("Playbook.WaitForReply", "Auto-reply") => "if a machine answers that they are away",
            ("Playbook.WaitForReply", "No reply") => Time(node, "TimeLimit") is { } limit ? $"if no answer comes within {limit}" : "if no answer comes",
            ("Playbook.SendMessage", "Sent") => "if it went out",
            ("Playbook.SendMessage", "Failed") => "if it cannot go out",
            ("Playbook.HandOver", "Accepted") => "if it is accepted",
            ("Playbook.HandOver", "Returned") => "if it comes back",
            ("Playbook.HandOver", "Not ready") => "if it is not ready",
            ("Playbook.HandOver", "Expired") => "if nobody answers in time",
            (_, "Expired") => (Time(node, "ExpireAfter") ?? Time(node, "TimeLimit")) is { } limit ? $"if it is not done after {limit}" : "if it is not done in time",
            (_, "Each") => "as long as there is one left",
            (_, "Over") => "when all are through",
            (_, "Done") => "when it is done",
            (_, "Default") => "otherwise",
            _ => $"if {Quote(port)}",
        };
    }
}
