using System.Text.Json.Nodes;
using Playbook.Sales.Metrics;
using Playbook.Sales.Phases;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Measures;

/// <summary>A completion plan: a playbook with what its steps did.</summary>
/// <param name="Goal">What it is for, in its own words; null where it does not say.</param>
public sealed record CompletionPlan(string Id, string Name, string Phase, string? Goal, long Running, IReadOnlyList<PlanStep> Steps)
{
    public long Done => Steps.Sum(step => step.Done);
}

/// <summary>The smallest thing that is done.</summary>
/// <param name="DoneWhen">The evidence of completion; null where nobody wrote it down.</param>
/// <param name="Left">How often it was left in the period, by any way.</param>
/// <param name="Ways">The ways out with how often, the most first.</param>
public sealed record PlanStep(string Id, string Title, string? Role, string? DoneWhen, bool HasScript, bool IsHuman, long Reached, long Left, long Done, IReadOnlyList<(string Outcome, long Count)> Ways, long MeanMinutes)
{
    /// <summary>Of those that reached it, how many have not left it yet or were stopped there.</summary>
    public long Stayed => Math.Max(0, Reached - Left);
}

/// <summary>What came of the work: of those that came in, how many came on, both in the period.</summary>
public sealed record CameOn(string To, long Part, long Of)
{
    public bool IsShare => Of >= StepHeat.Fewest && Part <= Of;
}

/// <summary>Reads playbooks as completion plans.</summary>
public sealed class PictureShelf(DefinitionStore definitions, RunQueries runs, ResultsDesk desk)
{
    public async Task<IReadOnlyList<CompletionPlan>> Plans(ResultsPeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        var reached = Counts(period, DayFact.StepReached);
        var left = Counts(period, DayFact.StepDone);
        var done = Counts(period, DayFact.TaskDone);
        var ways = desk.Metrics.Days.Sums(new DayQuestion(DayFact.StepDone, period.First, period.Last), DayPart.Playbook, DayPart.Step, DayPart.Outcome).ToLookup(sum => (sum.Group[0], sum.Group[1]), sum => (sum.Group[2], sum.Count.Count));
        List<CompletionPlan> plans = [];
        foreach (var version in await definitions.List())
        {
            var root = JsonNode.Parse(version.Json);
            var about = root?["customProperties"]?["playbook"];
            plans.Add(new CompletionPlan(
                version.DefinitionId, version.Name, Text(about, "phase") ?? version.DefinitionId, Text(about, "goal"), runs.UnderWayByVersion(version.DefinitionId).Sum(count => count.Count),
                [.. ((root?["root"]?["activities"] as JsonArray)?.OfType<JsonObject>() ?? []).Where(step => Text(step, "type")?.StartsWith("Playbook.", StringComparison.Ordinal) == true).Select(step => Step(version.DefinitionId, step))]));
        }

        return plans;

        PlanStep Step(string playbook, JsonObject step)
        {
            var id = Text(step, "id") ?? "";
            var key = (playbook, id);
            var tasks = done.GetValueOrDefault(key);
            return new PlanStep(
                id, Title(step) ?? id, Literal(step, "role") ?? Literal(step, "toRole"), Literal(step, "doneWhen"), Literal(step, "script") is not null, Literal(step, "role") is not null || Literal(step, "toRole") is not null,
                reached.GetValueOrDefault(key).Count, left.GetValueOrDefault(key).Count, tasks.Count,
                [.. ways[key].Where(way => way.Item1.Length > 0).OrderByDescending(way => way.Item2)], tasks.Count == 0 ? 0 : tasks.Seconds / tasks.Count / 60);
        }
    }

    /// <summary>What came of the phases, in their order; null where nothing tells.</summary>
    public CameOn? Result(IReadOnlyList<string> phases, ResultsPeriod period)
    {
        ArgumentNullException.ThrowIfNull(phases);
        ArgumentNullException.ThrowIfNull(period);
        long Many(string mark) => desk.Metrics.Marks.Count(mark, period.First, period.Last);
        if (phases.Contains(Phase.Renewal))
            return Many(Mark.Renewed) is var renewed ? new CameOn("renewed", renewed, renewed + Many(Mark.Left)) : null;
        return Enumerable.Range(0, Phase.All.Count - 1).FirstOrDefault(at => Phase.All[at] == phases[^1], -1) is >= 0 and var last && phases[^1] != Phase.Upsell
            ? new CameOn($"came to {MetricWords.Name(Phase.All[last + 1]).ToLowerInvariant()}", Many(Mark.Phase(Phase.All[last + 1])), Many(Mark.Phase(phases[0]))) : null;
    }

    private Dictionary<(string, string), DayCount> Counts(ResultsPeriod period, DayFact fact) =>
        desk.Metrics.Days.Sums(new DayQuestion(fact, period.First, period.Last), DayPart.Playbook, DayPart.Step).ToDictionary(sum => (sum.Group[0], sum.Group[1]), sum => sum.Count);

    // What stands before the placeholder is the title.
    private static string? Title(JsonObject step)
    {
        var title = Literal(step, "title") ?? Text(step, "name");
        var cut = title?.IndexOf("{{", StringComparison.Ordinal) ?? -1;
        return (cut > 0 ? title![..cut] : title)?.TrimEnd(' ', ':');
    }

    private static string? Text(JsonNode? node, string name) => node?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? Literal(JsonObject step, string name) => step[name] is JsonObject input && input["expression"]?["value"] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
