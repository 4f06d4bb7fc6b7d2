using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>
/// Stands for an activity whose type is not known here: clients cannot draw what has no descriptor. It carries the
/// original, which comes back when it is saved.
/// </summary>
internal static class MissingActivity
{
    public const string Type = "Elsa.NotFoundActivity";
    private const string Original = "originalActivityJson";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject StandIn(JsonObject activity, string id, string nodeId)
    {
        var type = Json.Text(activity["type"]) ?? "";
        var version = Json.Number(activity["version"]) ?? 0;
        var metadata = activity["metadata"] is JsonObject given ? Json.Copy(given) : [];
        metadata["displayText"] = $"Not Found: {type}";
        metadata["description"] = $"Could not find activity type {type} with version {version}";
        return new JsonObject
        {
            ["missingTypeName"] = type,
            ["missingTypeVersion"] = version,
            [Original] = activity.ToJsonString(Plain),
            ["id"] = id,
            ["nodeId"] = nodeId,
            ["name"] = Json.Copy(activity["name"]),
            ["type"] = Type,
            ["version"] = 1,
            ["customProperties"] = activity["customProperties"] is JsonObject custom ? Json.Copy(custom) : new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false },
            ["metadata"] = metadata,
        };
    }

    public static bool Is(JsonObject activity) => Json.Text(activity["type"]) == Type && Json.Text(activity[Original]) is not null;

    /// <summary>The original again, where it was moved to and under the id that it has now.</summary>
    /// <exception cref="DocumentException">What it carries is no activity.</exception>
    public static JsonObject Restore(JsonObject standIn)
    {
        JsonObject original;
        try
        {
            original = JsonNode.Parse(Json.Text(standIn[Original])!, documentOptions: new() { MaxDepth = Engine.Definitions.WorkflowDocument.MaxDepth }) as JsonObject ?? throw Broken(standIn, null);
        }
        catch (JsonException fault)
        {
            throw Broken(standIn, fault);
        }

        if (Json.Text(standIn["id"]) is { Length: > 0 } id && id != Json.Text(original["id"]))
            original["id"] = id;
        if ((standIn["metadata"] as JsonObject)?["designer"] is JsonObject designer)
        {
            if (original["metadata"] is not JsonObject metadata)
                original["metadata"] = metadata = [];
            if (!JsonSame.Are(metadata["designer"], designer))
                metadata["designer"] = Json.Copy(designer);
        }

        return original;
    }

    private static DocumentException Broken(JsonObject standIn, Exception? cause) =>
        new($"The activity '{Json.Text(standIn["id"])}' stands for one of an unknown type, but what it carries of it is no activity. Open the playbook again and repeat your change.", cause);
}

/// <summary>A document cannot be taken as it was sent; the message says why and what to do.</summary>
internal sealed class DocumentException(string message, Exception? cause = null) : Exception(message, cause);
