using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>Playbooks that may be used as activities of others, as their options say.</summary>
internal static class WorkflowActivities
{
    /// <summary>Null where the version is not meant to be used as an activity.</summary>
    public static ActivityDescriptor? Describe(DefinitionVersion version, JsonObject document)
    {
        if (document["options"] is not JsonObject options || options["usableAsActivity"]?.GetValueKind() != JsonValueKind.True)
            return null;
        var typeName = Pascal(version.Name);
        return new ActivityDescriptor
        {
            TypeName = typeName,
            ClrType = typeName,
            Namespace = "",
            Name = typeName,
            Version = version.Version,
            Category = Text(options["activityCategory"]) ?? "Workflows",
            DisplayName = version.Name,
            Description = Text(document["description"]),
            Inputs = [.. Objects(document["inputs"]).Select(Input)],
            Outputs = [.. Objects(document["outputs"]).Select(Output)],
            Kind = "Action",
            Ports = [PortDescriptor.Embedded("Root", isBrowsable: false), .. (document["outcomes"] as JsonArray ?? []).Select(Text).OfType<string>().Select(PortDescriptor.Flow)],
            CustomProperties = new Dictionary<string, object>
            {
                ["RootType"] = "WorkflowDefinitionActivity", ["WorkflowDefinitionId"] = version.DefinitionId, ["WorkflowDefinitionVersionId"] = version.Id,
            },
            ConstructionProperties = new Dictionary<string, object>
            {
                ["WorkflowDefinitionId"] = version.DefinitionId, ["WorkflowDefinitionVersionId"] = version.Id, ["Version"] = version.Version,
            },
            IsBrowsable = version.IsPublished,
        };
    }

    private static InputDescriptor Input(JsonObject input) => new(true, Text(input["uiHint"]) ?? "singleline", Text(input["name"]) ?? "", Type(input), Text(input["displayName"]) ?? Text(input["name"]) ?? "")
    {
        Description = Text(input["description"]),
        Category = Text(input["category"]),
        IsSynthetic = true,
    };

    private static OutputDescriptor Output(JsonObject output) =>
        new(Text(output["name"]) ?? "", Type(output), Text(output["displayName"]) ?? Text(output["name"]) ?? "") { Description = Text(output["description"]), IsSynthetic = true };

    private static string Type(JsonObject declared)
    {
        var type = Text(declared["type"]) ?? "Object";
        return declared["isArray"]?.GetValueKind() == JsonValueKind.True ? $"List<{type}>" : type;
    }

    private static string Pascal(string name) =>
        string.Concat(name.Split([' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node is JsonArray array ? array.OfType<JsonObject>() : [];

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
