using System.Globalization;
using System.Text;

namespace Playbook.Sales.Import;

/// <summary>Makes the key under which two spellings of a name meet.</summary>
public static class NameKey
{
    // Only as the last word of several: a company may well be called "AS".
    private static readonly HashSet<string> LegalForms = new(StringComparer.Ordinal)
    {
        "inc", "ltd", "limited", "llc", "llp", "plc", "corp", "gmbh", "ag", "ab", "as", "aps", "oy", "oyj", "sa", "sarl",
        "srl", "spa", "bv", "nv", "kg", "ks", "is", "amba", "ivs",
    };

    /// <summary>Lower-case letters and digits only, without accents.</summary>
    public static string Of(string name) => Fold(name, keepSpaces: false);

    /// <summary>As <see cref="Of"/>, without the legal form: "Isdom A/S" and "isdom" are one company.</summary>
    public static string OfCompany(string name)
    {
        var words = Fold(name.Replace("/", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal), keepSpaces: true)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = words.Length > 1 && LegalForms.Contains(words[^1]) ? words.Length - 1 : words.Length;
        return string.Concat(words.Take(count));
    }

    /// <summary>The key, or the name itself where it has no letter or digit, so that "???" and "!!!" do not meet.</summary>
    public static string OrName(string key, string name) => key.Length > 0 ? key : name;

    /// <summary>Whether two names with one key differ in more than case and outer space.</summary>
    public static bool SpeltDifferently(string one, string other) =>
        !string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string Fold(string name, bool keepSpaces)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var letter in name.ToLowerInvariant().Normalize(NormalizationForm.FormKD))
        {
            switch (letter)
            {
                case 'æ': folded.Append("ae"); break;
                case 'ø': folded.Append("oe"); break;
                case 'ß': folded.Append("ss"); break;
                // å arrives as a + ring; "aa" is its older spelling, and both are written.
                case '\u030a' when folded.Length > 0 && folded[^1] == 'a': folded.Append('a'); break;
                default:
                    if (char.IsLetterOrDigit(letter))
                        folded.Append(letter);
                    else if (keepSpaces && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                        folded.Append(' ');
                    break;
            }
        }
        return folded.ToString();
    }
}
