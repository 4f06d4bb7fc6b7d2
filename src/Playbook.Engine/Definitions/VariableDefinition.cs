namespace Playbook.Engine.Definitions;

/// <summary>A variable of a playbook or of a container in it.</summary>
/// <param name="Id">What SetVariable and output bindings refer to.</param>
/// <param name="Name">What expressions refer to.</param>
/// <param name="TypeName">Elsa's type alias.</param>
/// <param name="IsArray">Whether it holds a list of that type.</param>
/// <param name="Default">The value that it starts with, as text; null or empty for none.</param>
public sealed record VariableDefinition(string Id, string Name, string TypeName, bool IsArray, string? Default)
{
    public string FullTypeName { get; } = IsArray ? TypeName + "[]" : TypeName;
}

/// <summary>An input that a playbook declares.</summary>
public sealed record InputDefinition(string Name, string TypeName, bool IsArray);

/// <summary>An output that a playbook declares.</summary>
public sealed record OutputDefinition(string Name, string TypeName, bool IsArray);
