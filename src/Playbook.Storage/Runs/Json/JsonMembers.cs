using System.Text.Json;

namespace Playbook.Storage.Runs.Json;

/// <summary>Members of an object, left out where they say nothing.</summary>
internal static class JsonMembers
{
    internal static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    internal static void Truth(Utf8JsonWriter writer, string name, bool value)
    {
        if (value)
            writer.WriteBoolean(name, true);
    }

    internal static void Texts(Utf8JsonWriter writer, string name, IReadOnlyList<string> values, bool leaveOutEmpty = true)
    {
        if (leaveOutEmpty && values.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    internal static void Value(Utf8JsonWriter writer, string name, object? value)
    {
        if (value is null)
            return;
        writer.WritePropertyName(name);
        ValueJson.Write(writer, value);
    }

    internal static void Map(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, object?> map)
    {
        if (map.Count == 0)
            return;
        writer.WritePropertyName(name);
        ValueJson.WriteMap(writer, map);
    }

    internal static string Need(JsonElement element, string name) =>
        Text(element, name) ?? throw new JsonException($"The stored effect has no '{name}'; its row is damaged. Restore the database from the latest backup.");

    internal static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    internal static bool Truth(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.GetBoolean();

    internal static IReadOnlyList<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString() ?? "")] : [];

    internal static object? Value(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? ValueJson.Read(value) : null;

    internal static IReadOnlyDictionary<string, object?> Map(JsonElement element, string name) =>
        element.TryGetProperty(name, out var map) ? ValueJson.ReadMap(map) : new Dictionary<string, object?>();
}
