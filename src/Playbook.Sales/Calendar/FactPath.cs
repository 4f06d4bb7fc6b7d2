using System.Diagnostics.CodeAnalysis;

namespace Playbook.Sales.Calendar;

/// <summary>Walks dotted paths such as <c>contact.name</c> through dictionaries.</summary>
internal static class FactPath
{
    /// <summary>The value at the path; null where any part of it is missing.</summary>
    public static object? Find(IReadOnlyDictionary<string, object?> facts, string path) => Walk(facts, path.Split('.'));

    public static object? Walk(object? from, ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (!TryMap(from, out var map) || !map.TryGetValue(part, out from))
                return null;
        }
        return from;
    }

    public static bool TryMap(object? value, [NotNullWhen(true)] out IReadOnlyDictionary<string, object?>? map)
    {
        map = value switch
        {
            IReadOnlyDictionary<string, object?> readable => readable,
            IDictionary<string, object?> writable => new Dictionary<string, object?>(writable),
            _ => null,
        };
        return map is not null;
    }
}
