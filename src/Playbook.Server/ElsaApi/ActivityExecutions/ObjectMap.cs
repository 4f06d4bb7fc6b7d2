namespace Playbook.Server.ElsaApi.ActivityExecutions;

/// <summary>Elsa marks free-form maps with their type.</summary>
internal static class ObjectMap
{
    private static readonly KeyValuePair<string, object?> Type = new("_type", "ObjectMap");

    public static IReadOnlyDictionary<string, object?> Empty { get; } = Of([]);

    public static IReadOnlyDictionary<string, object?> Of(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var map = new Dictionary<string, object?>();
        foreach (var (name, value) in members.Append(Type))
            map[name] = value;
        return map;
    }
}
