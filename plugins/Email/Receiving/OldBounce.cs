using System.Text.RegularExpressions;
using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>Bounces in words only, as qmail, old Exim and Exchange and many small servers send them.</summary>
internal static partial class OldBounce
{
    private const int Most = 64 * 1024;

    /// <summary>Null where the mail is no bounce; nothing where it only says that the message is late.</summary>
    public static IReadOnlyList<ChannelEvent>? Read(IncomingMail mail)
    {
        if (!IsFromServer(mail))
            return null;
        var text = MailText.Of(mail.Message);
        text = text.Length > Most ? text[..Most] : text;
        var failed = mail.Header("X-Failed-Recipients");
        if (failed is null && !Undelivered().IsMatch(mail.Subject) && !Undelivered().IsMatch(text))
            return null;
        if (failed is null && Late().IsMatch(mail.Subject))
            return [];
        var said = SaidIn(text);
        var original = ReturnedOriginal.In(mail.Message);
        var match = MessageMatch.OfIds(original?.MessageId, "returned original")
            ?? MessageMatch.OfAnswer(mail.Message) switch { { By: "plus-address" } found => found with { By = "VERP" }, var found => found }
            ?? (MailMark.InText(text) is { } mark ? new MessageMatch(mark, "returned original") : null)
            ?? (MailMark.InText(original?.Text ?? "") is { } inside ? new MessageMatch(inside, "returned original") : null);
        var address = failed?.Split(',')[0].Trim() ?? (AddressIn().Match(text) is { Success: true } found2 ? found2.Groups[1].Value : null) ?? original?.To;
        return [mail.About(new ChannelEvent.Bounced(mail.EventId, mail.At, BounceReason.Kind(BounceReason.StatusIn(said), said), said.Length > 0 ? said : "The mail server gave no reason."), match, address)];
    }

    private static bool IsFromServer(IncomingMail mail) =>
        mail.Header("X-Failed-Recipients") is not null
        || (mail.Sender is { } sender && Server().IsMatch(sender.LocalPart))
        || (mail.Header("Return-Path")?.Replace(" ", "", StringComparison.Ordinal) == "<>" && Undelivered().IsMatch(mail.Subject));

    /// <summary>The line with the code, or the one that tells the cause in words.</summary>
    private static string SaidIn(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(200).ToList();
        var line = lines.FirstOrDefault(line => Code().IsMatch(line)) ?? lines.FirstOrDefault(line => Cause().IsMatch(line)) ?? "";
        return line.Length > 500 ? line[..500] : line;
    }

    [GeneratedRegex(@"^(mailer-?daemon|postmaster|mail-?daemon|mdaemon|mail\.?delivery(\.?(sub)?system)?|bounces?)$", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Server();

    [GeneratedRegex("undeliver|not (be )?delivered|delivery (status )?(notification )?\\(?(has )?fail|delivery failure|failure notice|returned mail|returning message|returned to sender|mail delivery (failed|problem)|could not be delivered|wasn't able to deliver|unable to deliver|delivery (incomplete|has been delayed)|message .{0,30}delayed|kunne ikke (leveres|afleveres)|ikke leveret", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Undelivered();

    [GeneratedRegex("delayed|warning: message|warning: could not send|still being retried|delivery incomplete|forsinket", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Late();

    [GeneratedRegex(@"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)|(?<!\d)[45]\d\d[ -]\S", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("unknown|no such|not found|does(n't| not) exist|full|quota|blocked|denied|rejected|disabled|invalid|timed out|findes ikke|ukendt", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Cause();

    [GeneratedRegex(@"<([^\s<>@]{1,64}@[^\s<>@]{1,255})>", RegexOptions.None, 1000)]
    private static partial Regex AddressIn();
}
