using System.Globalization;
using System.Text;

namespace Playbook.Sms;

/// <summary>What a text of one word asks for.</summary>
internal enum SmsWish
{
    /// <summary>It is an ordinary text; a word of these inside a sentence is for a person to read.</summary>
    None,
    Stop,
    Start,
    Help,
}

/// <summary>The words by which a contact stops, starts and asks for help, in English and Danish.</summary>
internal static class SmsWord
{
    public static IReadOnlyList<string> StopWords { get; } =
    [
        "stop", "stopall", "stop all", "quit", "end", "cancel", "unsubscribe", "revoke", "opt out", "optout",
        "stop alt", "afmeld", "afmeld mig", "afmelding", "slut", "afslut", "frameld", "frameld mig", "framelding", "ophør", "slet mig",
    ];

    public static IReadOnlyList<string> StartWords { get; } = ["start", "unstop", "tilmeld", "tilmeld mig"];

    public static IReadOnlyList<string> HelpWords { get; } = ["help", "info", "hjælp"];

    public static SmsWish Wish(string text)
    {
        var words = Plain(text);
        return StopWords.Contains(words) || words.Split(' ').All(StopWords.Contains) ? SmsWish.Stop
            : StartWords.Contains(words) ? SmsWish.Start
            : HelpWords.Contains(words) ? SmsWish.Help
            : SmsWish.None;
    }

    /// <summary>Letters and digits in small, with one blank for whatever else stands between them.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in Normalized(text).EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format))
            if (Rune.IsLetterOrDigit(rune))
                plain.Append(Rune.ToLowerInvariant(rune));
            else if (plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        return plain.ToString().TrimEnd();
    }

    /// <summary>Wide and composed letters become the usual ones. A torn pair cannot be, and is no word either.</summary>
    private static string Normalized(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
