using System.Text.Json.Nodes;
using Playbook.Sales.Metrics;

namespace Playbook.Server.Pages.Measures.Heat;

/// <summary>A step where the designer has put it.</summary>
/// <param name="IsHuman">Whether a person does it.</param>
public sealed record HeatBox(string Id, string Title, bool IsHuman, double X, double Y);

/// <summary>A line between two steps.</summary>
public sealed record HeatLine(HeatBox From, HeatBox To);

/// <summary>A playbook's drawing with how its steps fare.</summary>
public sealed record HeatMap(string Id, string Name, int Version, IReadOnlyList<HeatBox> Boxes, IReadOnlyList<HeatLine> Lines, IReadOnlyDictionary<string, StepHeat> Heat)
{
    public const double BoxWidth = 210;
    public const double BoxHeight = 74;

    private const double Margin = 16;

    public double Left => Boxes.Select(box => box.X).DefaultIfEmpty(0).Min() - Margin;

    public double Top => Boxes.Select(box => box.Y).DefaultIfEmpty(0).Min() - Margin;

    public double Width => Boxes.Select(box => box.X).DefaultIfEmpty(0).Max() + BoxWidth + Margin - Left;

    public double Height => Boxes.Select(box => box.Y).DefaultIfEmpty(0).Max() + BoxHeight + Margin - Top;

    /// <summary>The steps that people do, in reading order: what something is known of.</summary>
    public IEnumerable<HeatBox> Human => Boxes.Where(box => box.IsHuman || Heat.ContainsKey(box.Id)).OrderBy(box => box.X).ThenBy(box => box.Y);

    /// <summary>Reads Elsa's document; steps that nobody has placed stand one after the other.</summary>
    public static HeatMap Of(string id, string name, int version, string json, IReadOnlyList<StepHeat> heat)
    {
        ArgumentNullException.ThrowIfNull(heat);
        var root = JsonNode.Parse(json)?["root"];
        var boxes = ((root?["activities"] as JsonArray)?.OfType<JsonObject>() ?? []).Select(Box).ToList();
        var byId = boxes.GroupBy(box => box.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var drawn = ((root?["connections"] as JsonArray)?.OfType<JsonObject>() ?? [])
            .Select(line => (From: Text(line["source"], "activity"), To: Text(line["target"], "activity"))).Distinct()
            .Where(line => line.From is not null && line.To is not null && byId.ContainsKey(line.From) && byId.ContainsKey(line.To))
            .Select(line => new HeatLine(byId[line.From!], byId[line.To!]));
        // A sequence has no lines in the document: one step simply follows the other.
        if (Text(root, "type") == "Elsa.Sequence")
            drawn = boxes.Zip(boxes.Skip(1), (from, to) => new HeatLine(from, to));
        return new HeatMap(id, name, version, boxes, [.. drawn], heat.ToDictionary(step => step.Step, StringComparer.Ordinal));
    }

    private static HeatBox Box(JsonObject step, int at)
    {
        var place = step["metadata"]?["designer"]?["position"];
        return new HeatBox(
            Text(step, "id") ?? "", Text(step["metadata"], "displayText") ?? Text(step, "name") ?? Text(step, "id") ?? "",
            step["role"] is not null || step["toRole"] is not null, Number(place, "x") ?? at * (BoxWidth + 60), Number(place, "y") ?? 0);
    }

    private static string? Text(JsonNode? node, string name) => node?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static double? Number(JsonNode? node, string name) => node?[name] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;
}
