using System.Net;
using Playbook.Abstractions;
using Playbook.Once;

namespace Playbook.Webhook;

/// <summary>One other system.</summary>
internal sealed class WebhookChannel : IChannel
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private readonly WebhookSettings _settings;
    private readonly ChannelSetup _setup;
    private readonly WebhookPost _post;
    private readonly KeyJournal _journal;
    private readonly SendOnce _once;
    private readonly Pulse _pulse = new();

    public WebhookChannel(ChannelSetup setup)
    {
        _settings = WebhookSettings.Read(setup.Settings);
        _setup = setup;
        _post = new WebhookPost(_settings, setup.Http, setup.Clock);
        _journal = new KeyJournal(setup.Folder, "posted.log", setup.Clock);
        _once = new SendOnce(_journal, setup.Clock);
    }

    public ChannelHealth Health => _pulse.Health;

    public async ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken)
    {
        if (_settings.Problems.Count > 0)
            return _settings.Problems;
        var now = _setup.Clock.GetUtcNow();
        using var limit = new CancellationTokenSource(Patience, _setup.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await _post.Send($"ping_{Guid.CreateVersion7(now):N}", WebhookBody.Ping(now), either.Token);
            return answer.IsSuccess ? [] : [$"{_settings.Url} answered a signed {WebhookBody.PingType} with {answer.Said}; it should answer 2xx to a signature that holds, and to types that it does not know."];
        }
        catch (ForbiddenAddressException fault)
        {
            return [fault.Message];
        }
        catch (HttpRequestException fault)
        {
            return [$"{_settings.Url} cannot be reached: {fault.Message} Look at the address and at the network."];
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return fault is TimeoutException or OperationCanceledException
                ? [$"{_settings.Url} did not answer in time; look whether the other system runs."]
                : [$"{_settings.Url} could not be asked: {fault.Message}"];
        }
    }

    public ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(permit);
        return _pulse.Watch(
            () => _once.Send(
                message,
                permit,
                message.IdempotencyKey,
                message.Text,
                static () => null,
                // The other system knows the message again by its id, so the same request is made once more.
                (_, _) => new((string?)null),
                cancel => Post(message, cancel),
                cancellationToken),
            cancellationToken);
    }

    public ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(WebhookInbound.Read(request, _settings.In, _setup.Clock.GetUtcNow()));
    }

    private async ValueTask<Attempt> Post(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (_settings.Problems.Count > 0)
            return new Attempt.Broken(new HttpRequestException(string.Join(' ', _settings.Problems)));
        var id = WebhookPost.IdOf(message.IdempotencyKey);
        var answer = await _post.Send(id, WebhookBody.Of(message), cancellationToken);
        var attempt = Read(answer, id);
        if (attempt is Attempt.Unknown { Result: SendResult.TryLater later })
            _pulse.Miss(later.Reason);
        else
            _pulse.Beat();
        return attempt;
    }

    private Attempt Read(WebhookAnswer answer, string id) => answer.Status switch
    {
        _ when answer.IsSuccess => new Attempt.Took(answer.Id ?? id),
        HttpStatusCode.Gone => new Attempt.TookNot(new SendResult.Refused($"{_settings.Url} wants no more requests (HTTP 410); take the step out of the playbook, or change the address in the channel's settings.")),
        HttpStatusCode.TooManyRequests => new Attempt.TookNot(new SendResult.TryLater(answer.RetryAfter ?? TimeSpan.FromSeconds(30), $"The other system asks to slow down ({answer.Said}).")),
        HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or (HttpStatusCode)425 or >= HttpStatusCode.InternalServerError =>
            new Attempt.Unknown(new SendResult.TryLater(answer.RetryAfter ?? TimeSpan.FromMinutes(1), $"The other system has trouble ({answer.Said}).")),
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => new Attempt.Broken(Fault(answer, $"It points to {answer.Location ?? "another address"}; redirects are not followed, so put the right address into the channel's settings.")),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new Attempt.Broken(Fault(answer, "It does not take the signature; look whether both sides have the same secret.")),
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => new Attempt.Broken(Fault(answer, "Nothing takes requests there; look at the address in the channel's settings.")),
        _ => new Attempt.TookNot(new SendResult.Refused($"{_settings.Url} refused this message: {answer.Said}.")),
    };

    private HttpRequestException Fault(WebhookAnswer answer, string cure) => new($"{_settings.Url} answered {answer.Said}. {cure}", inner: null, answer.Status);
}
