namespace Playbook.Engine.Expressions;

/// <summary>Where a piece of a rendered script comes from.</summary>
public enum ScriptPartKind
{
    /// <summary>The writer's own words.</summary>
    Words,

    /// <summary>A value that is known of the subject or the run.</summary>
    Value,

    /// <summary>What the writer says where the value is empty.</summary>
    Fallback,

    /// <summary>Nothing is known and nothing is said instead.</summary>
    Missing,
}

/// <summary>A piece of a rendered script.</summary>
/// <param name="Name">What is missing; null for every other kind.</param>
public sealed record ScriptPart(ScriptPartKind Kind, string Text, string? Name = null);

/// <summary>A rendered script in pieces, in the order of the text.</summary>
/// <param name="Subject">Null where the script has no subject line.</param>
public sealed record MarkedScript(IReadOnlyList<ScriptPart>? Subject, IReadOnlyList<ScriptPart> Text, IReadOnlyList<ScriptGap> Gaps);

/// <summary>Keeps, while a script renders, which stretches of the text are values, fallbacks and gaps.</summary>
internal sealed class ScriptMarks
{
    private readonly List<Mark> marks = [];
    private bool fellBack;
    private string? missing;
    private ScriptPartKind next;
    private string? nextName;

    /// <summary>An expression that will be written is about to be evaluated.</summary>
    public void Begin()
    {
        fellBack = false;
        missing = null;
    }

    public void FellBack() => fellBack = true;

    public void Missing(string name) => missing = name;

    /// <summary>The expression was evaluated; what is written next is its value.</summary>
    /// <param name="asksForValues">Whether it names anything; a calculation on literals is the writer's own words.</param>
    public void End(bool asksForValues)
    {
        next = missing is not null ? ScriptPartKind.Missing : fellBack ? ScriptPartKind.Fallback : asksForValues ? ScriptPartKind.Value : ScriptPartKind.Words;
        nextName = missing;
    }

    public void Written(int start, int length)
    {
        if (length > 0 && next != ScriptPartKind.Words)
        {
            marks.Add(new Mark(start, length, next, nextName));
        }

        next = ScriptPartKind.Words;
        nextName = null;
    }

    public IReadOnlyList<ScriptPart> Parts(string text)
    {
        var parts = new List<ScriptPart>();
        var at = 0;
        foreach (var mark in marks)
        {
            if (mark.Start > at)
            {
                parts.Add(new ScriptPart(ScriptPartKind.Words, text[at..mark.Start]));
            }

            at = mark.Start + mark.Length;
            parts.Add(new ScriptPart(mark.Kind, text[mark.Start..at], mark.Name));
        }

        if (at < text.Length)
        {
            parts.Add(new ScriptPart(ScriptPartKind.Words, text[at..]));
        }

        return parts;
    }

    private readonly record struct Mark(int Start, int Length, ScriptPartKind Kind, string? Name);
}
