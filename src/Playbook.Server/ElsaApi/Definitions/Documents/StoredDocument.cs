using System.Text;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>The document of a version.</summary>
internal static class StoredDocument
{
    public static JsonObject Read(DefinitionVersion version) =>
        WorkflowDocument.Read(Encoding.UTF8.GetBytes(version.Json), out var problem)?.Json
        ?? throw new DocumentException($"Version {version.Version} of \"{version.DefinitionId}\" cannot be read: {problem!.Message}");

    public static string Write(JsonObject json) => WorkflowDocument.From(json).Write();

    /// <summary>The document as it leaves the house: what is stored, under the identity that it has here.</summary>
    public static JsonObject Export(DefinitionVersion version)
    {
        var json = Read(version);
        var export = new JsonObject();
        if (json["$schema"] is { } schema)
            export["$schema"] = Json.Copy(schema);
        export["id"] = version.Id;
        export["definitionId"] = version.DefinitionId;
        export["name"] = version.Name;
        foreach (var (member, value) in json)
            if (!export.ContainsKey(member) && member != "links")
                export[member] = Json.Copy(value);
        export["createdAt"] = version.DocumentAt;
        export["version"] = version.Version;
        export["isLatest"] = version.IsLatest;
        export["isPublished"] = version.IsPublished;
        return export;
    }
}
