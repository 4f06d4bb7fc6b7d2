namespace Playbook.Engine.Expressions;

/// <summary>An expression could not be parsed or evaluated; the message names the cause as a person would need it.</summary>
public sealed class ExpressionException : Exception
{
    public ExpressionException(string message)
        : base(message)
    {
    }

    public ExpressionException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The line in the text, from 1; 0 where it is not known.</summary>
    public int Line { get; init; }
}
