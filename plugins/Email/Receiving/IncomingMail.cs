using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>A mail that came in, with what all who look at it want to know.</summary>
internal sealed class IncomingMail
{
    private readonly EmailSettings _settings;
    private readonly Func<string, string> _idOf;
    private readonly Lazy<string> _newText;
    private readonly Lazy<MessageMatch?> _match;

    /// <param name="idOf">The provider's id of the message with a mark.</param>
    public IncomingMail(MimeMessage message, string eventId, DateTimeOffset now, EmailSettings settings, Func<string, string> idOf)
    {
        _settings = settings;
        _idOf = idOf;
        Message = message;
        EventId = eventId;
        Sender = message.From.Mailboxes.FirstOrDefault() ?? message.Sender ?? (message.ReplyTo.Mailboxes.FirstOrDefault());
        Subject = message.Subject ?? "";
        // A wrong clock at the sender's may not put an event into the future, nor long before anything could be sent.
        Written = message.Headers.Contains(HeaderId.Date) && message.Date.Year is > 1990 and < 2200 ? message.Date : now;
        At = (Written > now ? now : Written).ToUniversalTime();
        _newText = new Lazy<string>(() => QuotedText.Strip(MailText.Of(message)));
        _match = new Lazy<MessageMatch?>(() => MessageMatch.OfAnswer(message));
    }

    public MimeMessage Message { get; }

    public string EventId { get; }

    /// <summary>When it was written, by the sender's clock and zone.</summary>
    public DateTimeOffset Written { get; }

    public DateTimeOffset At { get; }

    public MailboxAddress? Sender { get; }

    public string Subject { get; }

    /// <summary>What was written anew, without what it quotes.</summary>
    public string NewText => _newText.Value;

    /// <summary>The message of ours that it answers; null where it does not say.</summary>
    public MessageMatch? Match => _match.Value;

    public string? Header(string name) => Message.Headers[name];

    /// <summary>A copy of what we sent, such as one to ourselves.</summary>
    public bool IsOurOwn => Message.MessageId is { } id && MailMark.InMessageId(id) is not null
        && (Sender is null || _settings.OtherSenders.Append(_settings.From.Address).Any(own => own[0] == '@' ? Sender.Address.EndsWith(own, StringComparison.OrdinalIgnoreCase) : string.Equals(own, Sender.Address, StringComparison.OrdinalIgnoreCase)));

    /// <summary>For many: a newsletter, a list.</summary>
    public bool IsBulk => Message.Headers.Contains(HeaderId.ListId) || Message.Headers.Contains(HeaderId.ListUnsubscribe)
        || (Header("Precedence") ?? "").Trim().ToLowerInvariant() is "bulk" or "list" or "junk";

    /// <summary>The event with the message that this mail answers, and its sender.</summary>
    public ChannelEvent About(ChannelEvent channelEvent) => About(channelEvent, Match, Sender?.Address);

    public ChannelEvent About(ChannelEvent channelEvent, MessageMatch? match, string? address) =>
        channelEvent with { ProviderId = match is null ? null : _idOf(match.Mark), MatchedBy = match?.By, Address = string.IsNullOrWhiteSpace(address) ? null : address };
}
