using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>Whether two pieces of JSON say the same: a member that is null and one that is missing are no difference, nor are 1 and 1.0.</summary>
internal static class JsonSame
{
    public static bool Are(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (null, null) => true,
        (JsonObject a, JsonObject b) => Members(a, b),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => Are(pair.First, pair.Second)),
        (JsonValue a, JsonValue b) => Values(a, b),
        _ => false,
    };

    private static bool Members(JsonObject left, JsonObject right) =>
        left.All(member => Are(member.Value, right[member.Key])) && right.All(member => member.Value is null || left.ContainsKey(member.Key));

    private static bool Values(JsonValue left, JsonValue right)
    {
        var (kind, other) = (left.GetValueKind(), right.GetValueKind());
        if (kind != other)
            return false;
        return kind switch
        {
            JsonValueKind.String => left.GetValue<string>() == right.GetValue<string>(),
            JsonValueKind.Number => Numbers(left.ToJsonString(), right.ToJsonString()),
            _ => true,
        };
    }

    private static bool Numbers(string left, string right) => left == right
        || double.TryParse(left, System.Globalization.CultureInfo.InvariantCulture, out var a) && double.TryParse(right, System.Globalization.CultureInfo.InvariantCulture, out var b) && a.Equals(b);
}
