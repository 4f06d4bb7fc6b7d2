using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;

namespace Playbook.Sales.Scenarios;

/// <summary>What people call an activity: the words in the drawing, else its name, else its id.</summary>
public static class ActivityTitle
{
    public static string Of(PlaybookDefinition definition, string activityId)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Find(activityId) is { } node ? Of(node) : activityId;
    }

    public static string Of(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Words((node.Json["metadata"] as JsonObject)?["displayText"]) ?? (string.IsNullOrWhiteSpace(node.Name) ? node.Id : node.Name);
    }

    private static string? Words(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
