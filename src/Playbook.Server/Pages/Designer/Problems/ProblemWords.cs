using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Playbook.Engine.Definitions;

namespace Playbook.Server.Pages.Designer.Problems;

/// <summary>A problem as a salesperson reads it.</summary>
/// <param name="Step">The name of the step on the canvas; null where the playbook as a whole is meant.</param>
public sealed record Problem(Diagnostic Diagnostic, string Title, string Text, string? Step)
{
    public bool IsError => Diagnostic.Severity == Severity.Error;
}

/// <summary>Tells diagnostics with the names that stand on the canvas.</summary>
public static partial class ProblemWords
{
    /// <summary>Errors first, then in the order of the document.</summary>
    public static IReadOnlyList<Problem> Tell(IEnumerable<Diagnostic> diagnostics, JsonObject? document)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(document?["root"], names);
        return [.. diagnostics.OrderByDescending(diagnostic => diagnostic.Severity).Select(diagnostic => Tell(diagnostic, names))];
    }

    private static Problem Tell(Diagnostic diagnostic, Dictionary<string, string> names)
    {
        var step = diagnostic.ActivityId is { } id ? names.GetValueOrDefault(id, id) : null;
        var text = Quoted().Replace(diagnostic.Message, quoted => names.TryGetValue(quoted.Groups[1].Value, out var name) ? $"“{name}”" : $"“{quoted.Groups[1].Value}”");
        return new(diagnostic, Title(diagnostic, step), diagnostic.Suggestion is null ? text : $"{text} Did you mean “{diagnostic.Suggestion}”?", step);
    }

    private static string Title(Diagnostic diagnostic, string? step)
    {
        var what = step is null ? "The playbook" : $"“{step}”";
        return diagnostic.Code switch
        {
            DiagnosticCodes.NotJson or DiagnosticCodes.WrongShape or DiagnosticCodes.NoRoot or DiagnosticCodes.TooLarge or DiagnosticCodes.TooDeep => $"{what} cannot be read as a drawing",
            DiagnosticCodes.DuplicateId => $"Two steps are called {what} inside",
            DiagnosticCodes.UnknownActivityType => $"{what} is of a kind that nobody knows",
            DiagnosticCodes.DanglingConnection => "A connection leads to nowhere",
            DiagnosticCodes.Unreachable => $"No way leads to {what}",
            DiagnosticCodes.MissingConnection => $"{what} is connected to nothing",
            DiagnosticCodes.OutcomeLeadsNowhere => $"{what} has an outcome that leads nowhere",
            DiagnosticCodes.UnknownPort => $"{what} has a connection from an outcome that it does not have",
            DiagnosticCodes.CycleWithoutWait => $"{what} is in a circle that never rests",
            DiagnosticCodes.InvalidLoop => $"{what} leads back to where it cannot",
            DiagnosticCodes.MissingInput => $"{what} lacks something that it needs",
            DiagnosticCodes.WrongInputType => $"{what} has a value of the wrong kind",
            DiagnosticCodes.UnknownInput => $"{what} carries a value that it does not use",
            DiagnosticCodes.UnknownVariable => $"{what} uses a name that nobody knows",
            DiagnosticCodes.BadExpression => $"{what} has a formula that does not work",
            DiagnosticCodes.ExpressionNotRun => $"{what} has a formula in a language that is not run here",
            DiagnosticCodes.ScriptNotFound => $"{what} asks for a script that is not there",
            DiagnosticCodes.ScriptProblem => step is null ? "A script has a gap" : $"The script of {what} has a gap",
            DiagnosticCodes.UnknownReference => $"{what} names something that is not there",
            DiagnosticCodes.NoRole => $"{what} is given to nobody",
            DiagnosticCodes.WaitWithoutLimit => $"{what} may wait for ever",
            _ => $"{what} has a problem",
        };
    }

    /// <summary>Every object with an id and a type, however deep it stands.</summary>
    private static void Collect(JsonNode? node, Dictionary<string, string> names)
    {
        if (node is JsonArray list)
            foreach (var item in list)
                Collect(item, names);
        if (node is not JsonObject activity)
            return;
        if (Text(activity["id"]) is { } id && Text(activity["type"]) is not null && (Filled((activity["metadata"] as JsonObject)?["displayText"]) ?? Filled(activity["name"])) is { } name)
            names.TryAdd(id, name);
        foreach (var (_, member) in activity)
            Collect(member, names);
    }

    private static string? Filled(JsonNode? node) => Text(node) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    [GeneratedRegex(@"'([^'\r\n]{1,80})'(?!\w)", RegexOptions.None, 1000)]
    private static partial Regex Quoted();
}
