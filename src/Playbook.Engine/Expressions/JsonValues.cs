using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Playbook.Engine.Expressions;

/// <summary>JSON text to plain values (null, text, long, double, bool, lists, dictionaries) and back.</summary>
internal static class JsonValues
{
    public const int MaxDepth = 64;

    // As Elsa writes it: text within stays readable, but quotes, '+' and '<' become \u escapes.
    private static readonly JsonSerializerOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        MaxDepth = MaxDepth,
    };

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = MaxDepth, AllowTrailingCommas = true };

    public static bool LooksLikeJson(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];

    public static object? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            return Plain(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new ExpressionException($"This is not valid JSON: {e.Message}", e);
        }
    }

    public static string Write(object? value)
    {
        try
        {
            return JsonSerializer.Serialize(value, Writing);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            throw new ExpressionException($"The value cannot be written as JSON: {e.Message}", e);
        }
    }

    public static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.Object => Members(element),
        _ => null,
    };

    /// <summary>Whether two plain values are the same, members in any order.</summary>
    public static bool Same(object? a, object? b) => (a, b) switch
    {
        (Dictionary<string, object?> x, Dictionary<string, object?> y) =>
            x.Count == y.Count && x.All(member => y.TryGetValue(member.Key, out var other) && Same(member.Value, other)),
        (List<object?> x, List<object?> y) => x.Count == y.Count && x.Zip(y).All(pair => Same(pair.First, pair.Second)),
        (int or long or double or decimal, int or long or double or decimal) =>
            Convert.ToDouble(a, null).Equals(Convert.ToDouble(b, null)),
        _ => Equals(a, b),
    };

    private static Dictionary<string, object?> Members(JsonElement element)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = Plain(member.Value);
        }

        return members;
    }
}
