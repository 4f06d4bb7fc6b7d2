using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Sales.Scenarios;

/// <summary>
/// An example of how a playbook is to go: given this contact, when these things happen, then this is so. A test of the
/// playbook that stands beside it.
/// </summary>
/// <param name="Name">The example in a sentence.</param>
public sealed record Scenario(string Name, JsonObject Given, IReadOnlyList<JsonObject> Steps, IReadOnlyList<JsonObject> Then)
{
    /// <summary>Reads a scenario's JSON text. Throws <see cref="ScenarioException"/> where it is none.</summary>
    public static Scenario Read(string json)
    {
        try
        {
            var root = JsonNode.Parse(json) as JsonObject ?? throw new ScenarioException("A scenario is a JSON object.");
            var name = root["name"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : throw new ScenarioException("The scenario has no name.");
            var then = Objects(root, "then");
            return then.Count == 0
                ? throw new ScenarioException($"The scenario '{name}' expects nothing: write under 'then' what is to be so.")
                : new Scenario(name, root["given"] as JsonObject ?? [], Objects(root, "steps"), then);
        }
        catch (JsonException e)
        {
            throw new ScenarioException($"The scenario is not valid JSON: {e.Message}");
        }
    }

    private static List<JsonObject> Objects(JsonObject root, string name) => root[name] switch
    {
        null => [],
        JsonArray array when array.All(item => item is JsonObject) => [.. array.Cast<JsonObject>()],
        _ => throw new ScenarioException($"'{name}' of a scenario is a list of objects."),
    };
}

/// <summary>A scenario cannot be read or run as it is written.</summary>
public sealed class ScenarioException(string message) : Exception(message);

/// <summary>How a scenario went.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Difference">The first thing that was not as written; null where all was.</param>
/// <param name="Path">The activities that the run went through, in order.</param>
public sealed record ScenarioResult(string Name, string? Difference, IReadOnlyList<string> Path)
{
    public bool Passed => Difference is null;
}
