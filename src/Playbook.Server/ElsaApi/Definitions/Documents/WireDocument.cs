using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Descriptors;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>A version as clients get it, beside what is stored.</summary>
internal sealed record WireDocument(JsonObject Stored, JsonObject Wire, IReadOnlyDictionary<string, ActivityPair> Activities)
{
    private static readonly string[] Written =
        ["links", "$schema", "id", "definitionId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs", "outcomes",
            "customProperties", "isReadonly", "isSystem", "isLatest", "isPublished", "options", "root"];

    public static WireDocument Of(DefinitionVersion version, Palette palette)
    {
        var stored = StoredDocument.Read(version);
        var activities = new WireActivities(palette);
        var wire = new JsonObject
        {
            ["links"] = DefinitionLinks.Of(version.DefinitionId, Json.Flag(stored["isReadonly"])),
            ["id"] = version.Id,
            ["definitionId"] = version.DefinitionId,
            ["name"] = version.Name,
            ["description"] = Json.Copy(stored["description"]),
            ["createdAt"] = version.DocumentAt,
            ["version"] = version.Version,
            ["toolVersion"] = Json.Copy(stored["toolVersion"]),
            ["variables"] = new JsonArray([.. Json.Objects(stored["variables"]).Select(Variable)]),
            ["inputs"] = List(stored["inputs"]),
            ["outputs"] = List(stored["outputs"]),
            ["outcomes"] = List(stored["outcomes"]),
            ["customProperties"] = stored["customProperties"] is JsonObject custom ? Json.Copy(custom) : [],
            ["isReadonly"] = Json.Flag(stored["isReadonly"]),
            ["isSystem"] = Json.Flag(stored["isSystem"]),
            ["isLatest"] = version.IsLatest,
            ["isPublished"] = version.IsPublished,
            ["options"] = Options(stored["options"]),
            ["root"] = activities.Write(stored["root"] as JsonObject ?? EmptyRoot(), "Workflow1"),
        };
        foreach (var empty in (string[])["description", "toolVersion"])
            if (wire[empty] is null)
                wire.Remove(empty);
        foreach (var (member, value) in stored)
            if (!Written.Contains(member))
                wire[member] = Json.Copy(value);
        return new WireDocument(stored, wire, activities.Pairs);
    }

    /// <summary>A variable as clients know it: with an id, and with its value as text.</summary>
    public static JsonObject Variable(JsonObject stored)
    {
        var wire = Json.Copy(stored);
        wire["id"] ??= Json.Copy(stored["name"]) ?? "";
        wire["name"] ??= Json.Copy(stored["id"]) ?? "";
        wire["typeName"] ??= "Object";
        wire["isArray"] ??= false;
        if (wire["value"] is { } value && Json.Text(value) is null)
            wire["value"] = value.ToJsonString();
        return wire;
    }

    public static JsonObject EmptyRoot() => new() { ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["name"] = "Flowchart1", ["activities"] = new JsonArray(), ["connections"] = new JsonArray() };

    private static JsonArray List(JsonNode? node) => node is JsonArray array ? (JsonArray)array.DeepClone() : [];

    private static JsonObject Options(JsonNode? stored)
    {
        var wire = stored is JsonObject given ? Json.Copy(given) : [];
        foreach (var unset in wire.Where(option => option.Value is null).Select(option => option.Key).ToList())
            wire.Remove(unset);
        wire["autoUpdateConsumingWorkflows"] ??= false;
        return wire;
    }
}
