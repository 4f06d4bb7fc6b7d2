using System.Text.Json.Nodes;
using static Playbook.Server.Commands.Conformance.ConformanceComparison;

namespace Playbook.Server.Commands.Conformance;

/// <summary>
/// Compares where from some event on the two runs are different on purpose. All before that event must be the same;
/// after it, whatever no activity can have touched whose part differs; and the record must agree with itself.
/// </summary>
internal sealed class DivergingTail
{
    private readonly ConformanceCase _case;
    private readonly JsonObject _expected;
    private readonly JsonObject _actual;
    private readonly int _point;
    private readonly CaseActivities _activities;
    private readonly HashSet<string> _differing;

    /// <param name="case">The case.</param>
    /// <param name="actual">What our run did.</param>
    /// <param name="point">How many events must be the same.</param>
    /// <param name="alsoDiffering">Activities whose doings count as different though their events are the same.</param>
    public DivergingTail(ConformanceCase @case, JsonObject actual, int point, IEnumerable<string>? alsoDiffering = null)
    {
        (_case, _expected, _actual, _point) = (@case, @case.Expected, actual, point);
        _activities = new CaseActivities(@case.Definition);
        var (left, right) = (Tails(_expected), Tails(_actual));
        _differing = [.. left.Keys.Union(right.Keys).Where(id => !(left.GetValueOrDefault(id) ?? []).SequenceEqual(right.GetValueOrDefault(id) ?? [])), .. alsoDiffering ?? []];
    }

    public string? FirstDifference() =>
        Events(_expected, _actual, _point)
        ?? RecordedConsistency.FirstFault(_case, _activities)
        ?? Lines()
        ?? Untouched("variables")
        ?? Untouched("output")
        ?? (Touched("Elsa.SetName", "Name") ? null : Value(_expected, _actual, "name"))
        ?? (Touched("Elsa.Correlate", "correlat") ? null : Value(_expected, _actual, "correlationId"))
        ?? Bookmarks()
        ?? Suspensions();

    /// <summary>What each activity did after the point, in words.</summary>
    private Dictionary<string, List<string>> Tails(JsonObject run) => Array(run, "events").Skip(_point)
        .GroupBy(e => e?["activityId"]?.ToString() ?? "")
        .ToDictionary(g => g.Key, g => g.Select(Describe).ToList());

    private bool Touched(string type, string name) =>
        _differing.Any(id => _activities.TypeOf(id) == type || _activities.TypeOf(id) == "Elsa.RunJavaScript" && _activities.Mentions(id, name));

    private bool MayTouch(string member, string name) => member == "variables"
        ? _differing.Any(activity => _activities.MayWrite(activity, name, IdOf(name)))
        : _differing.Any(activity => (_activities.TypeOf(activity) == "Elsa.SetOutput" || _activities.Mentions(activity, "setOutput")) && _activities.Mentions(activity, name));

    private string? IdOf(string variable) =>
        (_case.Definition["variables"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(v => v["name"]?.ToString() == variable)?["id"]?.ToString();

    private string? Untouched(string member)
    {
        var left = _expected[member] as JsonObject ?? [];
        var right = _actual[member] as JsonObject ?? [];
        foreach (var key in left.Select(p => p.Key).Union(right.Select(p => p.Key)))
            if (!Same(left[key], right[key]) && !MayTouch(member, key))
                return $"{member}.{key}: expected {Show(left[key])}, got {Show(right[key])}";
        return null;
    }

    /// <summary>Lines go with the WriteLines that wrote them: those before the point, then those of activities that did the same.</summary>
    private string? Lines()
    {
        var (left, right) = (Written(_expected), Written(_actual));
        var before = left.Count(l => l.Event < _point);
        for (var i = 0; i < before; i++)
            if (!Same(left[i].Line, right[i].Line))
                return $"lines[{i}]: expected {Show(left[i].Line)}, got {Show(right[i].Line)}";
        var changed = (_case.Definition["variables"] as JsonArray ?? []).OfType<JsonObject>().Select(v => v["name"]?.ToString() ?? "").Where(v => MayTouch("variables", v)).ToList();
        foreach (var own in left.Skip(before).GroupBy(l => l.Activity).Where(g => !_differing.Contains(g.Key) && !changed.Exists(v => _activities.Mentions(g.Key, v))))
            foreach (var (want, got) in own.Zip(right.Skip(before).Where(l => l.Activity == own.Key)))
                if (!Same(want.Line, got.Line))
                    return $"lines: expected {Show(want.Line)} from {own.Key}, got {Show(got.Line)}";
        return null;
    }

    private static List<(int Event, string Activity, JsonNode? Line)> Written(JsonObject run)
    {
        var lines = Array(run, "lines");
        return [.. Array(run, "events").Select((e, i) => (Event: i, Json: e)).Where(e => RecordedConsistency.WritesLine(e.Json))
            .Zip(lines, (e, line) => (e.Event, e.Json!["activityId"]!.ToString(), line))];
    }

    private string? Bookmarks()
    {
        var left = Array(_expected, "bookmarksLeft").Select(b => b?.ToString()).Where(b => b is not null && !_differing.Contains(b));
        var right = Array(_actual, "bookmarksLeft").Select(b => b?.ToString()).Where(b => b is not null && !_differing.Contains(b));
        return left.SequenceEqual(right) ? null : $"bookmarksLeft: expected {Show(_expected["bookmarksLeft"])}, got {Show(_actual["bookmarksLeft"])}";
    }

    private string? Suspensions()
    {
        var left = _case.Suspensions;
        var right = Array(_actual, "suspensions");
        for (var i = 0; i < left.Count; i++)
        {
            if (left[i]?["afterEvents"] is not JsonValue after || !after.TryGetValue<int>(out var count) || count > _point)
                break;
            if (Suspension(left[i], i < right.Count ? right[i] : null) is { } difference)
                return $"suspensions[{i}].{difference}";
        }

        return null;
    }
}
