namespace Playbook.Engine.Expressions;

internal enum ValueKind
{
    Object,
    Text,
    Boolean,
    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    DateTime,
    DateTimeOffset,
    TimeSpan,
    Guid,
    Json,
    List,

    /// <summary>A CLR type that we do not know (an Elsa enum, say): scalars become text, the rest is left alone.</summary>
    Opaque,
}

/// <summary>What a type name of a definition means to us: a kind and, for lists, the kind of the elements.</summary>
internal sealed record TypeShape(ValueKind Kind, TypeShape? Element = null)
{
    private static readonly BoundedCache<TypeShape> Known = new(512);

    private static readonly Dictionary<string, ValueKind> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Object"] = ValueKind.Object,
        ["String"] = ValueKind.Text,
        ["Char"] = ValueKind.Text,
        ["Uri"] = ValueKind.Text,
        ["ByteArray"] = ValueKind.Text,
        ["Boolean"] = ValueKind.Boolean,
        ["Bool"] = ValueKind.Boolean,
        ["Byte"] = ValueKind.Int16,
        ["Int16"] = ValueKind.Int16,
        ["Int32"] = ValueKind.Int32,
        ["Int"] = ValueKind.Int32,
        ["Int64"] = ValueKind.Int64,
        ["Long"] = ValueKind.Int64,
        ["Single"] = ValueKind.Single,
        ["Float"] = ValueKind.Single,
        ["Double"] = ValueKind.Double,
        ["Decimal"] = ValueKind.Decimal,
        ["DateTime"] = ValueKind.DateTime,
        ["DateTimeOffset"] = ValueKind.DateTimeOffset,
        ["TimeSpan"] = ValueKind.TimeSpan,
        ["Guid"] = ValueKind.Guid,
        ["JSON"] = ValueKind.Json,
        ["ExpandoObject"] = ValueKind.Json,
        ["JsonElement"] = ValueKind.Json,
        ["JsonNode"] = ValueKind.Json,
        ["JsonObject"] = ValueKind.Json,
        ["JsonArray"] = ValueKind.Json,
        ["StringDictionary"] = ValueKind.Json,
        ["ObjectDictionary"] = ValueKind.Json,
        ["StringMap"] = ValueKind.Json,
        ["ObjectMap"] = ValueKind.Json,
    };

    private static readonly string[] ListNames =
        ["List", "IList", "ICollection", "IEnumerable", "HashSet", "ISet", "Collection", "IReadOnlyList", "IReadOnlyCollection"];

    public static TypeShape Of(string typeName) => Known.GetOrAdd(typeName, Parse);

    private static TypeShape Parse(string typeName)
    {
        // Lists of lists of lists, and so on for a megabyte, are no type but an attack on the stack.
        if (typeName.Length > 500)
            return new TypeShape(ValueKind.Opaque);
        var name = typeName.Trim().TrimEnd('?');
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            return name is "Byte[]" ? new TypeShape(ValueKind.Text) : new TypeShape(ValueKind.List, Parse(name[..^2]));
        }

        if (name.EndsWith('>') && name.IndexOf('<', StringComparison.Ordinal) is var open and > 0)
        {
            return Generic(name[..open], name[(open + 1)..^1]);
        }

        if (name.IndexOf("`1[[", StringComparison.Ordinal) is var tick and > 0)
        {
            var end = name.LastIndexOf("]]", StringComparison.Ordinal);
            return end < 0 ? new TypeShape(ValueKind.Opaque) : Generic(name[..tick], name[(tick + 4)..end]);
        }

        if (name.Contains("Dictionary`2[[", StringComparison.Ordinal))
        {
            return new TypeShape(ValueKind.Json);
        }

        return Names.TryGetValue(Simple(name), out var kind) ? new TypeShape(kind) : new TypeShape(ValueKind.Opaque);
    }

    private static TypeShape Generic(string outer, string inner)
    {
        outer = Simple(outer);
        if (outer is "Nullable")
        {
            return Parse(inner);
        }

        return ListNames.Contains(outer, StringComparer.OrdinalIgnoreCase)
            ? new TypeShape(ValueKind.List, Parse(inner))
            : new TypeShape(outer.EndsWith("Dictionary", StringComparison.Ordinal) ? ValueKind.Json : ValueKind.Opaque);
    }

    // "System.Int32, System.Private.CoreLib" is Int32; a name of any other namespace keeps it and so stays unknown.
    private static string Simple(string name)
    {
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        var full = (comma < 0 ? name : name[..comma]).Trim();
        return full.StartsWith("System.", StringComparison.Ordinal) ? full[(full.LastIndexOf('.') + 1)..] : full;
    }
}
