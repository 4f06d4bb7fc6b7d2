using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Playbook.Storage.Crm;

/// <summary>A page of a long list, with the places where the pages around it begin.</summary>
/// <param name="Earlier">Goes to the page before; null on the first one.</param>
/// <param name="Later">Goes to the page after; null on the last one.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Rows, long Total, string? Earlier, string? Later)
{
    public const int Size = 50;
}

/// <summary>
/// A place in a sorted list, before or after one row: the next page is found by an index, however far down it is, and a row
/// that comes or goes meanwhile shifts nothing.
/// </summary>
internal sealed record ListPlace(object? Value, string Id, bool Backwards)
{
    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { Value, Id, Backwards }))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Null for what is no place: an address that somebody mistyped shows the beginning.</summary>
    public static ListPlace? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var plain = text.Replace('-', '+').Replace('_', '/');
            var parts = JsonSerializer.Deserialize<JsonElement[]>(Convert.FromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '=')));
            if (parts is not [var value, { ValueKind: JsonValueKind.String } id, { ValueKind: JsonValueKind.True or JsonValueKind.False } backwards])
                return null;
            object? read = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
                _ => null,
            };
            return read is null ? null : new(read, id.GetString()!, backwards.GetBoolean());
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>The conditions of a list with their values, numbered as EF Core's raw queries want them.</summary>
internal sealed class ListConditions
{
    private readonly List<string> _clauses = [];
    private readonly List<object> _values = [];

    public string Where => _clauses.Count == 0 ? "" : "WHERE " + string.Join(" AND ", _clauses);
    public object[] Values => [.. _values];

    /// <summary><paramref name="clause"/> has <c>@</c> wherever the value belongs.</summary>
    public ListConditions Add(string clause, object value)
    {
        _clauses.Add(clause.Replace("@", Hold(value), StringComparison.Ordinal));
        return this;
    }

    public ListConditions Add(string clause)
    {
        _clauses.Add(clause);
        return this;
    }

    public string Hold(object value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"{{{_values.Count - 1}}}");
    }

    /// <summary>A pattern for LIKE with <c>\</c> as its escape.</summary>
    public static string Containing(string words) =>
        $"%{words.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
