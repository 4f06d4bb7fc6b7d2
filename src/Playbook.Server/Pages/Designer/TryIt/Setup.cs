using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;

namespace Playbook.Server.Pages.Designer.TryIt;

/// <summary>An input of the playbook as a form asks for it.</summary>
public sealed record AskedInput(string Name, string Label, string? About);

/// <summary>How a trial is to begin.</summary>
public sealed class Setup
{
    public TriedSubject Who { get; set; } = TriedSubject.Typical;
    public string Language { get; set; } = "en";
    public bool Consent { get; set; } = true;
    public DateTimeOffset Start { get; set; }

    /// <summary>What was written into the inputs, by name.</summary>
    public Dictionary<string, string> Inputs { get; } = new(StringComparer.Ordinal);

    public static IReadOnlyList<AskedInput> Asked(PlaybookDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var declared = (definition.Document.Json["inputs"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return [.. definition.Inputs.Select(input => declared.Find(json => Text(json["name"]) == input.Name) is { } json
            ? new AskedInput(input.Name, Text(json["displayName"]) ?? input.Name, Text(json["description"]))
            : new AskedInput(input.Name, input.Name, null))];
    }

    /// <summary>The inputs as the run takes them; says what is wrong where one is not what the playbook declares.</summary>
    public string? Input(PlaybookDefinition definition, out Dictionary<string, object?> input)
    {
        ArgumentNullException.ThrowIfNull(definition);
        input = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var declared in definition.Inputs)
            if (Inputs.TryGetValue(declared.Name, out var text) && !string.IsNullOrWhiteSpace(text))
                try
                {
                    input[declared.Name] = ValueConversion.To(text.Trim(), declared.IsArray ? declared.TypeName + "[]" : declared.TypeName);
                }
                catch (ExpressionException wrong)
                {
                    return $"“{declared.Name}” is not what the playbook asks for: {wrong.Message}";
                }

        return null;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
