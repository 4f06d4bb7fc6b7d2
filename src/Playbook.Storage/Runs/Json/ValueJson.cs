using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Playbook.Storage.Runs.Json;

/// <summary>
/// Values of playbooks as JSON and back: string, bool, long, double, decimal, lists, dictionaries, and dates. What JSON
/// has no word for is an object with one member whose name begins with <c>$</c>, such as <c>{"$date":"…"}</c>.
/// </summary>
internal static class ValueJson
{
    internal static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case long number: writer.WriteNumberValue(number); break;
            case int or short or sbyte or byte or ushort or uint: writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case ulong number: Write(writer, number <= long.MaxValue ? (long)number : (decimal)number); break;
            case double number: WriteDouble(writer, number); break;
            case float number: WriteDouble(writer, number); break;
            case decimal number: Tagged(writer, "$decimal", number.ToString(CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: Tagged(writer, "$time", time.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateTime time: Tagged(writer, "$datetime", time.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateOnly date: Tagged(writer, "$date", date.ToString("O", CultureInfo.InvariantCulture)); break;
            case TimeOnly time: Tagged(writer, "$timeofday", time.ToString("O", CultureInfo.InvariantCulture)); break;
            case TimeSpan span: Tagged(writer, "$span", span.ToString("c", CultureInfo.InvariantCulture)); break;
            case Guid id: Tagged(writer, "$guid", id.ToString()); break;
            case byte[] bytes: Tagged(writer, "$bytes", Convert.ToBase64String(bytes)); break;
            case Enum or char or Uri: writer.WriteStringValue(value.ToString()); break;
            case JsonElement element: WriteElement(writer, element); break;
            case JsonNode node: WriteElement(writer, JsonSerializer.SerializeToElement(node)); break;
            case IReadOnlyDictionary<string, object?> map: WriteMap(writer, map); break;
            case IDictionary<string, object?> map: WriteMap(writer, map); break;
            case IDictionary map: WriteMap(writer, Pairs(map)); break;
            case IEnumerable list: WriteList(writer, list); break;
            // A plugin's own type: kept as what its public members say, rather than failing a run over it.
            default: WriteElement(writer, JsonSerializer.SerializeToElement(value)); break;
        }
    }

    internal static void WriteMap(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> map)
    {
        var pairs = map as IReadOnlyCollection<KeyValuePair<string, object?>> ?? [.. map];
        var looksTagged = pairs.Count == 1 && pairs.First().Key.StartsWith('$');
        if (looksTagged)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("$object");
        }

        writer.WriteStartObject();
        foreach (var (key, item) in pairs)
        {
            writer.WritePropertyName(key);
            Write(writer, item);
        }

        writer.WriteEndObject();
        if (looksTagged)
            writer.WriteEndObject();
    }

    internal static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Read).ToList(),
        JsonValueKind.Object => ReadTagged(element) is (true, var value) ? value : ReadMap(element),
        _ => null,
    };

    internal static Dictionary<string, object?> ReadMap(JsonElement element)
    {
        var source = Single(element) is { Name: "$object" } wrapped ? wrapped.Value : element;
        var map = new Dictionary<string, object?>();
        foreach (var member in source.EnumerateObject())
            map[member.Name] = Read(member.Value);
        return map;
    }

    private static object ReadNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
            return whole;
        // A whole number too large for long keeps its digits where decimal can hold them.
        return element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 && element.TryGetDecimal(out var large) ? large : element.GetDouble();
    }

    private static (bool Known, object? Value) ReadTagged(JsonElement element)
    {
        if (Single(element) is not { } member || member.Value.ValueKind != JsonValueKind.String)
            return (false, null);
        var text = member.Value.GetString()!;
        var invariant = CultureInfo.InvariantCulture;
        return member.Name switch
        {
            "$decimal" => (true, decimal.Parse(text, invariant)),
            "$double" => (true, double.Parse(text, invariant)),
            "$time" => (true, DateTimeOffset.Parse(text, invariant, DateTimeStyles.RoundtripKind)),
            "$datetime" => (true, DateTime.Parse(text, invariant, DateTimeStyles.RoundtripKind)),
            "$date" => (true, DateOnly.Parse(text, invariant)),
            "$timeofday" => (true, TimeOnly.Parse(text, invariant)),
            "$span" => (true, TimeSpan.Parse(text, invariant)),
            "$guid" => (true, Guid.Parse(text)),
            "$bytes" => (true, Convert.FromBase64String(text)),
            _ => (false, null),
        };
    }

    private static JsonProperty? Single(JsonElement element)
    {
        JsonProperty? only = null;
        foreach (var member in element.EnumerateObject())
        {
            if (only is not null)
                return null;
            only = member;
        }

        return only is { } single && single.Name.StartsWith('$') ? single : null;
    }

    private static void WriteDouble(Utf8JsonWriter writer, double number)
    {
        if (!double.IsFinite(number))
        {
            Tagged(writer, "$double", number.ToString(CultureInfo.InvariantCulture));
            return;
        }

        // 3 and 3.0 are different types when read back, so a whole double keeps its point.
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        writer.WriteRawValue(text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text, skipInputValidation: true);
    }

    private static void WriteElement(Utf8JsonWriter writer, JsonElement element) => Write(writer, element.ValueKind switch
    {
        // Its members are somebody else's: one called "$date" is not our date.
        JsonValueKind.Object => Plain(element),
        JsonValueKind.Array => element.EnumerateArray().ToList(),
        _ => Read(element),
    });

    private static Dictionary<string, object?> Plain(JsonElement element)
    {
        var map = new Dictionary<string, object?>();
        foreach (var member in element.EnumerateObject())
            map[member.Name] = member.Value;
        return map;
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable list)
    {
        writer.WriteStartArray();
        foreach (var item in list)
            Write(writer, item);
        writer.WriteEndArray();
    }

    private static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
            yield return new(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "", entry.Value);
    }

    private static void Tagged(Utf8JsonWriter writer, string tag, string value)
    {
        writer.WriteStartObject();
        writer.WriteString(tag, value);
        writer.WriteEndObject();
    }
}
