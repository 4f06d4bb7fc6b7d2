namespace Playbook.Engine.Expressions;

/// <summary>
/// Evaluates Elsa's expressions: Literal, Variable, Input, Object, Json, JavaScript, Liquid, and our Scriban. Pure: the same
/// scope gives the same result. One per process; thread-safe.
/// </summary>
/// <example>
/// <code>
/// var total = evaluator.Evaluate(new Expression("JavaScript", "getPrice() * 2"), scope, "Decimal");
/// </code>
/// </example>
public sealed class ExpressionEvaluator
{
    private readonly BoundedCache<PreparedScript> scripts = new(ExpressionLimits.CacheEntries);
    private readonly BoundedCache<LiquidTemplate> liquid = new(ExpressionLimits.CacheEntries);
    private readonly BoundedCache<ScribanTemplate> scriban = new(ExpressionLimits.CacheEntries);

    /// <summary>
    /// The expression's value, converted to <paramref name="typeName"/>. An unknown expression type gives null, as in Elsa.
    /// </summary>
    /// <exception cref="ExpressionException">The expression is broken, fails, uses too much, or cannot be run here.</exception>
    public object? Evaluate(Expression expression, IExpressionScope scope, string typeName)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(scope);
        var text = expression.Text ?? "";
        var value = expression.Type switch
        {
            "Literal" => expression.Value ?? expression.Text,
            "Variable" => scope.TryGetVariable(text, out var variable) ? variable : null,
            "Input" => scope.Input.TryGetValue(text, out var input) ? input : null,
            "Object" or "Json" => string.IsNullOrWhiteSpace(text) ? null : text,
            "JavaScript" => ScriptRun.Evaluate(scripts.GetOrAdd(text, PreparedScript.Parse), scope, ScriptGlobals.Install, out _),
            "Liquid" => string.IsNullOrWhiteSpace(text) ? null : liquid.GetOrAdd(text, LiquidTemplate.Parse).Render(scope),
            "Scriban" => scriban.GetOrAdd(text, ScribanTemplate.Parse).Render(scope, extra: null, gaps: null),
            "CSharp" or "C#" or "Python" => throw NotRun(expression.Type),
            _ => null,
        };
        return ValueConversion.To(value, typeName);
    }

    /// <summary>
    /// Runs the script of an Elsa.RunJavaScript: its value, and the outcomes that it set (null where it set none).
    /// </summary>
    /// <exception cref="ExpressionException">The script is broken, fails (with the script's own message) or uses too much.</exception>
    public object? EvaluateScript(string javascript, IExpressionScope scope, out IReadOnlyList<string>? outcomes)
    {
        ArgumentNullException.ThrowIfNull(javascript);
        ArgumentNullException.ThrowIfNull(scope);
        return ScriptRun.Evaluate(scripts.GetOrAdd(javascript, PreparedScript.Parse), scope, ScriptGlobals.InstallWithOutcomes, out outcomes);
    }

    /// <summary>
    /// Renders a Scriban text strictly: an unknown name, or an empty value that is written out without a fallback
    /// (<c>?? "…"</c> or <c>| default "…"</c>), is an error that names it; all of them are named at once.
    /// </summary>
    /// <param name="templateText">The text.</param>
    /// <param name="scope">What it may see.</param>
    /// <param name="extra">Further names, which hide those of the scope.</param>
    /// <exception cref="ExpressionException">The text is broken, has gaps or uses too much.</exception>
    public string Render(string templateText, IExpressionScope scope, IReadOnlyDictionary<string, object?> extra)
    {
        ArgumentNullException.ThrowIfNull(templateText);
        ArgumentNullException.ThrowIfNull(scope);
        var gaps = new ScriptGaps();
        var text = scriban.GetOrAdd(templateText, ScribanTemplate.Parse).Render(scope, extra, gaps);
        return gaps.Count == 0 ? text : throw ScriptTemplates.Missing(gaps.Found);
    }

    internal static ExpressionException NotRun(string type) =>
        new($"{type} expressions are not run here, because they could do anything to this machine. Write it in JavaScript.");
}
