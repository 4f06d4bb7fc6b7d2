using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Server.Commands.Conformance;

/// <summary>One recorded case: a definition, its input, and what a real Elsa did with it.</summary>
internal sealed record ConformanceCase(string Name, IReadOnlyList<string> Labels, JsonObject Definition, JsonObject Input, JsonObject Expected)
{
    // A case holds a definition a few levels down, and what is too deep for us must reach the compiler to be told so.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4 * Engine.Definitions.WorkflowDocument.MaxDepth };

    /// <summary>Reads one line; throws <see cref="JsonException"/> where it is no case.</summary>
    public static ConformanceCase Read(string line)
    {
        var json = JsonNode.Parse(line, documentOptions: Options) as JsonObject ?? throw new JsonException("A case is a JSON object.");
        return new ConformanceCase(
            (json["name"] as JsonValue)?.ToString() ?? throw new JsonException("The case has no name."),
            [.. (json["features"] as JsonArray ?? []).OfType<JsonValue>().Select(f => f.ToString())],
            json["definition"] as JsonObject ?? throw new JsonException("The case has no definition."),
            json["input"] as JsonObject ?? [],
            json["expected"] as JsonObject ?? throw new JsonException("The case has no expectation."));
    }

    public bool Has(string label) => Labels.Contains(label);

    public JsonArray Events => Expected["events"] as JsonArray ?? [];

    public JsonArray Suspensions => Expected["suspensions"] as JsonArray ?? [];
}
