using Acornima.Ast;
using JsEngine = Jint.Engine;

namespace Playbook.Engine.Expressions;

/// <summary>Names that a JavaScript expression uses and nobody knows.</summary>
internal static class JavaScriptNames
{
    private static readonly Lazy<HashSet<string>> Language = new(() =>
    {
        using var engine = new JsEngine();
        return [.. engine.Global.GetOwnPropertyKeys().Select(key => key.ToString()), "undefined", "arguments"];
    });

    public static IReadOnlyList<ExpressionProblem> Check(string text, IReadOnlySet<string> variables, IReadOnlySet<string> inputs)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        var script = PreparedScript.Parse(text);
        var walk = new Walk(script, variables, inputs);
        walk.Visit(script.Script.Program!);
        return walk.Problems;
    }

    private sealed class Walk : Acornima.AstVisitor
    {
        private readonly PreparedScript script;
        private readonly IReadOnlySet<string> variables;
        private readonly IReadOnlySet<string> inputs;
        private readonly HashSet<string> known;
        private readonly HashSet<string> told = new(StringComparer.Ordinal);

        public Walk(PreparedScript script, IReadOnlySet<string> variables, IReadOnlySet<string> inputs)
        {
            this.script = script;
            this.variables = variables;
            this.inputs = inputs;
            known = [.. ScriptGlobals.FixedNames, .. ScriptAccessors.NamesOf(variables, inputs), .. FactSchema.Names];
        }

        public List<ExpressionProblem> Problems { get; } = [];

        protected override object? VisitCallExpression(CallExpression node)
        {
            if (node is { Callee: Identifier { Name: var function }, Arguments: [StringLiteral { Value: var name }, ..] } && script.Reads(function))
            {
                switch (function)
                {
                    case "getVariable" or "setVariable" when !variables.Contains(name):
                        Tell(ExpressionProblem.Unknown("variable", name, variables, Line(node), isError: false));
                        break;
                    case "getInput" when !inputs.Contains(name):
                        Tell(ExpressionProblem.Unknown("input", name, inputs, Line(node), isError: false));
                        break;
                }
            }

            return base.VisitCallExpression(node);
        }

        protected override object? VisitAssignmentExpression(AssignmentExpression node)
        {
            if (node.Left is MemberExpression { Computed: false, Object: Identifier { Name: "variables" }, Property: Identifier { Name: var name } } && ScriptVariables.IsShadowed(name))
            {
                Tell(new ExpressionProblem($"Elsa drops what is assigned to variables.{name}, because of its name; write set{name}(…) instead.", Line(node)) { Name = $"variables.{name}" });
            }

            return base.VisitAssignmentExpression(node);
        }

        protected override object? VisitMemberExpression(MemberExpression node)
        {
            if (node is { Computed: false, Object: Identifier { Name: var target }, Property: Identifier { Name: var member } } && script.Reads(target))
            {
                if (target == "variables" && !variables.Contains(member))
                {
                    Tell(ExpressionProblem.Unknown("variable", member, variables, Line(node), isError: false));
                }
                else if (target == "variables" && !ScriptVariables.IsAccessible(member))
                {
                    Tell(new ExpressionProblem($"variables.{member} is empty, because the name is not of letters and digits only; write getVariable('{member}').", Line(node)) { Name = member });
                }
                else if (FactSchema.IsUnknown(target, member))
                {
                    Tell(ExpressionProblem.Unknown("member", member, FactSchema.Members[target], Line(node), isError: false, target + "."));
                }
            }

            Visit(node.Object);
            if (node.Computed)
            {
                Visit(node.Property);
            }

            return node;
        }

        protected override object? VisitIdentifier(Identifier node)
        {
            var name = node.Name;
            if (script.Script.ReferencedGlobals!.Contains(name) && !known.Contains(name) && !Language.Value.Contains(name) && !MayBeOutput(name))
            {
                Tell(ExpressionProblem.Unknown("function or value", name, known, Line(node), isError: true));
            }

            return base.VisitIdentifier(node);
        }

        // getResultFromQualify: the activities are not known here.
        private static bool MayBeOutput(string name) =>
            name.StartsWith("get", StringComparison.Ordinal) && name.IndexOf("From", StringComparison.Ordinal) > 3;

        private static int Line(Node node) => node.Location.Start.Line;

        private void Tell(ExpressionProblem problem)
        {
            if (told.Add(problem.Message))
            {
                Problems.Add(problem);
            }
        }
    }
}
