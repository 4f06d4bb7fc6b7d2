using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Server.Commands.Conformance;

/// <summary>Compares what happened with what was recorded, in the order in which a person would look.</summary>
internal static class ConformanceComparison
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first difference, in words; null where there is none.</summary>
    public static string? FirstDifference(JsonObject expected, JsonObject actual)
    {
        if (expected.ContainsKey("importError") || actual.ContainsKey("importError"))
            return expected.ContainsKey("importError") && actual.ContainsKey("importError")
                ? expected.Count == 1 ? null : "the import failed, so nothing else can be recorded"
                : expected.ContainsKey("importError") ? "the import should fail: " + expected["importError"] : "the import failed: " + actual["importError"];
        return Events(expected, actual, int.MaxValue)
            ?? List(expected, actual, "lines")
            ?? Value(expected, actual, "status")
            ?? Value(expected, actual, "subStatus")
            ?? Members(expected, actual, "variables")
            ?? Members(expected, actual, "output")
            ?? Incidents(expected, actual)
            ?? Value(expected, actual, "name")
            ?? Value(expected, actual, "correlationId")
            ?? List(expected, actual, "bookmarksLeft")
            ?? Suspensions(expected, actual);
    }

    /// <summary>The first difference among the first <paramref name="count"/> events.</summary>
    public static string? Events(JsonObject expected, JsonObject actual, int count)
    {
        var left = Array(expected, "events");
        var right = Array(actual, "events");
        for (var i = 0; i < Math.Min(count, Math.Max(left.Count, right.Count)); i++)
        {
            var want = i < left.Count ? Describe(left[i]) : "nothing";
            var got = i < right.Count ? Describe(right[i]) : "nothing";
            if (want != got)
                return $"event {i + 1}: expected {want}, got {got}";
        }

        return null;
    }

    public static bool Same(JsonNode? left, JsonNode? right)
    {
        if (left is JsonArray a && right is JsonArray b)
            return a.Count == b.Count && a.Zip(b).All(p => Same(p.First, p.Second));
        if (left is JsonObject x && right is JsonObject y)
            return x.Count == y.Count && x.All(p => y.ContainsKey(p.Key) && Same(p.Value, y[p.Key]));
        var (v, w) = (left?.ToJsonString() ?? "null", right?.ToJsonString() ?? "null");
        // 1 and 1.0 are one number; beyond what a double tells apart, only the same digits are.
        return v == w || left?.GetValueKind() == JsonValueKind.Number && right?.GetValueKind() == JsonValueKind.Number && SameNumber(v, w);
    }

    private static bool SameNumber(string left, string right) =>
        decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            ? x == y || Math.Abs(x) < 1 && Real(left).Equals(Real(right))
            : Real(left).Equals(Real(right));

    private static double Real(string number) => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);

    internal static JsonArray Array(JsonObject json, string name) => json[name] as JsonArray ?? [];

    /// <summary>An event in words; two events are the same where their words are.</summary>
    public static string Describe(JsonNode? e)
    {
        var outcomes = e?["outcomes"] is JsonArray named ? string.Join(",", named.Select(o => o?.ToString())) : "Done";
        var kind = e?["event"]?.ToString();
        return $"{e?["activityId"]} ({e?["type"]}) {kind}{(kind == "Completed" ? $" [{outcomes}]" : "")}";
    }

    public static string? Value(JsonObject expected, JsonObject actual, string name) =>
        Same(expected[name], actual[name]) ? null : $"{name}: expected {Show(expected[name])}, got {Show(actual[name])}";

    private static string? List(JsonObject expected, JsonObject actual, string name)
    {
        var left = Array(expected, name);
        var right = Array(actual, name);
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
            if (i >= left.Count || i >= right.Count || !Same(left[i], right[i]))
                return $"{name}[{i}]: expected {(i < left.Count ? Show(left[i]) : "nothing")}, got {(i < right.Count ? Show(right[i]) : "nothing")}";
        return null;
    }

    private static string? Members(JsonObject expected, JsonObject actual, string name)
    {
        var left = expected[name] as JsonObject ?? [];
        var right = actual[name] as JsonObject ?? [];
        foreach (var key in left.Select(p => p.Key).Union(right.Select(p => p.Key)))
            if (left.ContainsKey(key) != right.ContainsKey(key) || !Same(left[key], right[key]))
                return $"{name}.{key}: expected {(left.ContainsKey(key) ? Show(left[key]) : "nothing")}, got {(right.ContainsKey(key) ? Show(right[key]) : "nothing")}";
        return null;
    }

    private static string? Incidents(JsonObject expected, JsonObject actual)
    {
        var left = Array(expected, "incidents").Select(i => i?["activityId"]?.ToString()).ToList();
        var right = Array(actual, "incidents").Select(i => i?["activityId"]?.ToString()).ToList();
        return left.SequenceEqual(right) ? null : $"incidents: expected at [{string.Join(", ", left)}], got at [{string.Join(", ", right)}]";
    }

    private static string? Suspensions(JsonObject expected, JsonObject actual)
    {
        var left = Array(expected, "suspensions");
        var right = Array(actual, "suspensions");
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            if (i >= left.Count || i >= right.Count)
                return $"suspensions: expected {left.Count}, got {right.Count}";
            if (Suspension(left[i], right[i]) is { } difference)
                return $"suspensions[{i}].{difference}";
        }

        return null;
    }

    public static string? Suspension(JsonNode? expected, JsonNode? actual)
    {
        foreach (var name in (string[])["afterEvents", "afterLines", "status", "subStatus", "bookmarks"])
            if (Value(expected as JsonObject ?? [], actual as JsonObject ?? [], name) is { } difference)
                return difference;
        return null;
    }

    public static string Show(JsonNode? node) => node?.ToJsonString(Readable) ?? "null";
}
