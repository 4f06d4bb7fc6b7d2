using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Descriptors;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>
/// Turns the activities that a client sends back into what is stored: what it left as it got it stays as it is stored,
/// letter by letter, and what it does not know is kept.
/// </summary>
internal sealed class SentActivities(IReadOnlyDictionary<string, ActivityPair> pairs, Palette palette)
{
    private static readonly string[] Structure =
        ["id", "nodeId", "name", "type", "version", "customProperties", "metadata", "activities", "connections", "variables", "body", "then", "else", "cases", "default", "root"];

    public JsonObject Take(JsonObject sent)
    {
        var pair = pairs.GetValueOrDefault(Json.Text(sent["id"]) ?? "");
        if (pair is not null && Json.Text(pair.Wire["type"]) != Json.Text(sent["type"]))
            pair = null;
        if (pair is not null && JsonSame.Are(sent, pair.Wire))
            return Json.Copy(pair.Stored);
        if (MissingActivity.Is(sent))
            return MissingActivity.Restore(sent);
        var descriptor = palette.Find(Json.Text(sent["type"]) ?? "");
        return pair is null ? New(sent, descriptor) : Changed(sent, pair, descriptor);
    }

    private JsonObject New(JsonObject sent, ActivityDescriptor? descriptor)
    {
        var stored = new JsonObject();
        foreach (var (member, value) in sent)
            if (value is not null && Value(member, value, null, descriptor) is { } taken)
                stored[member] = taken;
        return stored;
    }

    private JsonObject Changed(JsonObject sent, ActivityPair pair, ActivityDescriptor? descriptor)
    {
        var stored = new JsonObject();
        foreach (var (member, before) in pair.Stored)
        {
            if (!sent.TryGetPropertyValue(member, out var value))
            {
                // What the client cannot know it cannot have taken out.
                if (!IsKnown(member, descriptor))
                    stored[member] = Json.Copy(before);
            }
            else if (JsonSame.Are(value, pair.Wire[member]))
                stored[member] = Json.Copy(before);
            else if (Value(member, value, pair, descriptor) is { } taken)
                stored[member] = taken;
        }

        foreach (var (member, value) in sent)
            // What was only filled in on the way out is not stored on the way back.
            if (!pair.Stored.ContainsKey(member) && value is not null && !JsonSame.Are(value, pair.Wire[member]) && Value(member, value, pair, descriptor) is { } added)
                stored[member] = added;
        return stored;
    }

    private static bool IsKnown(string member, ActivityDescriptor? descriptor) => Structure.Contains(member)
        || descriptor is not null && (descriptor.Inputs.Any(input => Json.CamelCase(input.Name) == member) || descriptor.Outputs.Any(output => Json.CamelCase(output.Name) == member));

    private JsonNode? Value(string member, JsonNode? value, ActivityPair? pair, ActivityDescriptor? descriptor)
    {
        if (member == Nesting.List && value is JsonArray list)
            return new JsonArray([.. list.Select(Child)]);
        if (Nesting.IsSingle(member, value))
            return Take((JsonObject)value!);
        if (Nesting.IsCases(member, value))
            return Cases((JsonArray)value!, pair?.Stored[member] as JsonArray, pair?.Wire[member] as JsonArray);
        if (member == "connections" && value is JsonArray connections)
            return Connections(connections, pair?.Stored[member] as JsonArray);
        if (member is "metadata" or "customProperties" && value is JsonObject sent)
            return SentMembers.Take(sent, pair?.Stored[member] as JsonObject, pair?.Wire[member] as JsonObject);
        return descriptor is not null && ObjectText.IsFor(descriptor, member) ? ObjectText.FromWire(value) : Json.Copy(value);
    }

    private JsonNode Child(JsonNode? child) => child is JsonObject activity
        ? Take(activity)
        : throw new DocumentException("'activities' must hold activities only: each is an object with a type.");

    private JsonArray Cases(JsonArray sent, JsonArray? stored, JsonArray? wire)
    {
        var cases = new JsonArray();
        for (var i = 0; i < sent.Count; i++)
        {
            var isOld = stored?.Count > i && wire?.Count > i;
            if (isOld && JsonSame.Are(sent[i], wire![i]))
            {
                cases.Add(Json.Copy(stored![i]));
                continue;
            }

            var taken = Json.Copy(sent[i]);
            if (sent[i] is JsonObject @case && Nesting.IsActivity(@case["activity"]))
                ((JsonObject)taken!)["activity"] = Take((JsonObject)@case["activity"]!);
            cases.Add(taken);
        }

        return cases;
    }

    private static JsonArray Connections(JsonArray sent, JsonArray? stored)
    {
        var known = new Dictionary<(string?, string?, string?, string?), JsonObject>();
        foreach (var connection in Json.Objects(stored))
            known.TryAdd(Ends(connection), connection);
        return new JsonArray([.. sent.Select(item => item is JsonObject connection && known.GetValueOrDefault(Ends(connection)) is { } before ? Connection(connection, before) : Json.Copy(item))]);
    }

    // Clients know no more of a connection than its ends and its bends.
    private static JsonObject Connection(JsonObject sent, JsonObject stored)
    {
        var (shown, wire) = (WireActivities.Connection(sent), WireActivities.Connection(stored));
        var connection = Json.Copy(stored);
        foreach (var (member, value) in shown)
            if (member is not ("source" or "target") && !JsonSame.Are(value, wire[member]))
                connection[member] = Json.Copy(value);
        return connection;
    }

    private static (string?, string?, string?, string?) Ends(JsonObject connection)
    {
        var (source, target) = (connection["source"] as JsonObject, connection["target"] as JsonObject);
        return (Json.Text(source?["activity"]), Json.Text(source?["port"]) ?? "Done", Json.Text(target?["activity"]), Json.Text(target?["port"]) ?? "In");
    }
}
