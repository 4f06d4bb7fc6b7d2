using System.Text.RegularExpressions;

namespace Playbook.Email;

/// <summary>What somebody wrote anew in an answer: without what is quoted, the line that introduces it, and the signature.</summary>
internal static partial class QuotedText
{
    private const int LongestIntroduction = 3;

    /// <summary>Where nothing new is found, all of it: too much is better than an empty answer.</summary>
    public static string Strip(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var kept = new List<string>();
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at].TrimEnd();
            // Below such a line stands the old mail, quoted by nothing but its place.
            if (OldMail().IsMatch(line) || BeginsHeaders(lines, at))
                break;
            if (line is "--" or "-- " || lines[at] == "-- ")
                break;
            if (Introduction(lines, at) is { } length)
            {
                at += length - 1;
                // Some programs set no sign before the quoted lines.
                if (!FollowedByQuote(lines, at + 1))
                    break;
                continue;
            }

            if (IsQuoted(line) || SentFrom().IsMatch(line))
                continue;
            kept.Add(line);
        }

        var stripped = string.Join('\n', kept).Trim();
        while (stripped.Contains("\n\n\n", StringComparison.Ordinal))
            stripped = stripped.Replace("\n\n\n", "\n\n", StringComparison.Ordinal);
        return stripped.Length > 0 ? stripped : text.Trim();
    }

    private static bool IsQuoted(string line) => line.TrimStart().StartsWith('>');

    /// <summary>"On … wrote:" on up to three lines; how many.</summary>
    private static int? Introduction(string[] lines, int at)
    {
        var joined = "";
        for (var length = 1; length <= LongestIntroduction && at + length <= lines.Length; length++)
        {
            var line = lines[at + length - 1].Trim();
            if (line.Length is 0 or > 300)
                return null;
            joined = joined.Length == 0 ? line : joined + " " + line;
            if (WroteLine().IsMatch(joined))
                return length;
            if (!WroteBegin().IsMatch(joined))
                return null;
        }

        return null;
    }

    private static bool FollowedByQuote(string[] lines, int at)
    {
        for (; at < lines.Length; at++)
            if (lines[at].Trim().Length > 0)
                return IsQuoted(lines[at]);
        return true;
    }

    /// <summary>"From: … / Sent: …" as Outlook puts it above what it answers.</summary>
    private static bool BeginsHeaders(string[] lines, int at) =>
        FromLine().IsMatch(lines[at]) && lines.Skip(at + 1).Take(5).Any(line => SentLine().IsMatch(line));

    [GeneratedRegex(@"^\s*>?\s*(-{2,}|_{2,})\s*(original message|oprindelig (meddelelse|besked)|forwarded message|videresendt (meddelelse|besked)|ursprüngliche nachricht|originalmeddelande|message d'origine|mensaje original)\s*(-{2,}|_{2,})?\s*$|^\s*_{10,}\s*$", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex OldMail();

    [GeneratedRegex(@"^\s*\*?(from|fra|von|från|de|van)\s*:\*?\s*\S", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex FromLine();

    [GeneratedRegex(@"^\s*\*?(sent|sendt|date|dato|gesendet|skickat|envoyé|enviado|verzonden)\s*:\*?\s*\S", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SentLine();

    [GeneratedRegex(@"^(on|den|d\.|le|am|op|el|il|man|tir|ons|tor|fre|lør|søn|\d{1,4}[./-]|>?\s*\S+ .{0,80}<)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex WroteBegin();

    [GeneratedRegex(@"^(on\b.{4,250}\bwrote|(den|d\.|man|tir|ons|tor|fre|lør|søn).{4,250}\b(skrev|skrev følgende|skrev .{1,120})|le\b.{4,250}\ba écrit|am\b.{4,250}\bschrieb.{0,120}|op\b.{4,250}\bschreef.{0,120}|el\b.{4,250}\bescribió|il\b.{4,250}\bha scritto|\d{1,4}[./-].{4,250}(wrote|skrev).{0,120}|.{1,120}<\S+@\S+>\s*(wrote|skrev|schrieb))\s*:\s*$", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex WroteLine();

    [GeneratedRegex(@"^\s*(sent from (my|mail for|outlook|yahoo|proton)|sendt fra (min|mail til|outlook)|get outlook for|hent outlook (til|for)|sent via|von meinem .{1,30} gesendet)\b.{0,80}$", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SentFrom();
}
