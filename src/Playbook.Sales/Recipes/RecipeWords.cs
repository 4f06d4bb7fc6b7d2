using System.Globalization;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;

namespace Playbook.Sales.Recipes;

/// <summary>Names and times as a rep says them.</summary>
internal static class RecipeWords
{
    /// <summary>The name on the canvas, or else what kind of step it is; never an id.</summary>
    public static string Title(ActivityNode node) => Metadata(node, "displayText") ?? Given(node, "Title") ?? node.Description?.DisplayName ?? "A step that is not known here";

    public static string? About(ActivityNode node) => Metadata(node, "description");

    /// <summary>The value that an input always has; null where it is unset or found out while running.</summary>
    public static object? Constant(ActivityNode node, string input)
    {
        foreach (var binding in node.Inputs)
            if (binding.Input.Name == input)
                return binding.IsConstant ? binding.Constant : null;
        return null;
    }

    /// <summary>The text that an input always has; null for none, and where it is found out while running.</summary>
    public static string? Given(ActivityNode node, string input) =>
        Constant(node, input) is string text && text.Trim() is { Length: > 0 } given ? given : null;

    /// <summary>The objects in a list that is written into the document as JSON; none where it is found out while running.</summary>
    public static IEnumerable<JsonObject> Objects(ActivityNode node, string input)
    {
        var raw = node.Inputs.FirstOrDefault(binding => binding.Input.Name == input)?.Raw;
        var value = raw is JsonObject wrapped && wrapped["expression"] is JsonObject expression ? expression["value"] : raw;
        if (value is JsonValue && Text(value) is { } text)
        {
            try
            {
                value = JsonNode.Parse(text);
            }
            catch (System.Text.Json.JsonException)
            {
                // The checks tell of it; a recipe leaves out what cannot be read.
                return [];
            }
        }

        return value is JsonArray list ? list.OfType<JsonObject>() : [];
    }

    public static bool IsGiven(ActivityNode node, string input) => node.Inputs.Any(binding => binding.Input.Name == input && binding.Expression is not null);

    public static string? Time(ActivityNode node, string input) => Constant(node, input) is TimeSpan time && time != TimeSpan.Zero ? Time(time) : null;

    /// <summary>"3 days", "1 day and 4 hours", "15 minutes".</summary>
    public static string Time(TimeSpan time)
    {
        time = time.Duration();
        var parts = new List<string>();
        Add(parts, time.Days, "day");
        Add(parts, time.Hours, "hour");
        Add(parts, time.Minutes, "minute");
        if (parts.Count == 0)
            Add(parts, (int)Math.Ceiling(time.TotalSeconds), "second");
        return parts.Count <= 1 ? string.Concat(parts) : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";
    }

    /// <summary>A role's name in a sentence.</summary>
    public static string Role(string role) => role == "follow-up" ? "follow-up desk" : role.Replace('-', ' ');

    /// <summary>"by telephone", "by e-mail".</summary>
    public static string Channel(string channel) => channel switch
    {
        "phone" => "by telephone",
        "email" => "by e-mail",
        "sms" => "by text message",
        "letter" => "by letter",
        "social" => "on social media",
        "calendar" => "by calendar invitation",
        _ => $"by {channel}",
    };

    /// <summary>"term_end" and "firstWin" as words.</summary>
    public static string Plain(string name)
    {
        var words = new System.Text.StringBuilder();
        foreach (var letter in name)
            if (letter is '_' or '-' or '.')
                words.Append(' ');
            else if (char.IsUpper(letter) && words.Length > 0 && words[^1] != ' ')
                words.Append(' ').Append(char.ToLowerInvariant(letter));
            else
                words.Append(char.ToLowerInvariant(letter));
        return words.ToString().Trim();
    }

    public static string Quote(string text) => $"“{text}”";

    public static string List(IEnumerable<string> items, string word)
    {
        var all = items.ToList();
        return all.Count <= 1 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} {word} {all[^1]}";
    }

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim() is { Length: > 0 } given ? given : null;

    private static string? Metadata(ActivityNode node, string name) => Text((node.Json["metadata"] as JsonObject)?[name]);

    private static void Add(List<string> parts, int count, string unit)
    {
        if (count > 0)
            parts.Add($"{count.ToString(CultureInfo.InvariantCulture)} {unit}{(count == 1 ? "" : "s")}");
    }
}
