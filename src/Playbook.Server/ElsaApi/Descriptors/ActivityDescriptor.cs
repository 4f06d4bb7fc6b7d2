namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>An activity type as Elsa's clients know it: what the palette shows and the forms are made of.</summary>
internal sealed record ActivityDescriptor
{
    public required string TypeName { get; init; }
    public required string ClrType { get; init; }
    public required string Namespace { get; init; }
    public required string Name { get; init; }
    public int Version { get; init; } = 1;
    public required string Category { get; init; }
    public required string DisplayName { get; init; }
    public string? Description { get; init; }
    public required IReadOnlyList<InputDescriptor> Inputs { get; init; }
    public required IReadOnlyList<OutputDescriptor> Outputs { get; init; }
    public required string Kind { get; init; }
    public bool RunAsynchronously { get; init; }
    public required IReadOnlyList<PortDescriptor> Ports { get; init; }
    public required IReadOnlyDictionary<string, object> CustomProperties { get; init; }
    public IReadOnlyDictionary<string, object> ConstructionProperties { get; init; } = new Dictionary<string, object>();
    public bool IsContainer { get; init; }
    public bool IsBrowsable { get; init; } = true;
    public bool IsStart { get; init; }
    public bool IsTerminal { get; init; }
}

/// <param name="IsWrapped">Whether the value stands in an expression; else it stands on the activity as it is.</param>
/// <param name="UiHint">The editor.</param>
internal sealed record InputDescriptor(bool IsWrapped, string UiHint, string Name, string TypeName, string DisplayName)
{
    public string? Description { get; init; }
    public string? Category { get; init; }
    public object? DefaultValue { get; init; }
    public string? DefaultSyntax { get; init; }
    public bool IsReadOnly { get; init; }
    public bool IsSensitive { get; init; }
    public bool AutoEvaluate { get; init; } = true;
    public IReadOnlyDictionary<string, object> UiSpecifications { get; init; } = new Dictionary<string, object>();
    public float Order { get; init; }
    public bool IsBrowsable { get; init; } = true;
    public bool IsSerializable { get; init; } = true;
    public bool IsSynthetic { get; init; }
}

internal sealed record OutputDescriptor(string Name, string TypeName, string DisplayName)
{
    public string? Description { get; init; }
    public float Order { get; init; }
    public bool IsBrowsable { get; init; } = true;
    public bool IsSerializable { get; init; } = true;
    public bool IsSynthetic { get; init; }
}

/// <param name="Type"><c>Flow</c> for an outcome, <c>Embedded</c> for an activity held inside.</param>
internal sealed record PortDescriptor(string Name, string DisplayName, string Type, bool IsBrowsable = true)
{
    public static PortDescriptor Flow(string outcome) => new(outcome, outcome, "Flow");

    public static PortDescriptor Embedded(string name, bool isBrowsable = true) => new(name, Words.Spaced(name), "Embedded", isBrowsable);
}
