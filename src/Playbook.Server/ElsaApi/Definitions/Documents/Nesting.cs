using System.Text.Json.Nodes;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>Where activities stand inside an activity.</summary>
internal static class Nesting
{
    public const string List = "activities";

    private static readonly HashSet<string> Singles =
        ["root", "then", "else", "body", "default", "unmatchedStatusCode", "failedToConnect", "timeout", "childCompleted", "childFaulted"];

    private static readonly HashSet<string> Cases = ["cases", "expectedStatusCodes"];

    public static bool IsSingle(string member, JsonNode? value) => Singles.Contains(member) && IsActivity(value);

    public static bool IsCases(string member, JsonNode? value) => Cases.Contains(member) && value is JsonArray;

    // An input may bear the same name, so the value must look like an activity.
    public static bool IsActivity(JsonNode? node) =>
        node is JsonObject json && Json.Text(json["type"]) is { Length: > 0 } type && (json.ContainsKey("id") || type.Contains('.', StringComparison.Ordinal));

    /// <summary>The activities directly inside, with the port that holds each.</summary>
    public static IEnumerable<(string Port, JsonObject Activity)> Children(JsonObject activity)
    {
        foreach (var (member, value) in activity)
        {
            if (member == List)
                foreach (var child in Json.Objects(value))
                    yield return (Pascal(member), child);
            else if (IsSingle(member, value))
                yield return (Pascal(member), (JsonObject)value!);
            else if (IsCases(member, value))
                foreach (var @case in Json.Objects(value))
                    if (IsActivity(@case["activity"]))
                        yield return (Json.Text(@case["label"]) ?? @case["statusCode"]?.ToString() ?? Pascal(member), (JsonObject)@case["activity"]!);
        }
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
