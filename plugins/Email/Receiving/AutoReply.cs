using System.Text.RegularExpressions;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>Answers that a machine wrote (RFC 3834, and what was usual before and beside it).</summary>
internal static partial class AutoReply
{
    /// <summary>Null for what a person wrote; nothing for a machine's mail that answers none of ours.</summary>
    public static IReadOnlyList<ChannelEvent>? Read(IncomingMail mail)
    {
        var says = AutoSubmitted(mail);
        var isReply = says == "auto-replied" || Marked(mail) || SubjectWords().IsMatch(mail.Subject)
            || (mail.Match is not null && (says is not null || MarkedWhereItAnswers(mail)));
        if (isReply)
            return [mail.About(new ChannelEvent.AutoReplied(mail.EventId, mail.At, mail.NewText, ReturnDate.In($"{mail.Subject}\n{mail.NewText}", mail.Written)))];
        return says is null ? null : [];
    }

    /// <summary>The keyword, in small letters; null for "no" and for nothing.</summary>
    private static string? AutoSubmitted(IncomingMail mail)
    {
        var value = (mail.Header("Auto-Submitted") ?? "").Split(';', '(')[0].Trim().ToLowerInvariant();
        return value is "" or "no" ? null : value;
    }

    private static bool Marked(IncomingMail mail) =>
        Says(mail, "X-Autoreply") || Says(mail, "X-Auto-Reply") || Says(mail, "X-Autorespond") || Says(mail, "X-Autoresponder") || Says(mail, "X-Mail-Autoreply") || Says(mail, "X-Autoreply-From")
        || mail.Header("X-MS-Exchange-Inbox-Rules-Loop") is not null
        || Precedence(mail) is "auto_reply" or "auto-reply";

    /// <summary>Marks that newsletters and tickets bear as well: they count only on an answer to us.</summary>
    private static bool MarkedWhereItAnswers(IncomingMail mail) =>
        Precedence(mail) is "bulk" or "junk"
        || (mail.Header("X-Auto-Response-Suppress") ?? "").Split(',', StringSplitOptions.TrimEntries).Any(word => word.ToLowerInvariant() is "all" or "oof" or "autoreply")
        || mail.Header("Return-Path")?.Replace(" ", "", StringComparison.Ordinal) == "<>";

    private static string Precedence(IncomingMail mail) => (mail.Header("Precedence") ?? "").Trim().ToLowerInvariant();

    private static bool Says(IncomingMail mail, string header) => mail.Header(header) is { } value && !string.Equals(value.Trim(), "no", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\s*(automatic reply|auto[- ]?(reply|response|svar)|automatisk (svar|besvarelse)|autosvar|out of (the )?office|ikke på kontoret|ikke til stede|fravær(sbesked|sassistent|ende)?\b|ferieautosvar|(on|på) (vacation|holiday|leave|ferie)\b|vacation reply|abwesenheit|automatische antwort|abwesend|automatiskt svar|frånvaro|réponse automatique|absence du bureau|respuesta automática|automatisch antwoord|auto:)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SubjectWords();
}
