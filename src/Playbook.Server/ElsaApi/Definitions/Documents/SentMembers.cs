using System.Text.Json.Nodes;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>Takes over what changed of an object, and leaves the rest as it is stored.</summary>
internal static class SentMembers
{
    /// <param name="kept">Members that stay where the client does not send them.</param>
    public static JsonObject Take(JsonObject sent, JsonObject? stored, JsonObject? wire, params IReadOnlyCollection<string> kept)
    {
        var result = new JsonObject();
        foreach (var (member, before) in stored ?? [])
        {
            var isSent = sent.TryGetPropertyValue(member, out var value) && value is not null;
            if (isSent ? JsonSame.Are(value, wire?[member]) : kept.Contains(member) || before is null)
                result[member] = Json.Copy(before);
            else if (isSent)
                result[member] = value is JsonObject inner && before is JsonObject old ? Take(inner, old, wire?[member] as JsonObject) : Json.Copy(value);
        }

        foreach (var (member, value) in sent)
            if (value is not null && !result.ContainsKey(member) && !JsonSame.Are(value, wire?[member]))
                result[member] = Json.Copy(value);
        return result;
    }

    /// <summary>Items are told apart by their id or name; those that did not change stay as they are stored.</summary>
    public static JsonArray TakeList(JsonArray sent, JsonArray? stored, JsonArray? wire)
    {
        var known = new Dictionary<string, (JsonObject Stored, JsonObject Wire)>(StringComparer.Ordinal);
        foreach (var (before, shown) in (stored ?? []).OfType<JsonObject>().Zip((wire ?? []).OfType<JsonObject>()))
            known.TryAdd(Key(shown), (before, shown));
        return new JsonArray([.. sent.Select(item => item is JsonObject one && known.TryGetValue(Key(one), out var old)
            ? JsonSame.Are(one, old.Wire) ? Json.Copy((JsonNode)old.Stored) : Item(one, old.Stored, old.Wire)
            : item is JsonObject fresh ? Take(fresh, null, null) : Json.Copy(item))]);
    }

    // A member that the client left out of a known item is one that it does not know.
    private static JsonObject Item(JsonObject sent, JsonObject stored, JsonObject wire) =>
        Take(sent, stored, wire, [.. stored.Select(member => member.Key).Where(member => !sent.ContainsKey(member))]);

    private static string Key(JsonObject item) => Json.Text(item["id"]) ?? Json.Text(item["name"]) ?? "";
}
