namespace Playbook.Engine.Definitions;

public enum Severity
{
    Warning,
    Error,
}

/// <summary>Something about a definition that a designer should know.</summary>
/// <param name="Code">Stable code, such as <c>PB101</c>; the list stands in <see cref="DiagnosticCodes"/>.</param>
/// <param name="Severity">Errors stop publishing; warnings do not.</param>
/// <param name="Path">Where in the JSON, as <c>$.root.activities[3].role</c>.</param>
/// <param name="ActivityId">Which activity; null where the document as a whole is meant.</param>
/// <param name="Message">The cause and the cure.</param>
/// <param name="Suggestion">"Did you mean": a name that exists; null where none is near.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Path, string? ActivityId, string Message, string? Suggestion = null)
{
    public override string ToString() =>
        $"{(Severity == Severity.Error ? "error" : "warning")} {Code} {Path}{(ActivityId is null ? "" : $" ({ActivityId})")}: {Message}{(Suggestion is null ? "" : $" Did you mean '{Suggestion}'?")}";
}

/// <summary>The codes of all diagnostics.</summary>
public static class DiagnosticCodes
{
    public const string NotJson = "PB001";
    public const string TooLarge = "PB002";
    public const string TooDeep = "PB003";
    public const string WrongShape = "PB004";
    public const string NoRoot = "PB005";
    public const string DuplicateId = "PB006";
    public const string UnknownActivityType = "PB101";
    public const string DanglingConnection = "PB102";
    public const string Unreachable = "PB103";
    public const string OutcomeLeadsNowhere = "PB104";
    public const string CycleWithoutWait = "PB105";
    public const string InvalidLoop = "PB106";
    public const string UnknownPort = "PB107";
    public const string MissingConnection = "PB108";
    public const string WrongInputType = "PB201";
    public const string MissingInput = "PB202";
    public const string UnknownInput = "PB203";
    public const string UnknownVariable = "PB204";
    public const string BadExpression = "PB205";
    public const string ExpressionNotRun = "PB206";
    public const string ScriptNotFound = "PB301";
    public const string ScriptProblem = "PB302";
    public const string UnknownReference = "PB303";
    public const string NoRole = "PB304";
    public const string WaitWithoutLimit = "PB305";
}
