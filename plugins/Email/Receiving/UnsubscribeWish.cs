using System.Text.RegularExpressions;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>
/// A wish to be left alone: a mail to the address that List-Unsubscribe gives, or an answer that says nothing else. Too
/// many are taken for one rather than too few: a person who is written to again is worse than one who is not.
/// </summary>
internal static partial class UnsubscribeWish
{
    /// <summary>By the address or subject that our header asked for.</summary>
    public static ChannelEvent? FromAddress(IncomingMail mail)
    {
        foreach (var header in mail.Message.Headers.Where(header => header.Field.ToLowerInvariant() is "to" or "cc" or "delivered-to" or "x-original-to" or "envelope-to"))
            if (MailMark.InAddress(header.Value) is { Unsubscribes: true } found)
                return Wish(mail, new MessageMatch(found.Mark, "plus-address"), "mail to the unsubscribe address");
        return SubjectOfOurs().Match(mail.Subject.Trim()) is { Success: true } match
            ? Wish(mail, new MessageMatch(match.Groups[1].Value.ToLowerInvariant(), "subject"), mail.Subject.Trim())
            : null;
    }

    public static ChannelEvent? FromText(IncomingMail mail)
    {
        var text = string.Join(' ', mail.NewText.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var words = text.Trim('.', '!', ',', ';', '"', '\'', '*', '-', ' ');
        // "cancel" and "end" are words for it in a text message, but ordinary ones in a sentence.
        if (words.Length == 0 ? WholeWish().IsMatch(mail.Subject.Trim()) : WholeWish().IsMatch(words))
            return Wish(mail, mail.Match, words.Length == 0 ? mail.Subject.Trim() : text);
        return text.Length <= 240 && SaidWish().IsMatch(text) && !text.Contains('?', StringComparison.Ordinal) && !Negated().IsMatch(text)
            ? Wish(mail, mail.Match, text)
            : null;
    }

    private static ChannelEvent Wish(IncomingMail mail, MessageMatch? match, string wording) =>
        mail.About(new ChannelEvent.Unsubscribed(mail.EventId, mail.At, wording), match, mail.Sender?.Address);

    [GeneratedRegex(@"^unsubscribe\s+(pb[a-z2-7]{26})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SubjectOfOurs();

    [GeneratedRegex(@"^(please |venligst )?(stop( (it|all|now|mails?|e-?mails?|nu|venligst))?|stopall|quit|end|revoke|cancel|opt[ -]?out|unsubscribe( me)?|remove( me)?|afmeld( mig)?|frameld( mig)?|slet( mig)?|fjern( mig)?|nej tak til flere (mails?|e-?mails?))( please| venligst| thanks| tak)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WholeWish();

    [GeneratedRegex(@"\bunsubscribe\b|\bopt (me )?out\b|\b(remove|take|delete) (me|us|my (address|e-?mail))\b.{0,40}\b(list|database|system|mailing)|\bremove me\b|\bstop (e-?mailing|mailing|writing|contacting|sending)\b|\b(do not|don't) (e-?mail|contact|write to|send)\b.{0,30}\b(again|anymore|any more|further)|\bno (more|further) e-?mails?\b|\b(afmeld|frameld) (mig|os)\b|\b(slet|fjern) (mig|os)\b|\bikke (modtage|have|ønske) flere\b|\bønsker ikke (flere|yderligere|at (høre|modtage|blive kontaktet))|\bstop med at (skrive|sende|kontakte)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SaidWish();

    [GeneratedRegex(@"\b(do not|don't|didn't|please not|ikke) (unsubscribe|remove|opt|take|afmelde?|framelde?|slette?|fjerne?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Negated();
}
