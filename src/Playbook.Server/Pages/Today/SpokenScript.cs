using System.Text.RegularExpressions;
using Playbook.Engine.Expressions;

namespace Playbook.Server.Pages.Today;

/// <summary>A stretch of a line that is read in one way.</summary>
public sealed record SpokenPart(ScriptPartKind Kind, string Text, string? Name, bool IsStrong);

/// <summary>One line: its parts, and whether it is a heading or one of several points.</summary>
public sealed record SpokenLine(IReadOnlyList<SpokenPart> Parts, bool IsHeading, bool IsPoint)
{
    public bool IsBlank => Parts.All(part => string.IsNullOrWhiteSpace(part.Text) && part.Kind == ScriptPartKind.Words);
}

/// <summary>An answer to something that contacts say.</summary>
public sealed record ObjectionCard(string Said, IReadOnlyList<SpokenLine> Answer);

/// <summary>
/// A script as it is laid out for reading aloud: the few marks that writers use (a heading, bold, points) are shown as what
/// they mean. What was filled in is never read as a mark.
/// </summary>
public static partial class SpokenScript
{
    public static IReadOnlyList<SpokenLine> Lines(IReadOnlyList<ScriptPart> script)
    {
        ArgumentNullException.ThrowIfNull(script);
        var lines = new List<SpokenLine>();
        var line = new List<SpokenPart>();
        var strong = false;
        foreach (var part in script)
        {
            if (part.Kind != ScriptPartKind.Words)
            {
                line.Add(new(part.Kind, part.Text, part.Name, strong));
                continue;
            }

            var rows = part.Text.Split('\n');
            for (var i = 0; i < rows.Length; i++)
            {
                if (i > 0)
                {
                    lines.Add(Finish(line));
                    line = [];
                    strong = false;
                }

                var pieces = rows[i].TrimEnd('\r').Split("**");
                for (var j = 0; j < pieces.Length; j++)
                {
                    if (j > 0)
                        strong = !strong;
                    if (pieces[j].Length > 0)
                        line.Add(new(ScriptPartKind.Words, pieces[j], null, strong));
                }
            }
        }

        lines.Add(Finish(line));
        return Trimmed(lines);
    }

    /// <summary>The cards of a script that answers objections, each headed by what the contact says in bold and quotes.</summary>
    public static IReadOnlyList<ObjectionCard> Cards(IReadOnlyList<ScriptPart> script)
    {
        var cards = new List<ObjectionCard>();
        List<SpokenLine>? answer = null;
        foreach (var line in Lines(script))
        {
            if (line.Parts is [{ IsStrong: true } head] && Quoted().Match(head.Text) is { Success: true } said)
                cards.Add(new(said.Groups[1].Value, answer = []));
            else
                answer?.Add(line);
        }

        return [.. cards.Select(card => card with { Answer = Trimmed([.. card.Answer]) })];
    }

    private static SpokenLine Finish(List<SpokenPart> parts)
    {
        if (parts is [{ Kind: ScriptPartKind.Words } first, ..])
        {
            if (first.Text.StartsWith("# ", StringComparison.Ordinal) || first.Text.StartsWith("## ", StringComparison.Ordinal))
                return new([first with { Text = first.Text.TrimStart('#', ' ') }, .. parts.Skip(1)], true, false);
            if (first.Text.StartsWith("- ", StringComparison.Ordinal))
                return new([first with { Text = first.Text[2..] }, .. parts.Skip(1)], false, true);
        }

        return new(parts, false, false);
    }

    private static List<SpokenLine> Trimmed(List<SpokenLine> lines)
    {
        while (lines is [{ IsBlank: true }, ..])
            lines.RemoveAt(0);
        while (lines is [.., { IsBlank: true }])
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    [GeneratedRegex("""^\s*["“](.+?)["”]\s*$""", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Quoted();
}
