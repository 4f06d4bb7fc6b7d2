using System.Text.Json.Nodes;
using static Playbook.Server.Commands.Conformance.ConformanceComparison;

namespace Playbook.Server.Commands.Conformance;

internal enum Verdict
{
    Passed,
    Failed,
    DiffersByDesign,
}

/// <param name="Difference">The first difference; null for a case that passed.</param>
/// <param name="Reason">The labels that explain it, where it is by design.</param>
internal sealed record ConformanceResult(string Name, Verdict Verdict, string? Difference = null, string? Reason = null);

/// <summary>
/// Judges a case. A difference is by design only where one of the labels that stand for our deliberate differences is
/// on the case, and only as far as that label explains it.
/// </summary>
internal sealed class ConformanceJudge(ConformanceRun runner)
{
    private const string VariableLost = "variable-not-persisted";
    private const string InputLost = "input-not-persisted";
    private const string CancelSignal = "quirk-cancel-signal";
    private const string DoubleCompleted = "quirk-double-completed";
    private const string AfterRoot = "quirk-runs-after-root-completed";
    private const string CSharp = "expr-csharp";

    public ConformanceResult Judge(ConformanceCase @case)
    {
        var actual = runner.Run(@case);
        if (FirstDifference(@case.Expected, actual) is not { } difference)
            return new(@case.Name, Verdict.Passed);
        return actual["events"] is not null && @case.Expected["importError"] is null && ByDesign(@case, actual) is { } labels
            ? new(@case.Name, Verdict.DiffersByDesign, difference, labels)
            : new(@case.Name, Verdict.Failed, difference);
    }

    /// <summary>The labels that explain the whole difference; null where something is left over.</summary>
    private string? ByDesign(ConformanceCase @case, JsonObject actual)
    {
        if (Explain(@case, actual) is { } quirk)
            return quirk;
        var forgets = (@case.Has(VariableLost) ? Forgets.Variables : 0) | (@case.Has(InputLost) ? Forgets.Inputs : 0);
        if (forgets == Forgets.Nothing)
            return null;
        var lost = string.Join(", ", @case.Labels.Where(l => l is VariableLost or InputLost));
        var forgetful = runner.Run(@case, forgets);
        if (FirstDifference(@case.Expected, forgetful) is null)
            return lost;
        return Explain(@case, forgetful) is { } also ? $"{lost}, {also}" : null;
    }

    private string? Explain(ConformanceCase @case, JsonObject actual)
    {
        if (@case.Has(DoubleCompleted) && FirstDifference(DoubleCompletions.Without(@case.Expected), actual) is null)
            return DoubleCompleted;
        if (@case.Has(CancelSignal) && CancelSignalAt(@case) is { } signal && new DivergingTail(@case, actual, signal).FirstDifference() is null)
            return CancelSignal;
        if (@case.Has(AfterRoot) && RootCompletedAt(@case) is { } end && RanAfter(@case, actual, end) is { } ran && new DivergingTail(@case, actual, end, ran).FirstDifference() is null)
            return AfterRoot;
        return @case.Has(CSharp) && new CSharpExplanation(runner).Explains(@case, actual) ? CSharp : null;
    }

    /// <summary>
    /// Where the signal begins to show: the cancellations right before the first fault that says "not reachable", which
    /// is the signal's mark; null where that fault is not there.
    /// </summary>
    private static int? CancelSignalAt(ConformanceCase @case)
    {
        var marked = Array(@case.Expected, "incidents")
            .FirstOrDefault(i => i?["message"]?.ToString().Contains("is not reachable from the flowchart graph", StringComparison.Ordinal) == true)?["activityId"]?.ToString();
        if (marked is null)
            return null;
        var events = @case.Events;
        var fault = Find(events, marked, "Faulted");
        var at = fault;
        while (at > 0 && Kind(events[at]) != "Canceled")
            at--;
        while (at > 0 && Kind(events[at - 1]) == "Canceled")
            at--;
        return fault < 0 || Kind(events[at]) != "Canceled" ? null : at;
    }

    private static int? RootCompletedAt(ConformanceCase @case)
    {
        var at = Find(@case.Events, @case.Definition["root"]?["id"]?.ToString(), "Completed");
        return at < 0 ? null : at + 1;
    }

    /// <summary>What ran after the root had completed; null where ours ran something else there than nothing or the same.</summary>
    private static HashSet<string>? RanAfter(ConformanceCase @case, JsonObject actual, int end) =>
        Array(actual, "events").Count == end || Events(@case.Expected, actual, int.MaxValue) is null
            ? [.. @case.Events.Skip(end).Select(e => e?["activityId"]?.ToString() ?? "")]
            : null;

    private static int Find(JsonArray events, string? activityId, string kind) =>
        events.ToList().FindIndex(e => Kind(e) == kind && e?["activityId"]?.ToString() == activityId);

    private static string? Kind(JsonNode? e) => e?["event"]?.ToString();
}
