using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Reading;

/// <summary>A version as lists show it.</summary>
internal sealed record DefinitionSummary(
    JsonArray? Links, string Id, string DefinitionId, string Name, string? Description, int Version, string? ToolVersion, bool IsLatest, bool IsPublished,
    string MaterializerName, DateTimeOffset CreatedAt, bool IsReadonly, bool IsSystem, bool IsMaterializerAvailable)
{
    public static DefinitionSummary Of(DefinitionVersion version, bool withLinks = true)
    {
        var (description, toolVersion, isReadonly, isSystem) = Head(version.Json);
        return new DefinitionSummary(
            withLinks ? DefinitionLinks.Of(version.DefinitionId, isReadonly) : null, version.Id, version.DefinitionId, version.Name, description, version.Version, toolVersion,
            version.IsLatest, version.IsPublished, "Json", version.DocumentAt, isReadonly, isSystem, IsMaterializerAvailable: true);
    }

    // A list of large playbooks must not build a tree of each.
    private static (string? Description, string? ToolVersion, bool IsReadonly, bool IsSystem) Head(string json)
    {
        using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = Engine.Definitions.WorkflowDocument.MaxDepth });
        var root = document.RootElement;
        return (Text("description"), Text("toolVersion"), Flag("isReadonly"), Flag("isSystem"));

        string? Text(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        bool Flag(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
    }
}
