using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Descriptors;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>An activity as it is stored and as clients get it.</summary>
internal sealed record ActivityPair(JsonObject Stored, JsonObject Wire);

/// <summary>Writes the activities of one document as clients need them: with every member filled that they count on.</summary>
internal sealed class WireActivities(Palette palette)
{
    private readonly Dictionary<string, ActivityPair> _pairs = new(StringComparer.Ordinal);
    private int _unnamed;

    /// <summary>By id; where two containers hold the same id, the first.</summary>
    public IReadOnlyDictionary<string, ActivityPair> Pairs => _pairs;

    public JsonObject Write(JsonObject stored, string parentNodeId)
    {
        var type = Json.Text(stored["type"]) ?? "";
        var id = Json.Text(stored["id"]) is { Length: > 0 } given ? given : $"{type.Split('.')[^1]}-{++_unnamed}";
        var nodeId = $"{parentNodeId}:{id}";
        var wire = Descriptor(stored, type) is { } descriptor ? Known(stored, descriptor, id, nodeId) : MissingActivity.StandIn(stored, id, nodeId);
        _pairs.TryAdd(id, new ActivityPair(stored, wire));
        return wire;
    }

    private ActivityDescriptor? Descriptor(JsonObject stored, string type)
    {
        var version = Json.Number(stored["version"]);
        if (palette.Find(type, version) is { } exact)
            return exact;
        // A playbook used as an activity goes by its id: it may have got another name since.
        if (Json.Text(stored["workflowDefinitionVersionId"]) is { } versionId && palette.Find(one => one.CustomProperties.GetValueOrDefault("WorkflowDefinitionVersionId") as string == versionId) is { } used)
            return used;
        return palette.Find(type) ?? (Json.Text(stored["workflowDefinitionId"]) is { } workflow
            ? palette.Find(one => one.CustomProperties.GetValueOrDefault("WorkflowDefinitionId") as string == workflow)
            : null);
    }

    private JsonObject Known(JsonObject stored, ActivityDescriptor descriptor, string id, string nodeId)
    {
        var wire = new JsonObject();
        foreach (var input in descriptor.Inputs.Where(input => input.IsWrapped))
            wire[Json.CamelCase(input.Name)] = null;
        foreach (var output in descriptor.Outputs)
            wire[Json.CamelCase(output.Name)] = null;
        foreach (var (member, value) in stored)
            wire[member] = Member(member, value, descriptor, nodeId);
        wire["id"] = id;
        wire["nodeId"] = nodeId;
        wire["type"] = descriptor.TypeName;
        wire["version"] = descriptor.Version;
        Fill(wire, "customProperties", "canStartWorkflow", false);
        Fill(wire, "customProperties", "runAsynchronously", false);
        Fill(wire, "metadata");
        if (!descriptor.IsContainer)
            return wire;
        foreach (var list in (string[])["activities", "variables"])
            wire[list] ??= new JsonArray();
        if (descriptor.TypeName == "Elsa.Flowchart")
        {
            wire["connections"] = new JsonArray([.. Json.Objects(wire["connections"]).Select(Connection)]);
            Fill(wire, "customProperties", "notFoundConnections", new JsonArray());
        }

        return wire;
    }

    private JsonNode? Member(string member, JsonNode? value, ActivityDescriptor descriptor, string nodeId)
    {
        if (member == Nesting.List && value is JsonArray list)
            return new JsonArray([.. list.OfType<JsonObject>().Select(child => (JsonNode)Write(child, nodeId))]);
        if (Nesting.IsSingle(member, value))
            return Write((JsonObject)value!, nodeId);
        if (Nesting.IsCases(member, value))
            return new JsonArray([.. ((JsonArray)value!).Select(@case => Case(@case, nodeId))]);
        return ObjectText.IsFor(descriptor, member) ? ObjectText.ToWire(value) : Json.Copy(value);
    }

    private JsonNode? Case(JsonNode? @case, string nodeId)
    {
        var wire = Json.Copy(@case);
        if (@case is JsonObject stored && Nesting.IsActivity(stored["activity"]))
            ((JsonObject)wire!)["activity"] = Write((JsonObject)stored["activity"]!, nodeId);
        return wire;
    }

    /// <summary>A connection with the ports that are meant where none are named.</summary>
    public static JsonObject Connection(JsonObject stored)
    {
        var wire = Json.Copy(stored);
        Fill(wire, "source", "port", "Done");
        Fill(wire, "target", "port", "In");
        wire["vertices"] ??= new JsonArray();
        return wire;
    }

    private static JsonObject Fill(JsonObject json, string member)
    {
        if (json[member] is not JsonObject inner)
            json[member] = inner = [];
        return inner;
    }

    private static void Fill(JsonObject json, string member, string name, JsonNode value) => Fill(json, member)[name] ??= value;
}
