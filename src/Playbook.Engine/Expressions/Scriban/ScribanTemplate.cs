using System.Collections.Concurrent;
using Scriban;
using Scriban.Syntax;

namespace Playbook.Engine.Expressions;

/// <summary>A Scriban text parsed once; every place that outputs a value is watched (see <see cref="WatchedOutput"/>).</summary>
internal sealed class ScribanTemplate
{
    private static readonly ConcurrentBag<ScribanContext> Pool = [];
    private readonly Template template;

    private ScribanTemplate(Template template) => this.template = template;

    public ScriptPage Page => template.Page!;

    public static ScribanTemplate Parse(string text) => Parse(text, 0);

    /// <param name="text">The template.</param>
    /// <param name="linesBefore">How many lines of the script stand before it, so that problems name the script's lines.</param>
    public static ScribanTemplate Parse(string text, int linesBefore)
    {
        var template = ParseOnly(text, linesBefore);
        new OutputWatcher(template.Page!).Watch();
        return new ScribanTemplate(template);
    }

    public static Template ParseOnly(string text, int linesBefore = 0)
    {
        ExpressionLimits.CheckText("template", text);
        var before = new string('\n', linesBefore);
        var template = Template.Parse(
            before + text,
            parserOptions: new Scriban.Parsing.ParserOptions { ExpressionDepthLimit = ExpressionLimits.TemplateDepth },
            lexerOptions: new Scriban.Parsing.LexerOptions { StartPosition = new Scriban.Parsing.TextPosition(linesBefore, linesBefore, 0) });
        if (!template.HasErrors)
        {
            return template;
        }

        var first = template.Messages[0];
        throw new ExpressionException($"The template is broken at line {first.Span.Start.Line + 1}: {first.Message}") { Line = first.Span.Start.Line + 1 };
    }

    /// <summary>Renders; with <paramref name="gaps"/> every gap is gathered and shown, without it an unknown name is an error.</summary>
    public string Render(IExpressionScope scope, IReadOnlyDictionary<string, object?>? extra, ScriptGaps? gaps, ScriptMarks? marks = null)
    {
        // A context whose render failed is not used again: its stacks are in no known state.
        var context = Pool.TryTake(out var pooled) ? pooled : new ScribanContext();
        context.Begin(scope, extra, gaps, marks);
        try
        {
            var text = template.Render(context);
            context.End();
            Pool.Add(context);
            return text;
        }
        catch (Exception e)
        {
            context.Dispose();
            throw Explain(e);
        }
    }

    private static ExpressionException Explain(Exception e)
    {
        if (e is ScriptAbortException || e.InnerException is OperationCanceledException)
        {
            return new ExpressionException($"The template ran longer than {ExpressionLimits.Time.TotalSeconds:0} s and was stopped.", e);
        }

        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is ExpressionException own)
            {
                return own;
            }

            if (inner is System.Text.RegularExpressions.RegexMatchTimeoutException)
            {
                return new ExpressionException($"A regular expression ran longer than {ExpressionLimits.RegexTime.TotalMilliseconds:0} ms and was stopped.", e);
            }
        }

        return e is ScriptRuntimeException runtime
            ? new ExpressionException($"Line {runtime.Span.Start.Line + 1}: {runtime.OriginalMessage}", e) { Line = runtime.Span.Start.Line + 1 }
            : new ExpressionException($"The template failed: {e.Message}", e);
    }
}
