namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>The types that a variable or an input of a playbook can have: those that runs keep and convert.</summary>
internal static class VariableTypes
{
    public static IReadOnlyList<VariableType> All { get; } =
    [
        new("Object", "Primitives", "Any value."),
        new("String", "Primitives", "Text."),
        new("Boolean", "Primitives", "Yes or no."),
        new("Int32", "Primitives", "A whole number up to about two thousand million."),
        new("Long", "Primitives", "A whole number of any practical size."),
        new("Single", "Primitives", "A number with about seven digits."),
        new("Double", "Primitives", "A number with about fifteen digits."),
        new("Decimal", "Primitives", "An exact decimal number, as money needs it."),
        new("Guid", "Primitives", "A unique id."),
        new("DateTime", "Primitives", "A date and time without a zone."),
        new("DateTimeOffset", "Primitives", "A point in time."),
        new("TimeSpan", "Primitives", "A length of time; two days are 2.00:00:00."),
        new("StringDictionary", "Lookups", "Texts by name."),
        new("ObjectDictionary", "Lookups", "Values by name."),
        new("JSON", "Dynamic", "Anything that JSON can say, read by dots."),
        new("JsonElement", "Dynamic", "A JSON value."),
        new("JsonNode", "Dynamic", "A JSON value."),
        new("JsonObject", "Dynamic", "A JSON object."),
        new("ByteArray", "Data", "Bytes."),
    ];
}

internal sealed record VariableType(string TypeName, string Category, string Description)
{
    public string DisplayName => TypeName;
}
