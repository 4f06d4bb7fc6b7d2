using System.Text.Json.Nodes;
using static Playbook.Server.Commands.Conformance.ConformanceComparison;

namespace Playbook.Server.Commands.Conformance;

/// <summary>
/// Whether a record agrees with itself. Where our run cannot tell what Elsa's did, this tells a record that says
/// something else than what happened.
/// </summary>
internal static class RecordedConsistency
{
    private static readonly HashSet<string> Kinds = ["Started", "Completed", "Suspended", "Resumed", "Faulted", "Canceled"];

    public static bool WritesLine(JsonNode? e) => e?["type"]?.ToString() == "Elsa.WriteLine" && e["event"]?.ToString() == "Completed";

    public static string? FirstFault(ConformanceCase @case, CaseActivities activities) =>
        Events(@case, activities) ?? Lines(@case) ?? Incidents(@case) ?? Status(@case) ?? Members(@case) ?? Bookmarks(@case) ?? Suspensions(@case, activities);

    private static string? Events(ConformanceCase @case, CaseActivities activities)
    {
        var started = new HashSet<string>();
        for (var i = 0; i < @case.Events.Count; i++)
        {
            var e = @case.Events[i];
            var (id, type, kind) = (e?["activityId"]?.ToString() ?? "", e?["type"]?.ToString(), e?["event"]?.ToString() ?? "");
            if (kind == "Started")
                started.Add(id);
            if (!Kinds.Contains(kind) || !activities.Has(id) || type != activities.TypeOf(id) && type != "Elsa.NotFoundActivity" || !started.Contains(id))
                return $"event {i + 1}: {Describe(e)} cannot have happened there";
        }

        return null;
    }

    private static string? Lines(ConformanceCase @case)
    {
        var written = @case.Events.Count(WritesLine);
        var lines = Array(@case.Expected, "lines").Count;
        return written == lines ? null : $"lines: {written} were written, {lines} are recorded";
    }

    private static string? Incidents(ConformanceCase @case)
    {
        var faults = @case.Events.Where(e => e?["event"]?.ToString() == "Faulted").Select(e => e!["activityId"]!.ToString());
        var incidents = Array(@case.Expected, "incidents").Select(i => i?["activityId"]?.ToString());
        return faults.SequenceEqual(incidents) ? null : "incidents: they are not those of the faults";
    }

    private static string? Status(ConformanceCase @case)
    {
        var goesOn = (@case.Definition["options"] as JsonObject)?["incidentStrategyType"]?.ToString().Contains("ContinueWithIncidents", StringComparison.Ordinal) == true;
        var root = @case.Definition["root"]?["id"]?.ToString();
        var faulted = Array(@case.Expected, "incidents").Count > 0 && !goesOn;
        var waits = Array(@case.Expected, "bookmarksLeft").Count > 0;
        var completed = @case.Events.Any(e => e?["event"]?.ToString() == "Completed" && e["activityId"]?.ToString() == root);
        string[] possible = faulted ? ["Finished/Faulted"] : waits ? ["Running/Suspended"] : completed ? ["Finished/Finished"] : ["Finished/Finished", "Running/Suspended"];
        var status = $"{@case.Expected["status"]}/{@case.Expected["subStatus"]}";
        return possible.Contains(status) ? null : $"status: expected {status}, which the record's own events deny";
    }

    private static string? Members(ConformanceCase @case)
    {
        var declared = Names(@case, "variables");
        var recorded = (@case.Expected["variables"] as JsonObject ?? []).Select(p => p.Key).ToHashSet();
        if (!declared.SetEquals(recorded))
            return "variables: they are not those of the definition";
        return (@case.Expected["output"] as JsonObject ?? []).All(p => Names(@case, "outputs").Contains(p.Key)) ? null : "output: one is not declared by the definition";
    }

    private static HashSet<string> Names(ConformanceCase @case, string member) =>
        [.. (@case.Definition[member] as JsonArray ?? []).OfType<JsonObject>().Select(v => v["name"]?.ToString() ?? "")];

    private static string? Bookmarks(ConformanceCase @case)
    {
        foreach (var open in Array(@case.Expected, "bookmarksLeft"))
            if (!HasSuspended(@case, open?.ToString(), int.MaxValue))
                return $"bookmarksLeft: {open} never waited";
        // A Finish takes all bookmarks away without a word in the record.
        if (@case.Events.Any(e => e?["type"]?.ToString() == "Elsa.Finish" && e["event"]?.ToString() == "Completed"))
            return null;
        var left = Array(@case.Expected, "bookmarksLeft").Select(b => b?.ToString()).ToHashSet();
        foreach (var activity in @case.Events.GroupBy(e => e?["activityId"]?.ToString()))
            if (activity.Last()?["event"]?.ToString() == "Suspended" && !left.Contains(activity.Key))
                return $"bookmarksLeft: {activity.Key} is still waiting";
        return null;
    }

    private static string? Suspensions(ConformanceCase @case, CaseActivities activities)
    {
        var last = 0;
        for (var i = 0; i < @case.Suspensions.Count; i++)
        {
            var suspension = @case.Suspensions[i] as JsonObject ?? [];
            if (suspension["afterEvents"] is not JsonValue value || !value.TryGetValue<int>(out var after) || after <= last || after > @case.Events.Count)
                return $"suspensions[{i}].afterEvents: {Show(suspension["afterEvents"])} is no place in the record";
            last = after;
            if (after < @case.Events.Count && @case.Events[after]?["event"]?.ToString() != "Resumed")
                return $"suspensions[{i}].afterEvents: nothing was resumed there";
            if (!Same(suspension["afterLines"], JsonValue.Create(@case.Events.Take(after).Count(WritesLine))))
                return $"suspensions[{i}].afterLines: {Show(suspension["afterLines"])} is not what was written by then";
            if ($"{suspension["status"]}/{suspension["subStatus"]}" != "Running/Suspended")
                return $"suspensions[{i}].status: a run that waits is Running/Suspended";
            foreach (var bookmark in Array(suspension, "bookmarks"))
                if (!HasSuspended(@case, bookmark?["activityId"]?.ToString(), after))
                    return $"suspensions[{i}].bookmarks: {bookmark?["activityId"]} was not waiting";
                else if (bookmark?["name"]?.ToString() != activities.TypeOf(bookmark!["activityId"]!.ToString()))
                    return $"suspensions[{i}].bookmarks: {bookmark["activityId"]} is no {bookmark["name"]}";
        }

        return null;
    }

    private static bool HasSuspended(ConformanceCase @case, string? activityId, int before) =>
        @case.Events.Take(before).Any(e => e?["event"]?.ToString() == "Suspended" && e["activityId"]?.ToString() == activityId);
}
