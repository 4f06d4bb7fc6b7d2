using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Server.Commands.Conformance;

/// <summary>One recorded case: a definition, its input, and what a real Elsa did with it.</summary>
internal sealed record ConformanceCase(string Name, IReadOnlyList<string> Labels, JsonObject Definition, JsonObject Input, JsonObject Expected)
{
    /// <summary>Reads one line; throws <see cref="JsonException"/> where it is no case.</summary>
    public static ConformanceCase Read(string line)
    {
        var json = JsonNode.Parse(line) as JsonObject ?? throw new JsonException("A case is a JSON object.");
        return new ConformanceCase(
            json["name"]?.GetValue<string>() ?? throw new JsonException("The case has no name."),
            [.. (json["features"] as JsonArray ?? []).Select(f => f!.GetValue<string>())],
            json["definition"] as JsonObject ?? throw new JsonException("The case has no definition."),
            json["input"] as JsonObject ?? [],
            json["expected"] as JsonObject ?? throw new JsonException("The case has no expectation."));
    }

    public bool Has(string label) => Labels.Contains(label);

    public bool HasQuirk => Labels.Any(l => l.StartsWith("quirk-", StringComparison.Ordinal));
}
