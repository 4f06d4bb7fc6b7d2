namespace Playbook.Engine.Expressions;

/// <summary>An Elsa expression: its type and its text (for Object a JSON text; for Variable a variable's id or name).</summary>
public sealed record Expression(string Type, string? Text)
{
    /// <summary>
    /// The value of a Literal that stood in the document as a number or a boolean, not as text; null otherwise. It matters
    /// where the input's type is Object: the number 1.5 set on an Int32 variable is 2, the text "1.5" is 0.
    /// </summary>
    public object? Value { get; init; }

    public bool IsLiteral => Type is "Literal";
}
