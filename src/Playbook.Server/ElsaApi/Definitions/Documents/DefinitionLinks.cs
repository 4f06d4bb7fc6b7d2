using System.Text.Json.Nodes;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>What a client may do with definitions. Studio offers to change only what has a link for it.</summary>
internal static class DefinitionLinks
{
    public static JsonArray Of(string definitionId, bool isReadonly)
    {
        var one = $"/workflow-definitions/{Uri.EscapeDataString(definitionId)}";
        var links = new JsonArray(
            Link(one, "self", "GET"),
            Link($"/workflow-definitions/by-definition-id/{Uri.EscapeDataString(definitionId)}", "self", "GET"),
            Link($"{one}/versions", "versions", "GET"),
            Link($"{one}/bulk-dispatch", "bulk-dispatch", "POST"),
            Link($"{one}/dispatch", "dispatch", "POST"),
            Link($"{one}/execute", "execute", "POST"),
            Link($"{one}/export", "export", "POST"));
        if (isReadonly)
            return links;
        links.Add((JsonNode)Link($"{one}/publish", "publish", "POST"));
        links.Add((JsonNode)Link($"{one}/retract", "retract", "POST"));
        links.Add((JsonNode)Link(one, "delete", "DELETE"));
        links.Add((JsonNode)Link($"{one}/import", "import", "PUT"));
        links.Add((JsonNode)Link($"{one}/update-references", "update-references", "POST"));
        return links;
    }

    public static JsonArray OfList() =>
    [
        Link("/workflow-definitions", "self", "GET"),
        Link("/workflow-definitions/validation/is-name-unique", "is-name-unique", "GET"),
        Link("/workflow-definitions/query/count", "count", "GET"),
        Link("/workflow-definitions/many-by-id", "many-by-id", "GET"),
        Link("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete-by-definition-id", "POST"),
        Link("/bulk-actions/delete/workflow-definitions/by-id", "bulk-delete-by-id", "POST"),
        Link("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"),
        Link("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"),
        Link("/workflow-definitions/import", "import", "POST"),
        Link("/workflow-definitions/import-files", "import-files", "POST"),
        Link("/workflow-definitions", "create", "POST"),
    ];

    private static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };
}
