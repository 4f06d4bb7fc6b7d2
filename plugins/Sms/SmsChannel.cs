using Playbook.Abstractions;
using Playbook.Once;
using Playbook.Twilio;

namespace Playbook.Sms;

/// <summary>One account's text messages.</summary>
internal sealed class SmsChannel : IChannel
{
    public const string StatusPath = "status";

    private readonly SmsSettings _settings;
    private readonly ChannelSetup _setup;
    private readonly TwilioAccount _account;
    private readonly KeyJournal _journal;
    private readonly SendOnce _once;
    private readonly OptOuts _optOuts;
    private readonly SmsInbound _inbound;
    private readonly Pulse _pulse = new();

    public SmsChannel(ChannelSetup setup)
    {
        _settings = SmsSettings.Read(setup.Settings);
        _setup = setup;
        _account = new TwilioAccount(_settings.Twilio, setup.Http, setup.Clock);
        _journal = new KeyJournal(setup.Folder, "sent.log", setup.Clock);
        _once = new SendOnce(_journal, setup.Clock);
        _optOuts = new OptOuts(setup.Folder);
        _inbound = new SmsInbound(_journal);
    }

    public ChannelHealth Health => _pulse.Health is { IsWell: false } ill ? ill
        : _setup.PublicUrl is null && _settings.CanBeAnswered ? new ChannelHealth(true, "Works. The server has no public address, so answers and reports are fetched every minute instead of coming at once.")
        : ChannelHealth.Well;

    public async ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken)
    {
        if (_settings.Gaps().ToList() is { Count: > 0 } gaps)
            return gaps;
        return await _account.Validate(
            async cancel => _settings.IsNumber ? await TwilioNumber.Problems(_account, _settings.From, "sms", "text messages", cancel) : [],
            cancellationToken);
    }

    public ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(permit);
        var text = TextOf(message);
        return _pulse.Watch(
            () => _once.Send(
                message,
                permit,
                E164.Of(message.To) ?? "",
                text,
                () => Refusal(message, text),
                (known, cancel) => Find(message, text, known, cancel),
                cancel => Post(message, text, cancel),
                cancellationToken),
            cancellationToken);
    }

    public ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Path.Trim('/') is not ("" or "inbound" or StatusPath))
            return new(InboundAnswer.NotHere);
        if (!TwilioRequest.TryRead(request, _settings.Twilio, _setup.PublicUrl, _setup.Clock, out var read, out var answer))
            return new(answer);
        return new(read.Path == StatusPath ? _inbound.Report(read) : _inbound.Text(read));
    }

    public Task Listen(IInbox inbox, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inbox);
        var told = _optOuts.Tell(inbox, cancellationToken);
        return _setup.PublicUrl is null && _settings.CanBeAnswered
            ? Task.WhenAll(told, new SmsPoll(_account, _settings, _setup.Clock, _pulse).Run(inbox, cancellationToken))
            : told;
    }

    private string TextOf(OutgoingMessage message)
    {
        var text = message.Text.Trim();
        return _settings.CanBeAnswered || message.UnsubscribeUrl is not { } stop || text.Contains(stop.AbsoluteUri, StringComparison.Ordinal)
            ? text
            : $"{text}\nStop: {stop.AbsoluteUri}";
    }

    private string? Refusal(OutgoingMessage message, string text)
    {
        if (E164.Of(message.To) is null)
            return $"'{message.To}' is no phone number that can be written to from anywhere; {E164.Cure}.";
        if (text.Length == 0)
            return "The message has no text; write one in the script.";
        var segments = SmsSegments.Of(text);
        return segments.Count <= _settings.MaxSegments ? null
            : $"The text takes {segments.Count} parts and at most {_settings.MaxSegments} are allowed{(segments.IsUnicode ? " (a character outside the phone alphabet makes each part 67 characters instead of 153)" : "")}; shorten the script or allow more in the channel's settings.";
    }

    private async ValueTask<Attempt> Post(OutgoingMessage message, string text, CancellationToken cancellationToken)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("To", E164.Of(message.To)!),
            new(_settings.IsService ? "MessagingServiceSid" : "From", _settings.From),
            new("Body", text),
        };
        if (_setup.PublicUrl is { } url)
            form.Add(new("StatusCallback", TwilioRequest.Address(url, StatusPath, message.IdempotencyKey)));
        var answer = await _account.Post("Messages.json", form, cancellationToken);
        if (answer.Code == SmsErrors.OptedOut)
            await _optOuts.Keep(message.IdempotencyKey, E164.Of(message.To)!, _setup.Clock.GetUtcNow(), cancellationToken);
        var attempt = TwilioAttempt.Of(answer, refused => SmsErrors.Refusal(refused.Code, refused.Message));
        if (attempt is Attempt.Unknown { Result: SendResult.TryLater later })
            _pulse.Miss(later.Reason);
        else
            _pulse.Beat();
        return attempt;
    }

    /// <summary>
    /// Twilio takes no key from us, so a message whose answer was lost is known again by its text (as it was then, or as it is
    /// now) to that number, made since then and not known as another of ours.
    /// </summary>
    private async ValueTask<string?> Find(OutgoingMessage message, string text, KeyEntry known, CancellationToken cancellationToken)
    {
        if (E164.Of(message.To) is not { } to)
            return null;
        await foreach (var item in _account.List($"Messages.json?To={Uri.EscapeDataString(to)}&PageSize=100", "messages", cancellationToken))
        {
            var found = new SmsItem(item);
            if (found.CreatedAt is { } created && created < known.Since - TwilioAccount.ClocksDiffer)
                return null;
            // A trial account puts words of its own before the text.
            var isSame = found.Body.EndsWith(text, StringComparison.Ordinal) || KeyJournal.HashOf(found.Body) == known.Mark;
            if (isSame && found.IsOutbound && found.To == to && found.Sid is { } sid && !_journal.IsKnown(sid))
                return sid;
        }

        return null;
    }
}
