using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Playbook.Letter.Pages;

/// <summary>What of a text can be printed with the font there is.</summary>
/// <param name="Text">Without what was left out.</param>
/// <param name="Dropped">Symbols without which the text still says the same, such as emoji.</param>
/// <param name="Missing">Letters that cannot be left out: the text must not be printed.</param>
internal sealed partial record PrintableText(string Text, IReadOnlyList<string> Dropped, IReadOnlyList<string> Missing)
{
    public static PrintableText Of(string text)
    {
        var kept = new StringBuilder(text.Length);
        var (dropped, missing) = (new List<string>(), new List<string>());
        // Composed where possible: the font has é, and the renderer does not move an accent over its letter.
        foreach (var rune in WholeRunes(text).Normalize(NormalizationForm.FormC).ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n')
                kept.Append('\n');
            else if (rune.Value is '\t')
                kept.Append("    ");
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format || rune.Value is >= 0xFE00 and <= 0xFE0F)
                continue;
            else if (Face.Has(rune))
                kept.Append(rune.ToString());
            else if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.CurrencySymbol)
                missing.Add(rune.ToString());
            else
                dropped.Add(rune.ToString());
        }
        // What stood beside a dropped symbol is not left apart from what follows.
        if (dropped.Count > 0)
            kept = new StringBuilder(GapBefore().Replace(kept.ToString(), ""));
        return new PrintableText(kept.ToString(), [.. dropped.Distinct()], [.. missing.Distinct()]);
    }

    [GeneratedRegex(@" (?=[ .,;:!?\n]|$)", RegexOptions.None, 1000)]
    private static partial Regex GapBefore();

    // A lone half of a pair cannot be normalised.
    private static string WholeRunes(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            whole.Append(rune.ToString());
        return whole.ToString();
    }
}
