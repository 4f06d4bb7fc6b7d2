using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Once;
using Playbook.Twilio;

namespace Playbook.Phone;

/// <summary>One account's calls: the caller's phone rings first, and when it is taken up, the contact's.</summary>
internal sealed class PhoneChannel : IChannel
{
    private readonly PhoneSettings _settings;
    private readonly ChannelSetup _setup;
    private readonly TwilioAccount _account;
    private readonly KeyJournal _journal;
    private readonly SendOnce _once;
    private readonly CallReports _reports;
    private readonly Pulse _pulse = new();

    public PhoneChannel(ChannelSetup setup)
    {
        _settings = PhoneSettings.Read(setup.Settings);
        _setup = setup;
        _account = new TwilioAccount(_settings.Twilio, setup.Http, setup.Clock);
        _journal = new KeyJournal(setup.Folder, "called.log", setup.Clock);
        _once = new SendOnce(_journal, setup.Clock);
        _reports = new CallReports(_journal, _settings, setup.PublicUrl);
    }

    public ChannelHealth Health => _settings.IsByHand ? new ChannelHealth(true, "People dial by hand; no provider is set up.")
        : _pulse.Health is { IsWell: false } ill ? ill
        : _setup.PublicUrl is null ? new ChannelHealth(true, "Dials. The server has no public address, so how a call ended is known only from the person who called.")
        : ChannelHealth.Well;

    public async ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken)
    {
        if (_settings.IsByHand)
            return _settings.RepPhones.Count + _settings.Unread.Count == 0 ? [] : ["Phones are given but no account; fill in the account SID, the auth token and the number that is shown, or empty the form."];
        return _settings.Gaps().ToList() is { Count: > 0 } gaps ? gaps
            : await _account.Validate(cancel => CallerId.Problems(_account, _settings.From, cancel), cancellationToken);
    }

    public ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(permit);
        return _pulse.Watch(
            () => _once.Send(
                message,
                permit,
                _settings.RepPhone(message) ?? "",
                message.To,
                () => Refusal(message),
                (known, cancel) => Find(message, known.Since, cancel),
                cancel => Dial(message, cancel),
                cancellationToken),
            cancellationToken);
    }

    public ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Path.Trim('/') is not (CallReports.ConnectPath or CallReports.CallerPath or CallReports.ContactPath))
            return new(InboundAnswer.NotHere);
        return new(TwilioRequest.TryRead(request, _settings.Twilio, _setup.PublicUrl, _setup.Clock, out var read, out var answer) ? _reports.Answer(read) : answer);
    }

    private string? Refusal(OutgoingMessage message) =>
        _settings.IsByHand ? "Nothing is set up that could dial; call by hand, or fill in the phone channel's settings."
        : E164.Of(message.To) is null ? $"'{message.To}' is no phone number that can be called from anywhere; {E164.Cure}."
        : _settings.RepPhone(message) is null ? $"It is not known which phone {message.FromName ?? "the caller"} calls from; add a line with their e-mail address and number to the phone channel's settings."
        : null;

    private async ValueTask<Attempt> Dial(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var contact = E164.Of(message.To)!;
        var form = new List<KeyValuePair<string, string>>
        {
            new("To", _settings.RepPhone(message)!),
            new("From", _settings.From),
            new("Timeout", "30"),
        };
        if (_setup.PublicUrl is { } url)
        {
            form.Add(new("Url", $"{TwilioRequest.Address(url, CallReports.ConnectPath, message.IdempotencyKey)}&to={Uri.EscapeDataString(contact)}"));
            form.Add(new("StatusCallback", TwilioRequest.Address(url, CallReports.CallerPath, message.IdempotencyKey)));
            form.AddRange(CallReports.Stages.Select(stage => KeyValuePair.Create("StatusCallbackEvent", stage)));
        }
        else
        {
            form.Add(new("Twiml", _reports.Connect(contact, key: null)));
        }

        var answer = await _account.Post("Calls.json", form, cancellationToken);
        var attempt = TwilioAttempt.Of(answer, CallErrors.Refusal);
        if (attempt is Attempt.Unknown { Result: SendResult.TryLater later })
            _pulse.Miss(later.Reason);
        else
            _pulse.Beat();
        return attempt;
    }

    /// <summary>Twilio takes no key from us: a call whose answer was lost is one to the caller's phone, made since then and not known as another of ours.</summary>
    private async ValueTask<string?> Find(OutgoingMessage message, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (_settings.RepPhone(message) is not { } phone)
            return null;
        string? first = null;
        await foreach (var call in _account.List($"Calls.json?To={Uri.EscapeDataString(phone)}&From={Uri.EscapeDataString(_settings.From)}&PageSize=50", "calls", cancellationToken))
        {
            if (TwilioAccount.Date(Text(call, "date_created")) < since - TwilioAccount.ClocksDiffer)
                break;
            if (Text(call, "direction") == "outbound-api" && Text(call, "sid") is { } sid && !_journal.IsKnown(sid))
                first = sid; // newest first: the oldest is the one that was asked for first
        }

        return first;
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
