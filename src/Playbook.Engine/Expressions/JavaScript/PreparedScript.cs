using Acornima.Ast;
using Jint;
using JsEngine = Jint.Engine;

namespace Playbook.Engine.Expressions;

/// <summary>A JavaScript text parsed once, with what must be known to build its globals: the names it reads, and which variables.</summary>
internal sealed class PreparedScript
{
    private static readonly string[] Dynamic = ["globalThis"];

    private PreparedScript(Prepared<Script> script, bool wantsEverything, HashSet<string> members, bool wantsAllVariables, bool wantsRandom, bool needsGuards)
    {
        Script = script;
        WantsEverything = wantsEverything;
        VariableMembers = members;
        WantsAllVariables = wantsAllVariables;
        WantsRandom = wantsRandom;
        NeedsGuards = needsGuards;
    }

    public Prepared<Script> Script { get; }

    /// <summary>Whether names may be made up at run time, so that every global must be there.</summary>
    public bool WantsEverything { get; }

    /// <summary>The X of every <c>variables.X</c>.</summary>
    public IReadOnlySet<string> VariableMembers { get; }

    /// <summary>Whether <c>variables</c> is used in another way than <c>variables.X</c>.</summary>
    public bool WantsAllVariables { get; }

    public bool WantsRandom { get; }

    /// <summary>Whether it may reach a function that <see cref="ScriptGuards"/> watches.</summary>
    public bool NeedsGuards { get; }

    public IEnumerable<string> Names => Script.ReferencedGlobals!;

    public bool Reads(string name) => WantsEverything || Script.ReferencedGlobals!.Contains(name);

    public static PreparedScript Parse(string text)
    {
        ExpressionLimits.CheckText("script", text);
        Prepared<Script> script;
        try
        {
            script = JsEngine.PrepareScript(text, options: new ScriptPreparationOptions
            {
                CollectReferencedGlobals = true,
                ParsingOptions = new ScriptParsingOptions { AllowReturnOutsideFunction = true },
            });
        }
        catch (ScriptPreparationException e)
        {
            throw new ExpressionException($"The script is not valid JavaScript: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (InsufficientExecutionStackException e)
        {
            throw new ExpressionException("The script is nested too deeply to be read.", e);
        }

        var globals = script.ReferencedGlobals!;
        var use = new VariablesUse();
        use.Visit(script.Program!);
        if (use.HasBigInt)
        {
            throw new ExpressionException("BigInt is not supported; use a number.");
        }

        var everything = use.SeesThis || Dynamic.Any(globals.Contains);
        return new PreparedScript(script, everything, use.Members, everything || use.Otherwise, everything || globals.Contains("Math"), everything || use.IsRisky);
    }

    private sealed class VariablesUse : Acornima.AstVisitor
    {
        public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

        public bool Otherwise { get; private set; }

        public bool SeesThis { get; private set; }

        public bool IsRisky { get; private set; }

        public bool HasBigInt { get; private set; }

        protected override object? VisitMemberExpression(MemberExpression node)
        {
            if (node is { Computed: false, Object: Identifier { Name: "variables" }, Property: Identifier member })
            {
                Members.Add(member.Name);
                return node;
            }

            IsRisky |= node is { Computed: true, Property: not NumericLiteral };
            return base.VisitMemberExpression(node);
        }

        protected override object? VisitIdentifier(Identifier node)
        {
            Otherwise |= node.Name == "variables";
            IsRisky |= ScriptGuards.Risky.Contains(node.Name);
            return base.VisitIdentifier(node);
        }

        protected override object? VisitAssignmentProperty(AssignmentProperty node)
        {
            IsRisky |= node.Computed || node.Key is StringLiteral;
            return base.VisitAssignmentProperty(node);
        }

        protected override object? VisitLiteral(Literal node)
        {
            HasBigInt |= node is BigIntLiteral;
            return base.VisitLiteral(node);
        }

        public override object? Visit(Node node)
        {
            IsRisky |= node.Type is NodeType.ForStatement or NodeType.ForInStatement or NodeType.ForOfStatement or NodeType.WhileStatement
                or NodeType.DoWhileStatement or NodeType.FunctionDeclaration or NodeType.FunctionExpression
                or NodeType.ArrowFunctionExpression or NodeType.ArrayExpression or NodeType.TaggedTemplateExpression;
            return base.Visit(node);
        }

        protected override object? VisitThisExpression(ThisExpression node)
        {
            SeesThis = true;
            return base.VisitThisExpression(node);
        }
    }
}
