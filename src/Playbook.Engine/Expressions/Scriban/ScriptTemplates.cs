namespace Playbook.Engine.Expressions;

/// <summary>A script as a person reads it or a channel sends it.</summary>
/// <param name="Subject">The subject line; null where the script has none.</param>
/// <param name="Text">The body.</param>
public sealed record RenderedScript(string? Subject, string Text)
{
    /// <summary>What the script could not say, where it was rendered as a preview.</summary>
    public IReadOnlyList<ScriptGap> Gaps { get; init; } = [];
}

/// <summary>
/// Scripts of a playbook: Scriban, with an optional first line <c>Subject: …</c> followed by an empty line. Parsed once and
/// kept. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// Subject: {{ account.name }} and us
///
/// Hi {{ contact.first_name ?? "there" }},
/// </code>
/// </example>
public sealed class ScriptTemplates
{
    private const string SubjectMark = "Subject:";
    private static readonly Dictionary<string, object?> Nothing = [];
    private readonly BoundedCache<Parsed> parsed = new(ExpressionLimits.CacheEntries);

    /// <summary>Renders, or throws with every gap: an unknown name anywhere, or an empty value that is written out without a fallback.</summary>
    /// <exception cref="ExpressionException">The script is broken, has gaps or uses too much.</exception>
    public RenderedScript RenderStrict(string script, IExpressionScope scope, IReadOnlyDictionary<string, object?>? extra = null)
    {
        var rendered = RenderPreview(script, scope, extra);
        return rendered.Gaps.Count == 0 ? rendered : throw Missing(rendered.Gaps);
    }

    /// <summary>Renders with every gap shown as <c>⟦contact.first_name⟧</c>, and lists the gaps.</summary>
    /// <exception cref="ExpressionException">The script is broken or uses too much.</exception>
    public RenderedScript RenderPreview(string script, IExpressionScope scope, IReadOnlyDictionary<string, object?>? extra = null)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(scope);
        var template = parsed.GetOrAdd(script, Parse);
        var gaps = new ScriptGaps();
        var subject = template.Subject?.Render(scope, extra ?? Nothing, gaps);
        var text = template.Body.Render(scope, extra ?? Nothing, gaps);
        return new RenderedScript(subject is null ? null : OneLine(subject), text) { Gaps = gaps.Found };
    }

    /// <summary>Renders as <see cref="RenderPreview"/> does, and says of each piece where it comes from.</summary>
    /// <exception cref="ExpressionException">The script is broken or uses too much.</exception>
    public MarkedScript RenderMarked(string script, IExpressionScope scope)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(scope);
        var template = parsed.GetOrAdd(script, Parse);
        var gaps = new ScriptGaps();
        var subjectMarks = new ScriptMarks();
        var subject = template.Subject?.Render(scope, Nothing, gaps, subjectMarks);
        var bodyMarks = new ScriptMarks();
        var text = template.Body.Render(scope, Nothing, gaps, bodyMarks);
        return new MarkedScript(subject is null ? null : subjectMarks.Parts(subject), bodyMarks.Parts(text), gaps.Found);
    }

    internal static ExpressionException Missing(IReadOnlyList<ScriptGap> gaps) =>
        new(gaps.Count == 1 ? gaps[0].ToString() : $"{gaps.Count} gaps. {string.Join(" ", gaps)}");

    /// <summary>The subject's text (null for none), the body's text, and how many lines stand before the body.</summary>
    internal static (string? Subject, string Body, int Line) Split(string script)
    {
        if (!script.StartsWith(SubjectMark, StringComparison.OrdinalIgnoreCase))
        {
            return (null, script, 0);
        }

        var end = script.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? script : script[..end];
        var rest = end < 0 ? "" : script[(end + 1)..];
        var line = 1;
        if (rest.AsSpan().TrimStart(" \t\r") is ['\n', ..])
        {
            rest = rest[(rest.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            line = 2;
        }

        return (first[SubjectMark.Length..].Trim(), rest, line);
    }

    private static Parsed Parse(string script)
    {
        var (subject, body, lines) = Split(script);
        return new Parsed(subject is null ? null : ScribanTemplate.Parse(subject), ScribanTemplate.Parse(body, lines));
    }

    // A line break in a name must not become a mail header.
    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private sealed record Parsed(ScribanTemplate? Subject, ScribanTemplate Body);
}
