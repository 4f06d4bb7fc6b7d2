namespace Playbook.Engine.Expressions;

/// <summary>An Elsa expression: its type and its text (for Object a JSON text; for Variable a variable's id or name).</summary>
public sealed record Expression(string Type, string? Text)
{
    public bool IsLiteral => string.Equals(Type, "Literal", StringComparison.OrdinalIgnoreCase);
}
