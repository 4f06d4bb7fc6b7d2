using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>Reads members of a document whose shape nobody vouches for.</summary>
internal static class Json
{
    public static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static bool Flag(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static int? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && int.TryParse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IEnumerable<JsonObject> Objects(JsonNode? node) => node is JsonArray array ? array.OfType<JsonObject>() : [];

    public static string CamelCase(string name) => name.Length == 0 ? name : JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>A copy that may stand elsewhere.</summary>
    public static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    public static JsonObject Copy(JsonObject json) => (JsonObject)json.DeepClone();
}
