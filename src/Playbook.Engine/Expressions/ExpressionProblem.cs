namespace Playbook.Engine.Expressions;

/// <summary>Something wrong with an expression that can be seen without running it.</summary>
/// <param name="Message">What is wrong, in a sentence, with the name that was probably meant.</param>
/// <param name="Line">The line in the text, from 1; 0 where it is not known.</param>
public sealed record ExpressionProblem(string Message, int Line)
{
    /// <summary>The name that is not known; null where the text itself is broken.</summary>
    public string? Name { get; init; }

    /// <summary>The name that was probably meant; null for none.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Whether running it is bound to fail; otherwise it runs, but probably not as meant.</summary>
    public bool IsError { get; init; }

    internal static ExpressionProblem Broken(string message, int line = 0) => new(message, line) { IsError = true };

    internal static ExpressionProblem Unknown(string what, string name, IEnumerable<string> candidates, int line, bool isError, string prefix = "")
    {
        var suggestion = DidYouMean.Suggest(name, candidates);
        var hint = suggestion is null ? "." : $"; did you mean '{prefix}{suggestion}'?";
        return new ExpressionProblem($"There is no {what} '{prefix}{name}'{hint}", line)
        {
            Name = prefix + name,
            Suggestion = suggestion is null ? null : prefix + suggestion,
            IsError = isError,
        };
    }
}
