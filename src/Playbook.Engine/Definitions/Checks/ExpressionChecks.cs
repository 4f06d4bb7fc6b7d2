using Playbook.Engine.Expressions;

namespace Playbook.Engine.Definitions.Checks;

/// <summary>Broken expressions and names that nobody knows.</summary>
internal static class ExpressionChecks
{
    public static void CheckCases(CheckContext context)
    {
        foreach (var node in context.Definition.Nodes)
        {
            if (node.Type is not ("Elsa.Switch" or "Elsa.FlowSwitch"))
                continue;
            var index = 0;
            foreach (var @case in JsonRead.Objects(node.Json["cases"]))
            {
                if (JsonRead.Expression(@case["condition"]) is { } condition)
                    Check(context, node, $".cases[{index}].condition", condition);
                index++;
            }
        }
    }

    public static void Check(CheckContext context, ActivityNode node, string member, Expression expression)
    {
        foreach (var problem in ExpressionNames.Check(expression, context.VariablesAt(node), context.InputNames))
        {
            var where = problem.Line > 1 ? $" (line {problem.Line})" : "";
            var code = expression.Type is "CSharp" or "C#" or "Python" ? DiagnosticCodes.ExpressionNotRun : problem.Name is null ? DiagnosticCodes.BadExpression : DiagnosticCodes.UnknownVariable;
            var message = $"In {member.TrimStart('.')} of '{node.Id}'{where}: {problem.Message}";
            if (problem.IsError || problem.Name is not null)
                context.Error(code, node, member, message, problem.Suggestion);
            else
                context.Warn(code, node, member, message, problem.Suggestion);
        }
    }
}
