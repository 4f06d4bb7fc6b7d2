using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Descriptors;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>
/// Turns a definition that a client sends into what is stored. Elsa's clients send only what their model knows, with
/// nulls for the rest: what they do not know is kept, and what they left as it was stays as it is stored.
/// </summary>
internal static class SentDocument
{
    /// <summary>What identifies a version here; a client's word on it counts for nothing.</summary>
    private static readonly string[] Identity = ["links", "id", "createdAt", "version", "isLatest", "isPublished"];

    private static readonly string[] OptionNames =
        ["activationStrategyType", "usableAsActivity", "autoUpdateConsumingWorkflows", "activityCategory", "incidentStrategyType", "commitStrategyName"];

    /// <summary>A new document.</summary>
    public static JsonObject New(JsonObject sent, string definitionId, string name, Palette palette)
    {
        var activities = new SentActivities(new Dictionary<string, ActivityPair>(), palette);
        var stored = new JsonObject { ["definitionId"] = definitionId, ["name"] = name };
        foreach (var (member, value) in sent)
            if (value is not null && !stored.ContainsKey(member) && !Identity.Contains(member))
                stored[member] = member switch
                {
                    "root" => Root(value, activities),
                    "options" => value is JsonObject options ? SentMembers.Take(options, null, null) : throw Shape(member, "an object"),
                    _ => Json.Copy(value),
                };
        stored["root"] ??= WireDocument.EmptyRoot();
        return stored;
    }

    /// <summary>The document as it is to be after the change.</summary>
    public static JsonObject Changed(JsonObject sent, WireDocument before, Palette palette)
    {
        var stored = Json.Copy(before.Stored);
        foreach (var (member, value) in sent)
        {
            if (value is null || member == "definitionId" || Identity.Contains(member) || JsonSame.Are(value, before.Wire[member]))
                continue;
            var (was, shown) = (before.Stored[member], before.Wire[member]);
            stored[member] = member switch
            {
                "root" => Root(value, new SentActivities(before.Activities, palette)),
                "variables" or "inputs" or "outputs" => value is JsonArray list ? SentMembers.TakeList(list, was as JsonArray, shown as JsonArray) : throw Shape(member, "a list"),
                "customProperties" => value is JsonObject custom ? SentMembers.Take(custom, was as JsonObject, shown as JsonObject, "playbook") : throw Shape(member, "an object"),
                "options" => value is JsonObject options ? Options(options, was as JsonObject, shown as JsonObject) : throw Shape(member, "an object"),
                _ => Json.Copy(value),
            };
        }

        // A text that was emptied comes as null, as one that never was there does.
        if (sent.ContainsKey("description") && sent["description"] is null && before.Wire["description"] is not null)
            stored.Remove("description");
        return stored;
    }

    private static JsonObject Options(JsonObject sent, JsonObject? stored, JsonObject? wire) =>
        SentMembers.Take(sent, stored, wire, [.. (stored ?? []).Select(option => option.Key).Where(option => !OptionNames.Contains(option))]);

    private static JsonObject Root(JsonNode value, SentActivities activities) => value is JsonObject root && Json.Text(root["type"]) is { Length: > 0 }
        ? activities.Take(root)
        : throw Shape("root", "an activity, with a type such as Elsa.Flowchart");

    private static DocumentException Shape(string member, string wanted) => new($"'{member}' must be {wanted}.");
}
