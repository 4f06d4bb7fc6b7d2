using System.Text.Json.Nodes;

namespace Playbook.Server.Commands.Conformance;

internal enum Verdict
{
    Passed,
    Failed,
    DiffersByDesign,
}

internal sealed record ConformanceResult(string Name, Verdict Verdict, string? Difference);

/// <summary>
/// Judges a case. A difference is by design only where one of the labels that stand for our deliberate differences is
/// on the case, and only as far as that label explains it.
/// </summary>
internal sealed class ConformanceJudge(ConformanceRun runner)
{
    public ConformanceResult Judge(ConformanceCase @case)
    {
        var actual = runner.Run(@case, forgetful: false);
        var difference = ConformanceComparison.FirstDifference(@case.Expected, actual);
        if (difference is null)
            return new(@case.Name, Verdict.Passed, null);
        return new(@case.Name, IsByDesign(@case, actual) ? Verdict.DiffersByDesign : Verdict.Failed, difference);
    }

    private bool IsByDesign(ConformanceCase @case, JsonObject actual)
    {
        var forgets = @case.Has("variable-not-persisted") || @case.Has("input-not-persisted");
        if (forgets)
        {
            actual = runner.Run(@case, forgetful: true);
            if (ConformanceComparison.FirstDifference(@case.Expected, actual) is null)
                return true;
        }

        if (@case.HasQuirk && actual["events"] is not null)
            return ConformanceComparison.Events(@case.Expected, actual, EventsBeforeQuirk(@case)) is null;
        return @case.Has("expr-csharp") && actual["events"] is not null && ConformanceComparison.Events(@case.Expected, actual, EventsBeforeCSharp(@case)) is null;
    }

    /// <summary>A cancellation, or the root's end, is where the signal that we do not copy can begin to show.</summary>
    private static int EventsBeforeQuirk(ConformanceCase @case)
    {
        var events = (@case.Expected["events"] as JsonArray ?? []).Select(e => e!["event"]!.ToString()).ToList();
        var cancelled = events.IndexOf("Canceled");
        if (cancelled >= 0)
            return cancelled;
        var root = @case.Definition["root"]?["id"]?.ToString();
        var completed = (@case.Expected["events"] as JsonArray ?? []).ToList().FindIndex(e => e!["event"]!.ToString() == "Completed" && e["activityId"]!.ToString() == root);
        return completed >= 0 ? completed : events.Count;
    }

    private static int EventsBeforeCSharp(ConformanceCase @case)
    {
        var affected = new HashSet<string>();
        Collect(@case.Definition["root"], affected);
        var index = (@case.Expected["events"] as JsonArray ?? []).ToList().FindIndex(e => affected.Contains(e!["activityId"]!.ToString()));
        // The activity starts in both; from there on an expression that is not run can change everything.
        return index < 0 ? int.MaxValue : index + 1;
    }

    private static void Collect(JsonNode? node, HashSet<string> affected)
    {
        if (node is JsonArray array)
            foreach (var item in array)
                Collect(item, affected);
        if (node is not JsonObject json)
            return;
        if (json["id"] is { } id && json["type"] is not null && json.Any(p => p.Value is JsonObject input && input["expression"]?["type"]?.ToString() is "CSharp" or "C#"))
            affected.Add(id.ToString());
        foreach (var (_, child) in json)
            Collect(child, affected);
    }
}
