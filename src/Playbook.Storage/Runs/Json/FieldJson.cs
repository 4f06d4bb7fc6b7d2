using System.Text.Json;
using Playbook.Abstractions;
using static Playbook.Storage.Runs.Json.JsonMembers;

namespace Playbook.Storage.Runs.Json;

/// <summary>One field of a guided step's form as JSON.</summary>
internal static class FieldJson
{
    internal static void Write(Utf8JsonWriter writer, FormField field)
    {
        writer.WriteStartObject();
        writer.WriteString("name", field.Name);
        writer.WriteString("label", field.Label);
        if (field.Type != "text")
            writer.WriteString("type", field.Type);
        Truth(writer, "required", field.Required);
        Texts(writer, "requiredFor", field.RequiredFor);
        Texts(writer, "options", field.Options);
        if (field.Min is { } min)
            writer.WriteNumber("min", min);
        if (field.Max is { } max)
            writer.WriteNumber("max", max);
        Text(writer, "pattern", field.Pattern);
        writer.WriteEndObject();
    }

    internal static FormField Read(JsonElement field) => new(
        Need(field, "name"),
        Need(field, "label"),
        Text(field, "type") ?? "text")
    {
        Required = Truth(field, "required"),
        RequiredFor = Texts(field, "requiredFor"),
        Options = Texts(field, "options"),
        Min = field.TryGetProperty("min", out var min) ? min.GetDecimal() : null,
        Max = field.TryGetProperty("max", out var max) ? max.GetDecimal() : null,
        Pattern = Text(field, "pattern"),
    };
}
