using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Playbook.Sales.Reps;

/// <summary>
/// The roles that a person holds, in order and each once. A type of its own so that two reps with the same roles are
/// equal: an import must see that nothing changed.
/// </summary>
[JsonConverter(typeof(RoleSetJson))]
public sealed class RoleSet : IReadOnlyCollection<string>, IEquatable<RoleSet>
{
    private readonly string[] _roles;

    public RoleSet(IEnumerable<string> roles)
    {
        _roles = [.. roles.Select(role => role.Trim()).Where(role => role.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    public static RoleSet None { get; } = new([]);

    public int Count => _roles.Length;

    public static RoleSet Parse(string text) => new(text.Split([',', ';', '|', '/'], StringSplitOptions.TrimEntries));

    public bool Has(string role) => _roles.Contains(role, StringComparer.Ordinal);

    public RoleSet With(IEnumerable<string> roles) => new(_roles.Concat(roles));

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_roles).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _roles.GetEnumerator();

    public bool Equals(RoleSet? other) => other is not null && _roles.AsSpan().SequenceEqual(other._roles);

    public override bool Equals(object? obj) => Equals(obj as RoleSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var role in _roles)
            hash.Add(role, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(',', _roles);

    private sealed class RoleSetJson : JsonConverter<RoleSet>
    {
        public override RoleSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<string[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, RoleSet value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value._roles, options);
    }
}
