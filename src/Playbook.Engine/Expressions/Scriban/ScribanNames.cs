using Scriban.Runtime;
using Scriban.Syntax;

namespace Playbook.Engine.Expressions;

/// <summary>Names that a Scriban template uses and nobody knows.</summary>
internal static class ScribanNames
{
    private static readonly Lazy<ScriptObject> Builtins = new(() => ScribanBuiltins.Make(() => throw new InvalidOperationException("Names are checked without running.")));

    public static IReadOnlyList<ExpressionProblem> Check(string text, IReadOnlySet<string> variables, IReadOnlySet<string> inputs)
    {
        var page = ScribanTemplate.ParseOnly(text).Page!;
        var nodes = OutputWatcher.Nodes(page).ToList();
        HashSet<string> top = [.. variables, .. FactSchema.Names, "Variables", "Input", .. Locals(nodes)];
        var problems = new List<ExpressionProblem>();
        foreach (var node in nodes)
        {
            var problem = node switch
            {
                ScriptVariableGlobal { Parent: not (ScriptMemberExpression or ScriptNamedArgument or ScriptObjectMember) } name => Name(name, top),
                ScriptMemberExpression { Target: ScriptVariableGlobal target } member when target.Name.Length > 0 =>
                    Name(target, top) ?? Member(target.Name, member.Member!.Name, member.Span.Start.Line + 1, variables, inputs),
                ScriptMemberExpression => null,
                _ => null,
            };
            if (problem is not null && !problems.Exists(known => known.Message == problem.Message))
            {
                problems.Add(problem);
            }
        }

        return problems;
    }

    private static ExpressionProblem? Name(ScriptVariableGlobal variable, HashSet<string> top) =>
        top.Contains(variable.Name) || Builtins.Value.Contains(variable.Name)
            ? null
            : ExpressionProblem.Unknown("value", variable.Name, top.Concat(Builtins.Value.Keys), variable.Span.Start.Line + 1, isError: true);

    private static ExpressionProblem? Member(string target, string member, int line, IReadOnlySet<string> variables, IReadOnlySet<string> inputs)
    {
        if (target == "Variables")
        {
            return variables.Contains(member) ? null : ExpressionProblem.Unknown("variable", member, variables, line, isError: true);
        }

        if (target == "Input")
        {
            return inputs.Contains(member) ? null : ExpressionProblem.Unknown("input", member, inputs, line, isError: true);
        }

        if (FactSchema.IsUnknown(target, member))
        {
            return ExpressionProblem.Unknown("member", member, FactSchema.Members[target], line, isError: true, target + ".");
        }

        return Builtins.Value.TryGetValue(target, out var value) && value is ScriptObject group && !group.Contains(member)
            ? ExpressionProblem.Unknown("function", member, group.Keys, line, isError: true, target + ".")
            : null;
    }

    // What the template itself names: assignments, loops, captures, functions and their parameters.
    private static IEnumerable<string> Locals(IEnumerable<ScriptNode> nodes)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case ScriptAssignExpression { Target: ScriptVariable target }:
                    yield return target.Name;
                    break;
                case ScriptForStatement { Variable: ScriptVariable loop }:
                    yield return loop.Name;
                    yield return "for";
                    break;
                case ScriptCaptureStatement { Target: ScriptVariable captured }:
                    yield return captured.Name;
                    break;
                case ScriptFunction function:
                    yield return function.NameOrDoToken?.ToString() ?? "";
                    break;
                case ScriptParameter { Name: { } parameter }:
                    yield return parameter.Name;
                    break;
                case ScriptWhileStatement:
                    yield return "while";
                    break;
            }
        }
    }
}
