namespace Playbook.Engine.Expressions;

/// <summary>Finds broken expressions and names that nobody knows, without running anything.</summary>
public static class ExpressionNames
{
    /// <summary>The problems of one expression, in the order of the text; empty for none.</summary>
    /// <param name="expression">The expression; for the script of an Elsa.RunJavaScript, one of type JavaScript with its text.</param>
    /// <param name="variableNames">Names of the variables in scope (and, for Variable expressions, their ids).</param>
    /// <param name="inputNames">Names of the playbook's inputs.</param>
    public static IReadOnlyList<ExpressionProblem> Check(Expression expression, IReadOnlySet<string> variableNames, IReadOnlySet<string> inputNames)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(variableNames);
        ArgumentNullException.ThrowIfNull(inputNames);
        var text = expression.Text ?? "";
        try
        {
            return expression.Type switch
            {
                "Literal" => [],
                "Variable" => text.Length == 0 || variableNames.Contains(text) ? [] : [ExpressionProblem.Unknown("variable", text, variableNames, 0, isError: false)],
                "Input" => text.Length == 0 || inputNames.Contains(text) ? [] : [ExpressionProblem.Unknown("input", text, inputNames, 0, isError: false)],
                "Object" or "Json" => CheckJson(text),
                "JavaScript" => JavaScriptNames.Check(text, variableNames, inputNames),
                "Liquid" => LiquidNames.Check(text, variableNames, inputNames),
                "Scriban" => ScribanNames.Check(text, variableNames, inputNames),
                "CSharp" or "C#" or "Python" => [ExpressionProblem.Broken(ExpressionEvaluator.NotRun(expression.Type).Message)],
                _ => [new ExpressionProblem($"There is no expression type '{expression.Type}', so the value is empty{DidYouMean.Hint(expression.Type, Types)}", 0)],
            };
        }
        catch (ExpressionException e)
        {
            return [ExpressionProblem.Broken(e.Message, e.Line)];
        }
    }

    /// <summary>The problems of a script (see <see cref="ScriptTemplates"/>), its subject line included.</summary>
    public static IReadOnlyList<ExpressionProblem> CheckScript(string script, IReadOnlySet<string> variableNames, IReadOnlySet<string> inputNames)
    {
        ArgumentNullException.ThrowIfNull(script);
        var (subject, body, before) = ScriptTemplates.Split(script);
        var problems = Check(new Expression("Scriban", new string('\n', before) + body), variableNames, inputNames);
        return subject is null ? problems : [.. Check(new Expression("Scriban", subject), variableNames, inputNames), .. problems];
    }

    private static readonly string[] Types = ["Literal", "Variable", "Input", "Object", "Json", "JavaScript", "Liquid", "Scriban"];

    private static List<ExpressionProblem> CheckJson(string text)
    {
        if (JsonValues.LooksLikeJson(text))
        {
            JsonValues.Parse(text);
        }

        return [];
    }
}
