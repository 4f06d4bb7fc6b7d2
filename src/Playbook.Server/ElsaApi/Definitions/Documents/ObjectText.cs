using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Descriptors;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>
/// Inputs that are edited as JSON. Studio's JSON editor shows and writes literals only: it would show an object
/// expression as empty and then save it so. On the wire such an object is a literal; stored it is an object, which is what
/// runs can read.
/// </summary>
internal static class ObjectText
{
    public static bool IsFor(ActivityDescriptor descriptor, string member) =>
        descriptor.Inputs.Any(input => input.UiHint == "json-editor" && Json.CamelCase(input.Name) == member);

    public static JsonNode? ToWire(JsonNode? value)
    {
        var wire = Json.Copy(value);
        if (wire is JsonObject input && input["expression"] is JsonObject expression && Json.Text(expression["type"]) is "Object" or "Json" && ((JsonObject)wire)["expression"] is JsonObject shown)
        {
            shown["type"] = "Literal";
            if (shown["value"] is { } inner && Json.Text(inner) is null)
                shown["value"] = inner.ToJsonString();
        }

        return wire;
    }

    /// <summary>Null where the editor was only looked at: an empty text says that there is no value.</summary>
    public static JsonNode? FromWire(JsonNode? value)
    {
        var stored = Json.Copy(value);
        if (stored is not JsonObject input || input["expression"] is not JsonObject expression || Json.Text(expression["type"]) != "Literal" || Json.Text(expression["value"]) is not { } text)
            return stored;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (text.TrimStart() is ['[' or '{', ..])
            expression["type"] = "Object";
        return stored;
    }
}
