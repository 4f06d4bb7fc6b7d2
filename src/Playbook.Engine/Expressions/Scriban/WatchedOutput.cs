using Scriban;
using Scriban.Syntax;

namespace Playbook.Engine.Expressions;

/// <summary>Stands around an expression whose value is written out: where gaps are gathered, an empty value is one.</summary>
internal sealed class WatchedOutput(ScriptExpression inner, IReadOnlyList<ScriptExpression> paths) : ScriptExpression
{
    public override object Evaluate(TemplateContext context)
    {
        var gaps = ((ScribanContext)context).Gaps;
        if (gaps is null)
        {
            return context.Evaluate(inner)!;
        }

        var before = gaps.Count;
        var value = context.Evaluate(inner);
        var unknown = gaps.Count > before;
        if (!unknown && !ScribanBuiltins.IsEmpty(value))
        {
            return value!;
        }

        if (!unknown)
        {
            var empty = paths.FirstOrDefault(path => ScribanBuiltins.IsEmpty(context.Evaluate(path))) ?? inner;
            gaps.Add(new ScriptGap(empty.ToString() ?? "", inner.Span.Start.Line + 1));
        }

        return $"⟦{gaps.Found[^1].Name}⟧";
    }

    public override void PrintTo(ScriptPrinter printer) => printer.Write(inner);
}

/// <summary>Takes the right side where the left is null or empty text, as a writer means it; Scriban's own takes only null.</summary>
internal sealed class FilledOr(ScriptExpression left, ScriptExpression right) : ScriptExpression
{
    public override object Evaluate(TemplateContext context)
    {
        var value = context.Evaluate(left);
        return ScribanBuiltins.IsEmpty(value) ? context.Evaluate(right)! : value!;
    }

    public override void PrintTo(ScriptPrinter printer) => printer.Write(left).Write(" ?? ").Write(right);
}
