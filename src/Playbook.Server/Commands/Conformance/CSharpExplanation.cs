using System.Text.Json.Nodes;
using static Playbook.Server.Commands.Conformance.ConformanceComparison;

namespace Playbook.Server.Commands.Conformance;

/// <summary>
/// Whether C# expressions that we do not run explain a difference. The case is run once more with nothing in their
/// place: then only what their values can have reached may differ.
/// </summary>
internal sealed class CSharpExplanation(ConformanceRun runner)
{
    /// <summary>Activities whose inputs decide no more than a value.</summary>
    private static readonly HashSet<string?> OnlyValues = ["Elsa.SetVariable", "Elsa.WriteLine", "Elsa.SetOutput", "Elsa.SetName", "Elsa.Correlate"];

    public bool Explains(ConformanceCase @case, JsonObject actual)
    {
        var activities = new CaseActivities(@case.Definition);
        if (Point(@case, actual, activities) is not { } point)
            return false;
        var reached = Reached(@case, activities);
        var blind = runner.Run(@case with { Definition = (JsonObject)Blinded(@case.Definition)! });
        if (Events(@case.Expected, blind, int.MaxValue) is null)
            return new DivergingTail(@case, blind, point, reached).FirstDifference() is null;
        return (reached.Any(id => !OnlyValues.Contains(activities.TypeOf(id))) || FaultsWithout(@case, blind, reached))
            && new DivergingTail(@case, actual, point).FirstDifference() is null;
    }

    /// <summary>Right after the start of the first activity with a C# expression, where our run faults there.</summary>
    private static int? Point(ConformanceCase @case, JsonObject actual, CaseActivities activities)
    {
        var affected = activities.WithCSharp();
        var at = @case.Events.ToList().FindIndex(e => e?["activityId"]?.ToString() is { } id && affected.Contains(id));
        var ours = Array(actual, "events");
        return at >= 0 && at + 1 < ours.Count && ours[at + 1]?["event"]?.ToString() == "Faulted" && Same(ours[at + 1]!["activityId"], @case.Events[at]!["activityId"])
            ? at + 1
            : null;
    }

    /// <summary>The activities that a C# value can have got to, by way of variables.</summary>
    private static HashSet<string> Reached(ConformanceCase @case, CaseActivities activities)
    {
        var variables = (@case.Definition["variables"] as JsonArray ?? []).OfType<JsonObject>().Select(v => (Name: v["name"]?.ToString() ?? "", Id: v["id"]?.ToString())).ToList();
        var reached = activities.WithCSharp();
        for (var before = 0; before != reached.Count;)
        {
            before = reached.Count;
            var changed = variables.Where(v => reached.Any(a => activities.MayWrite(a, v.Name, v.Id))).ToList();
            reached.UnionWith(activities.Ids.Where(a => changed.Exists(v => activities.Mentions(a, v.Name) || v.Id is not null && activities.Mentions(a, v.Id))));
        }

        return reached;
    }

    /// <summary>Whether the first thing that is different is that an expression cannot do without the value.</summary>
    private static bool FaultsWithout(ConformanceCase @case, JsonObject blind, HashSet<string> reached)
    {
        var ours = Array(blind, "events");
        for (var i = 0; i < ours.Count; i++)
            if (i >= @case.Events.Count || Describe(ours[i]) != Describe(@case.Events[i]))
                return ours[i]?["event"]?.ToString() == "Faulted" && reached.Contains(ours[i]?["activityId"]?.ToString() ?? "");
        return false;
    }

    private static JsonNode? Blinded(JsonNode? node) => node switch
    {
        JsonObject json when json["type"]?.ToString() is "CSharp" or "C#" && json["id"] is null => new JsonObject { ["type"] = "Literal", ["value"] = null },
        JsonObject json => new JsonObject(json.Select(p => KeyValuePair.Create(p.Key, Blinded(p.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Blinded)]),
        _ => node?.DeepClone(),
    };
}
