using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;

namespace Playbook.Server.Api;

/// <summary>JSON of a request as the values that runs keep.</summary>
internal static class PlainValues
{
    public static object? Of(JsonElement? json)
    {
        try
        {
            return PlainJson.From(json is not { } element ? null : element.ValueKind switch
            {
                JsonValueKind.Object => JsonObject.Create(element),
                JsonValueKind.Array => JsonArray.Create(element),
                _ => JsonValue.Create(element),
            });
        }
        catch (Exception broken) when (broken is InvalidOperationException or FormatException or ArgumentException or JsonException)
        {
            // Only found when it is read: half of a surrogate pair, for one.
            throw Bad($"The body holds a value that cannot be read: {broken.Message}", broken);
        }
    }

    public static IReadOnlyDictionary<string, object?> OfObject(string name, JsonElement? json) => json?.ValueKind switch
    {
        null or JsonValueKind.Null => new Dictionary<string, object?>(),
        JsonValueKind.Object => (IReadOnlyDictionary<string, object?>)Of(json)!,
        _ => throw Bad($"'{name}' must be an object, such as {{\"name\": \"value\"}}."),
    };

    private static BadHttpRequestException Bad(string message, Exception? cause = null) =>
        cause is null ? new(message, StatusCodes.Status400BadRequest) : new(message, StatusCodes.Status400BadRequest, cause);
}
