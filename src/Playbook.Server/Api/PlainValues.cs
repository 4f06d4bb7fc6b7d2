using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;

namespace Playbook.Server.Api;

/// <summary>JSON of a request as the values that runs keep.</summary>
internal static class PlainValues
{
    public static object? Of(JsonNode? json)
    {
        try
        {
            return PlainJson.From(json);
        }
        catch (Exception broken) when (broken is InvalidOperationException or FormatException or ArgumentException or JsonException)
        {
            // Only found when it is read: half of a surrogate pair, for one.
            throw new BadHttpRequestException($"The body holds a value that cannot be read: {broken.Message}", StatusCodes.Status400BadRequest, broken);
        }
    }

    public static IReadOnlyDictionary<string, object?> OfObject(JsonObject? json) =>
        Of(json) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
}
