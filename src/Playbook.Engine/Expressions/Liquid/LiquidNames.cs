using Fluid.Ast;

namespace Playbook.Engine.Expressions;

/// <summary>Names that a Liquid template uses and nobody knows. Liquid itself would write nothing for them.</summary>
internal static class LiquidNames
{
    private static readonly string[] Top =
    [
        "Variables", "Input", "CorrelationId", "WorkflowInstanceId", "WorkflowDefinitionId", "WorkflowDefinitionVersionId",
        "WorkflowDefinitionVersion", "forloop", "tablerowloop", .. FactSchema.Names,
    ];

    public static IReadOnlyList<ExpressionProblem> Check(string text, IReadOnlySet<string> variables, IReadOnlySet<string> inputs)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        var template = LiquidTemplate.Parse(text);
        var locals = new Locals();
        locals.VisitTemplate(template.Parsed);
        var walk = new Walk(variables, inputs, locals.Names);
        walk.VisitTemplate(template.Parsed);
        return walk.Problems;
    }

    private sealed class Locals : AstVisitor
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        protected override Statement VisitAssignStatement(AssignStatement statement)
        {
            Names.Add(statement.Identifier);
            return base.VisitAssignStatement(statement);
        }

        protected override Statement VisitForStatement(ForStatement statement)
        {
            Names.Add(statement.Identifier);
            return base.VisitForStatement(statement);
        }

        protected override Statement VisitTableRowStatement(TableRowStatement statement)
        {
            Names.Add(statement.Identifier);
            return base.VisitTableRowStatement(statement);
        }

        protected override Statement VisitIncrementStatement(IncrementStatement statement)
        {
            Names.Add(statement.Identifier);
            return base.VisitIncrementStatement(statement);
        }

        protected override Statement VisitDecrementStatement(DecrementStatement statement)
        {
            Names.Add(statement.Identifier);
            return base.VisitDecrementStatement(statement);
        }

        protected override Statement VisitParserBlockStatement<T>(Fluid.Parser.ParserBlockStatement<T> statement)
        {
            if (statement.Value is string captured)
            {
                Names.Add(captured);
            }

            return base.VisitParserBlockStatement(statement);
        }
    }

    private sealed class Walk(IReadOnlySet<string> variables, IReadOnlySet<string> inputs, HashSet<string> locals) : AstVisitor
    {
        private readonly HashSet<string> told = new(StringComparer.Ordinal);

        public List<ExpressionProblem> Problems { get; } = [];

        protected override Fluid.Ast.Expression VisitMemberExpression(MemberExpression expression)
        {
            var segments = expression.Segments;
            if (segments[0] is IdentifierSegment { Identifier: var top } && !locals.Contains(top))
            {
                var member = segments.Count > 1 && segments[1] is IdentifierSegment { Identifier: var name } ? name : null;
                if (!Top.Contains(top))
                {
                    Tell(ExpressionProblem.Unknown("value", top, Top, 0, isError: false));
                }
                else if (top == "Variables" && member is not null && !variables.Contains(member))
                {
                    Tell(ExpressionProblem.Unknown("variable", member, variables, 0, isError: false));
                }
                else if (top == "Input" && member is not null && !inputs.Contains(member))
                {
                    Tell(ExpressionProblem.Unknown("input", member, inputs, 0, isError: false));
                }
                else if (member is not null && FactSchema.IsUnknown(top, member))
                {
                    Tell(ExpressionProblem.Unknown("member", member, FactSchema.Members[top], 0, isError: false, top + "."));
                }
            }

            return base.VisitMemberExpression(expression);
        }

        protected override Fluid.Ast.Expression VisitFilterExpression(FilterExpression expression)
        {
            if (!LiquidTemplate.FilterNames.Contains(expression.Name, StringComparer.Ordinal))
            {
                Tell(ExpressionProblem.Unknown("Liquid filter", expression.Name, LiquidTemplate.FilterNames, 0, isError: false));
            }

            return base.VisitFilterExpression(expression);
        }

        private void Tell(ExpressionProblem problem)
        {
            if (told.Add(problem.Message))
            {
                Problems.Add(problem);
            }
        }
    }
}
