using System.Text.RegularExpressions;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>What a status code (RFC 3463) and the text beside it say about an address.</summary>
internal static partial class BounceReason
{
    /// <param name="status">Such as <c>5.1.1</c>; null where there is none.</param>
    /// <param name="text">What the receiving server said.</param>
    public static BounceKind Kind(string? status, string text)
    {
        // A code that only says "failed" is worth less than one in the text: many servers put 5.0.0 on everything.
        var code = status is null or "5.0.0" or "4.0.0" ? StatusIn(text) ?? status : status;
        var parts = (code ?? "").Split('.');
        if (parts.Length == 3)
        {
            var detail = $"{parts[1]}.{parts[2]}";
            if (parts[0] == "4")
                return BounceKind.Soft;
            switch (detail)
            {
                case "2.2" or "4.6" or "3.1":
                    return BounceKind.Soft;
                case "7.13" or "7.17" or "7.18" or "2.1":
                    return BounceKind.Hard;
                case "2.3" or "3.4":
                    return BounceKind.Policy;
            }

            if (parts[1] == "7")
                return UnknownUser().IsMatch(text) ? BounceKind.Hard : BounceKind.Policy;
            if (parts[1] is "1" or "4")
                return BounceKind.Hard;
        }

        // Words, where the code says little.
        if (MailboxFull().IsMatch(text))
            return BounceKind.Soft;
        if (UnknownUser().IsMatch(text))
            return BounceKind.Hard;
        if (Forbidden().IsMatch(text))
            return BounceKind.Policy;
        return Temporary().IsMatch(text) ? BounceKind.Soft : BounceKind.Hard;
    }

    public static string? StatusIn(string text) => Status().Match(text) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)", RegexOptions.None, 1000)]
    private static partial Regex Status();

    [GeneratedRegex("mailbox (is )?full|over ?quota|quota (is |has been )?exceeded|exceeded (its |the )?(storage|quota)|out of storage|storage (limit|allocation)|insufficient (disk|storage)|postkassen? er (fuld|fyldt)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex MailboxFull();

    [GeneratedRegex("(user|recipient|mailbox|address|account|alias)( address)? (is )?(unknown|not found|unavailable|does(n't| not) exist|rejected: (user|undeliverable))|unknown (user|recipient|mailbox|address|local)|no such (user|recipient|person|mailbox|address)|(account|mailbox) (has been |is |was )?(disabled|deactivated|inactive|suspended)|not a valid (mailbox|recipient)|invalid (recipient|mailbox)|host (or domain name )?not found|domain( name)? (not found|does not exist)|no mailbox here|findes ikke|ukendt (modtager|bruger)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex UnknownUser();

    [GeneratedRegex("spam|block(ed)? ?list|blacklist|blocked|policy|polic|reputation|denied|not authori[sz]ed|prohibited|dmarc|\\bspf\\b|dkim|virus|too (large|big)|size limit|afvist", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"timed? ?out|temporar|try again|retry|deferred|connection (refused|lost)|greylist|too many|(?<!\d)4\d\d[ -]", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Temporary();
}
