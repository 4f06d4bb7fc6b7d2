using Scriban;
using Scriban.Syntax;

namespace Playbook.Engine.Expressions;

/// <summary>Stands around an expression whose value is written out: where gaps are gathered, an empty value is one.</summary>
internal sealed class WatchedOutput(ScriptExpression inner, IReadOnlyList<ScriptExpression> paths, bool mayBeEmpty) : ScriptExpression
{
    public override object Evaluate(TemplateContext context)
    {
        var own = (ScribanContext)context;
        own.Marks?.Begin();
        var value = Value(own);
        own.Marks?.End(paths.Count > 0);
        return value!;
    }

    private object? Value(ScribanContext context)
    {
        var gaps = context.Gaps;
        if (gaps is null || mayBeEmpty)
        {
            return context.Evaluate(inner);
        }

        var before = gaps.Count;
        var value = context.Evaluate(inner);
        var unknown = gaps.Count > before;
        if (!unknown && !ScribanBuiltins.IsEmpty(value))
        {
            return value;
        }

        if (!unknown)
        {
            var empty = paths.FirstOrDefault(path => ScribanBuiltins.IsEmpty(context.Evaluate(path))) ?? inner;
            gaps.Add(new ScriptGap(empty.ToString() ?? "", inner.Span.Start.Line + 1));
        }

        context.Marks?.Missing(gaps.Found[^1].Name);
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
        if (!ScribanBuiltins.IsEmpty(value))
        {
            return value!;
        }

        ((ScribanContext)context).Marks?.FellBack();
        return context.Evaluate(right)!;
    }

    public override void PrintTo(ScriptPrinter printer) => printer.Write(left).Write(" ?? ").Write(right);
}
