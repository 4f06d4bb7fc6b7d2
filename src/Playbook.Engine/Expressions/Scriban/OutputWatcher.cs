using Scriban.Syntax;

namespace Playbook.Engine.Expressions;

/// <summary>Puts <see cref="WatchedOutput"/> around every expression of a template that is written out and may be empty.</summary>
internal sealed class OutputWatcher
{
    private readonly ScriptPage page;
    private readonly HashSet<string> functions = new(StringComparer.Ordinal);

    public OutputWatcher(ScriptPage page)
    {
        this.page = page;
        foreach (var function in Nodes(page).OfType<ScriptFunction>())
        {
            functions.Add(function.NameOrDoToken?.ToString() ?? "");
        }
    }

    public static IEnumerable<ScriptNode> Nodes(ScriptNode node)
    {
        yield return node;
        foreach (var child in node.Children)
        {
            if (child is null)
            {
                continue;
            }

            foreach (var below in Nodes(child))
            {
                yield return below;
            }
        }
    }

    public void Watch()
    {
        foreach (var statement in Nodes(page).OfType<ScriptExpressionStatement>().ToList())
        {
            if (statement.Expression is not { } expression || expression is ScriptAssignExpression or ScriptIncrementDecrementExpression or ScriptLiteral or ScriptAnonymousFunction)
            {
                continue;
            }

            var paths = new List<ScriptExpression>();
            Paths(expression, paths);
            var spoken = HasSpokenFallback(expression);
            var filled = Filled(expression);
            var own = paths.Count == 0 || paths.Exists(path => functions.Contains(Root(path)));
            statement.Expression = new WatchedOutput(filled, paths, mayBeEmpty: spoken || own) { Span = expression.Span };
        }
    }

    // A writer who gives a literal as the last word has decided, even for nothing at all ("").
    private static bool HasSpokenFallback(ScriptExpression expression) => expression switch
    {
        ScriptNestedExpression nested => HasSpokenFallback(nested.Expression!),
        ScriptBinaryExpression { Operator: ScriptBinaryOperator.EmptyCoalescing } either => either.Right is ScriptLiteral || HasSpokenFallback(either.Right!),
        ScriptBinaryExpression both => HasSpokenFallback(both.Left!) || HasSpokenFallback(both.Right!) || both.Left is ScriptLiteral || both.Right is ScriptLiteral,
        ScriptPipeCall pipe => HasSpokenFallback(pipe.To!) || HasSpokenFallback(pipe.From!),
        ScriptConditionalExpression choice => choice.ThenValue is ScriptLiteral || choice.ElseValue is ScriptLiteral,
        ScriptFunctionCall call => call.Target?.ToString() is "default" or "object.default" && call.Arguments.LastOrDefault() is ScriptLiteral,
        _ => false,
    };

    private static ScriptExpression Filled(ScriptExpression expression)
    {
        switch (expression)
        {
            case ScriptNestedExpression nested:
                if (Filled(nested.Expression!) is var inner && inner != nested.Expression)
                {
                    nested.Expression = inner;
                }

                return nested;
            case ScriptPipeCall pipe:
                if (Filled(pipe.From!) is var from && from != pipe.From)
                {
                    pipe.From = from;
                }

                return pipe;
            case ScriptBinaryExpression { Operator: ScriptBinaryOperator.EmptyCoalescing } either:
                return new FilledOr(Filled(either.Left!), Filled(either.Right!)) { Span = either.Span };
            default:
                return expression;
        }
    }

    private static void Paths(ScriptNode node, List<ScriptExpression> paths)
    {
        switch (node)
        {
            case ScriptMemberExpression or ScriptIndexerExpression or ScriptVariableGlobal:
                paths.Add((ScriptExpression)node);
                return;
            case ScriptFunctionCall call:
                foreach (var argument in call.Arguments)
                {
                    Paths(argument, paths);
                }

                return;
            case ScriptPipeCall pipe:
                Paths(pipe.From!, paths);
                if (pipe.To is ScriptFunctionCall)
                {
                    Paths(pipe.To, paths);
                }

                return;
        }

        foreach (var child in node.Children)
        {
            if (child is not null)
            {
                Paths(child, paths);
            }
        }
    }

    private static string Root(ScriptExpression path) => path switch
    {
        ScriptMemberExpression member => Root(member.Target!),
        ScriptIndexerExpression indexer => Root(indexer.Target!),
        ScriptVariable variable => variable.Name,
        _ => "",
    };
}
