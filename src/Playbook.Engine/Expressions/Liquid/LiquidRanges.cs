using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Playbook.Engine.Expressions;

/// <summary>Fluid makes every number of a range before it counts a step: so the ends of ranges are looked at first.</summary>
internal sealed class LiquidRanges : AstRewriter
{
    protected override Fluid.Ast.Expression VisitRangeExpression(RangeExpression rangeExpression) =>
        new RangeExpression(new Bound(Visit(rangeExpression.From)), new Bound(Visit(rangeExpression.To)));

    private sealed class Bound(Fluid.Ast.Expression inner) : Fluid.Ast.Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            var value = await inner.EvaluateAsync(context);
            return Math.Abs(value.ToNumberValue()) <= ExpressionLimits.Loops
                ? value
                : throw new ExpressionException($"A range of the template goes beyond {ExpressionLimits.Loops:N0} and was stopped.");
        }

        protected override Fluid.Ast.Expression Accept(AstVisitor visitor)
        {
            visitor.Visit(inner);
            return this;
        }
    }
}
