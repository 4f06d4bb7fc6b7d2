using System.Text.RegularExpressions;

namespace Playbook.Sales.Inbound;

/// <summary>Whether an answer asks for no more messages.</summary>
/// <param name="IsCertain">The answer is nothing but a word that everybody knows means no more; otherwise a person must read it.</param>
/// <param name="Words">The words that say so.</param>
public sealed record OptOut(bool IsCertain, string Words);

/// <summary>
/// Reads an answer for a wish to be left alone, in English and Danish. A word known for it that stands alone is a certain no,
/// over any channel: the law knows no form (47 CFR 64.1200 names seven words). The same words inside a sentence may mean
/// anything ("we will stop by on Monday"), so that those only raise a question.
/// </summary>
public static partial class OptOutWords
{
    private const int LongestRead = 20_000;

    private static readonly HashSet<string> Alone = new(StringComparer.Ordinal)
    {
        "stop", "stopall", "stop all", "quit", "end", "revoke", "opt out", "opt-out", "optout", "cancel", "unsubscribe",
        "please stop", "unsubscribe me", "please unsubscribe", "remove me", "stop venligst",
        "afmeld", "afmeld mig", "afmelding", "frameld", "frameld mig", "slet mig", "fjern mig", "nej tak til mere",
    };

    /// <summary>Null where nothing in the answer asks for it.</summary>
    public static OptOut? In(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var own = OwnWords(text.Length > LongestRead ? text[..LongestRead] : text);
        var plain = Spaces().Replace(own, " ").Trim().Trim('.', '!', ',', ';', ':', '"', '\'', '“', '”', '«', '»', ' ').ToLowerInvariant();
        if (Alone.Contains(plain))
            return new OptOut(true, plain);
        var found = Phrases().Match(own);
        return found.Success ? new OptOut(false, Spaces().Replace(found.Value, " ").Trim()) : null;
    }

    /// <summary>
    /// The answer without what it quotes: a message of ours that explains how to unsubscribe must not count as the contact's
    /// own words.
    /// </summary>
    public static string OwnWords(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var own = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (BeginsQuote().IsMatch(line))
                break;
            if (!line.TrimStart().StartsWith('>'))
                own.Add(line);
        }

        return string.Join('\n', own).Trim();
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();

    /// <summary>"On Monday Ida wrote:", "Den 2. marts skrev Ida:", "-----Original Message-----", "From: …" below a rule, and the sign that a signature follows.</summary>
    [GeneratedRegex(@"^\s*(?:(?:on|den|d\.|the)\b.{3,200}\b(?:wrote|skrev)\b.{0,80}:\s*$|-{2,}\s*(?:original message|forwarded message|oprindelig meddelelse|videresendt)\b.*|_{10,}\s*$|--\s*$|(?:from|fra):\s.*@.*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BeginsQuote();

    [GeneratedRegex("""
        \b(?:
          (?:please|pls|kindly)\s+stop
        | stop\s+(?:writing|mailing|e-?mailing|sending|contacting|calling|texting|messaging|spamming|bothering|this|these|all|med\s+at|venligst|jeres)
        | (?:remove|delete|take|erase)\s+(?:me|us|my\s+(?:e-?mail|address|number|name))(?:\s+(?:off|from))?
        | un-?subscribe | opt(?:ing)?[\s-]+out | revoke
        | (?:do\s+not|don['’]?t|never|stop\s+to)\s+(?:contact|e-?mail|mail|write|call|text|phone)(?:\s+(?:to\s+)?(?:me|us|again|here))?
        | no\s+(?:more|further)\s+(?:e-?mails?|mails?|messages?|calls?|texts?|contact)
        | leave\s+(?:me|us)\s+alone | not\s+wish\s+to\s+(?:be\s+contacted|receive|hear) | (?:don['’]?t|do\s+not)\s+want\s+(?:any|more|your|these|to\s+(?:hear|receive|get))
        | afmeld(?:e|er|t|ing)? | frameld(?:e|er|t|ing)?
        | (?:fjern|slet|stryg)\s+(?:mig|os|min|vores|mine)
        | frabed(?:e|er|t)\b.{0,20} | stop\s+(?:det|nu|henvendelser)
        | (?:må|skal|bør|vil)\s+(?:i|du|de)?\s*ikke\s+(?:kontakte|skrive|ringe|sende)
        | (?:ikke|ej)\s+(?:kontaktes|kontakte\s+(?:mig|os)|skrive\s+til\s+(?:mig|os)|ringe\s+til\s+(?:mig|os)|have\s+flere\s+(?:mails?|beskeder|henvendelser|opkald))
        | (?:ikke|ingen)\s+flere\s+(?:e-?mails?|mails?|beskeder|henvendelser|opkald|sms'?e?r?)
        | lad\s+(?:mig|os)\s+være | samtykke\w*\s+tilbage | træk\w*\s+(?:mit|vores)\s+samtykke
        )
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Phrases();
}
