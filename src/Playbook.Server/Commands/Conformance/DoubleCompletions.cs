using System.Text.Json.Nodes;

namespace Playbook.Server.Commands.Conformance;

/// <summary>Takes out of a record what <c>quirk-double-completed</c> names: a Completed of an activity that was not running any more.</summary>
internal static class DoubleCompletions
{
    public static JsonObject Without(JsonObject expected)
    {
        var cleaned = (JsonObject)expected.DeepClone();
        var running = new Dictionary<string, int>();
        var kept = new JsonArray();
        var dropped = new List<int>();
        var events = cleaned["events"] as JsonArray ?? [];
        for (var i = 0; i < events.Count; i++)
        {
            var id = events[i]?["activityId"]?.ToString() ?? "";
            var count = running.GetValueOrDefault(id);
            switch (events[i]?["event"]?.ToString())
            {
                case "Started":
                    running[id] = count + 1;
                    break;
                case "Completed" when count == 0 && running.ContainsKey(id):
                    dropped.Add(i);
                    continue;
                case "Completed" or "Canceled" or "Faulted":
                    running[id] = Math.Max(0, count - 1);
                    break;
            }

            kept.Add(events[i]!.DeepClone());
        }

        cleaned["events"] = kept;
        foreach (var suspension in (cleaned["suspensions"] as JsonArray ?? []).OfType<JsonObject>())
            if (suspension["afterEvents"] is JsonValue after && after.TryGetValue<int>(out var count))
                suspension["afterEvents"] = count - dropped.Count(i => i < count);
        return cleaned;
    }
}
