using System.Globalization;

namespace Playbook.Engine.Expressions;

/// <summary>A place in a script that has nothing to say: an unknown name, or a value that is empty and has no fallback.</summary>
/// <param name="Name">What is missing, such as <c>contact.first_name</c>.</param>
/// <param name="Line">The line in the script, from 1.</param>
public sealed record ScriptGap(string Name, int Line)
{
    /// <summary>Whether nobody knows the name, as opposed to a known value that is empty.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>The name that was probably meant; null for none.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The gap in a sentence.</summary>
    public override string ToString()
    {
        var what = IsUnknown ? $"'{Name}' is not known" : $"'{Name}' is empty and has no fallback (write {Name} ?? \"…\")";
        var hint = Suggestion is null ? "." : $"; did you mean '{Suggestion}'?";
        return string.Create(CultureInfo.InvariantCulture, $"Line {Line}: {what}{hint}");
    }
}

/// <summary>The gaps found while a script renders, each once.</summary>
internal sealed class ScriptGaps
{
    private readonly List<ScriptGap> found = [];

    public IReadOnlyList<ScriptGap> Found => found;

    public int Count => found.Count;

    public void Add(ScriptGap gap)
    {
        if (!found.Exists(known => known.Name == gap.Name && known.Line == gap.Line))
        {
            found.Add(gap);
        }
    }
}
