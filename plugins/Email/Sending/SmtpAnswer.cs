using System.Globalization;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>What a server said instead of taking a message, and what follows from it.</summary>
/// <param name="Code">The three digits.</param>
/// <param name="Status">The RFC 3463 code such as <c>5.1.1</c>; null where it gave none.</param>
/// <param name="Text">All that it said.</param>
/// <param name="At">Which of sender, receiver or content it was said to.</param>
internal sealed partial record SmtpAnswer(int Code, string? Status, string Text, SmtpErrorCode At)
{
    private static readonly TimeSpan _soon = TimeSpan.FromMinutes(5);

    public static SmtpAnswer Of(SmtpCommandException fault)
    {
        var text = fault.Message.ReplaceLineEndings(" ");
        return new SmtpAnswer((int)fault.StatusCode, StatusCode().Match(text) is { Success: true } match ? match.Value : null, text, fault.ErrorCode);
    }

    /// <summary>The server closes the connection: nothing against the message.</summary>
    public bool IsGoodbye => Code == 421;

    /// <exception cref="MailboxTroubleException">It is not about this message: the mailbox or its standing has to be mended.</exception>
    public SendResult Result()
    {
        if (Trouble() is { } trouble)
            throw new MailboxTroubleException(trouble);
        if (Code is >= 400 and < 500)
            return new SendResult.TryLater(Wait(), $"The mail server wants to be asked again later: {Quoted}");
        if (Status is "5.2.2" || MailboxFull().IsMatch(Text))
            return new SendResult.TryLater(TimeSpan.FromHours(6), $"The contact's mailbox is full: {Quoted}");
        if (At == SmtpErrorCode.RecipientNotAccepted && (Status is null || !Status.StartsWith("5.7", StringComparison.Ordinal)))
            return new SendResult.Refused($"The address does not work; correct the contact. The mail server said: {Quoted}");
        if (Code == 552 || Status is "5.3.4" or "5.2.3")
            return new SendResult.Refused($"The message is too big for the receiver; send smaller attachments or a link. The mail server said: {Quoted}");
        return new SendResult.Refused($"The receiver's rules forbid this message; look at its content and at what the mail server said: {Quoted}");
    }

    private string Quoted => $"{Code} {Text}";

    private string? Trouble() => (Code, Status) switch
    {
        (530 or 534 or 535 or 538, _) or (_, "5.7.8" or "5.7.9" or "5.7.11") =>
            $"The mail server wants another sign-in; correct SMTP user, password and encryption. It said: {Quoted}",
        (_, "5.7.515") =>
            $"Microsoft refuses this domain's mails because SPF, DKIM or DMARC do not pass; test the settings, which names the records to publish, and send again when they stand. It said: {Quoted}",
        (_, "5.7.23" or "5.7.20" or "5.7.21" or "5.7.22" or "5.7.24" or "5.7.26" or "5.7.27" or "5.7.29" or "5.7.30") =>
            $"The receiver could not tell that the mail is really from this domain (SPF, DKIM, DMARC); test the settings, which names the records to publish. It said: {Quoted}",
        (_, "5.7.25") =>
            $"The sending server's address has no name that leads back to it (PTR); its operator has to set one. The receiver said: {Quoted}",
        ( >= 500, _) when RelayDenied().IsMatch(Text) =>
            $"The mail server does not send for this mailbox; sign in with a user of its own, or use its port for submission (587). It said: {Quoted}",
        ( >= 500, _) when Listed().IsMatch(Text) =>
            $"The sending server or domain stands on a block list; stop sending, find the list in what the server said, and ask to be taken off: {Quoted}",
        ( >= 500, _) when At == SmtpErrorCode.SenderNotAccepted =>
            $"The mail server does not take mail from this sender; use an address that belongs to the SMTP user. It said: {Quoted}",
        (500 or 501 or 502 or 503 or 504 or 555, _) when At == SmtpErrorCode.UnexpectedStatusCode =>
            $"The mail server did not understand what it was told; this is a fault in the e-mail plugin or the server, please report it: {Quoted}",
        _ => null,
    };

    /// <summary>As long as it says; a greylisting server five minutes, any other a quarter of an hour.</summary>
    private TimeSpan Wait()
    {
        if (TimeGiven().Match(Text) is { Success: true } match && int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var number))
        {
            var wait = match.Groups[2].Value.ToLowerInvariant()[0] switch { 's' => TimeSpan.FromSeconds(number), 'm' => TimeSpan.FromMinutes(number), _ => TimeSpan.FromHours(number) };
            return wait < TimeSpan.FromSeconds(10) ? TimeSpan.FromSeconds(10) : wait > TimeSpan.FromHours(24) ? TimeSpan.FromHours(24) : wait;
        }

        return Greylisted().IsMatch(Text) ? _soon : Status switch { "4.2.2" => TimeSpan.FromHours(6), _ => TimeSpan.FromMinutes(15) };
    }

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.None, 1000)]
    private static partial Regex StatusCode();

    [GeneratedRegex(@"gr[ea]y-?list|try again (later|in)|\b4\.7\.1\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Greylisted();

    [GeneratedRegex(@"\b(\d{1,5})\s*(s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:ours?)?)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex TimeGiven();

    [GeneratedRegex("mailbox (is )?full|over ?quota|quota (is )?exceeded|insufficient (system )?storage", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex MailboxFull();

    [GeneratedRegex("relay(ing)? (access )?(denied|not permitted)|not permitted to relay|unable to relay|authentication (is )?required|sender address rejected|not owned by user", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex RelayDenied();

    [GeneratedRegex(@"spamhaus|spamcop|barracuda|sorbs|block ?list|black ?list|deny ?list|\brbl\b|dnsbl|poor reputation|listed (at|by|in|on)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Listed();
}
