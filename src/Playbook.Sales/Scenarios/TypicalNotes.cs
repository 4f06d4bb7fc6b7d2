using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Sales.Scenarios;

/// <summary>
/// What people typically write down and choose in a playbook's steps, taken from its scenarios, so that a preview reads like
/// the real thing.
/// </summary>
/// <param name="Values">By the names of fields and inputs.</param>
/// <param name="Outcomes">By activity id.</param>
public sealed record TypicalNotes(IReadOnlyDictionary<string, object?> Values, IReadOnlyDictionary<string, string> Outcomes)
{
    public static TypicalNotes None { get; } = new(new Dictionary<string, object?>(), new Dictionary<string, string>());

    /// <summary>The first answer that the scenarios give to each field; where none does, the field's own label stands for it.</summary>
    public static TypicalNotes Of(PlaybookDefinition definition, IEnumerable<string> scenarios)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(scenarios);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var outcomes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var scenario in scenarios)
            Learn(scenario, values, outcomes);
        foreach (var (name, label) in definition.Nodes.SelectMany(Labels))
            values.TryAdd(name, $"({label})");
        return new TypicalNotes(values, outcomes);
    }

    private static void Learn(string json, Dictionary<string, object?> values, Dictionary<string, string> outcomes)
    {
        Scenario scenario;
        try
        {
            scenario = Scenario.Read(json);
        }
        catch (ScenarioException)
        {
            // The scenarios panel tells of it; a preview does without.
            return;
        }

        foreach (var step in scenario.Steps)
        {
            if (step["activity"] is JsonValue activity && step["outcome"] is JsonValue outcome)
                outcomes.TryAdd(activity.ToString(), outcome.ToString());
            Add(step["fields"] as JsonObject, values);
        }

        Add(scenario.Given["input"] as JsonObject, values);
    }

    private static void Add(JsonObject? given, Dictionary<string, object?> values)
    {
        foreach (var (name, value) in given ?? [])
            if (value is not null)
                values.TryAdd(name, RunValues.FromJson(JsonSerializer.SerializeToElement(value)));
    }

    private static IEnumerable<(string Name, string Label)> Labels(ActivityNode node)
    {
        if (node.Inputs.FirstOrDefault(i => i.Input.Name == "Fields") is not { Expression.Text: { } text })
            yield break;
        JsonNode? fields = null;
        try
        {
            fields = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // The checks say what is wrong with it.
        }

        foreach (var field in (fields as JsonArray ?? []).OfType<JsonObject>())
            if (field["name"] is JsonValue && field["type"]?.ToString() is null or "text" or "multiline" && field["label"] is JsonValue label)
                yield return (field["name"]!.ToString(), label.ToString().TrimEnd('?', ':'));
    }
}
