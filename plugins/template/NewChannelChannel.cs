using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Playbook.Abstractions;

namespace Acme.Template;

/// <summary>The channel, opened with its settings. Change the requests to what your provider understands.</summary>
internal sealed class NewChannelChannel(ChannelSetup setup) : IChannel
{
    private readonly string _address = Need(setup, "address").TrimEnd('/');
    private readonly string _key = Need(setup, "key");
    private readonly SentMessages _sent = new(setup.Folder);
    private readonly Signature _signature = new(Need(setup, "signing"));

    public async ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Ask(HttpMethod.Get, "/account", null, null, cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => [],
                HttpStatusCode.Unauthorized => ["The provider does not accept the API key. Copy it again from the provider's page."],
                var other => [$"The provider answered {(int)other}. Check its address."],
            };
        }
        catch (HttpRequestException fault)
        {
            return [$"{_address} does not answer: {fault.Message}. Check the address."];
        }
    }

    public async ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(permit);
        // Before the permit: what went is gone, and saying anything else after a crash would be untrue.
        if (_sent.Find(message.IdempotencyKey) is { } earlier)
            return new SendResult.Accepted(earlier);
        if (permit.IdempotencyKey != message.IdempotencyKey)
            return new SendResult.Refused("The permit is for another message; this is a fault in Playbook, please report it.");
        if (permit.ValidUntil < setup.Clock.GetUtcNow())
            return new SendResult.TryLater(TimeSpan.FromSeconds(1), "The permit ran out before the message went; another is asked for.");
        using var answer = await Ask(HttpMethod.Post, "/messages", new { to = message.To, text = message.Text }, SentMessages.NameOf(message.IdempotencyKey), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            return new SendResult.TryLater(Wait(answer.Headers.RetryAfter), "The provider asks to wait.");
        if ((int)answer.StatusCode is >= 400 and < 500)
            return new SendResult.Refused($"The provider refuses it ({(int)answer.StatusCode}): {await answer.Content.ReadAsStringAsync(cancellationToken)} Check the contact's address.");
        // The provider's own trouble: throwing has Playbook try again later.
        answer.EnsureSuccessStatusCode();
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!;
        _sent.Keep(message.IdempotencyKey, id);
        return new SendResult.Accepted(id);
    }

    public ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Path != "events" || request.Method != "POST")
            return new(InboundAnswer.NotHere);
        return new(_signature.Fits(request) ? Events.Read(request.Body) : InboundAnswer.NotSigned);
    }

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string path, object? body, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, _address + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await setup.Http!.SendAsync(request, cancellationToken);
    }

    private TimeSpan Wait(RetryConditionHeaderValue? again) => again switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > setup.Clock.GetUtcNow() => date - setup.Clock.GetUtcNow(),
        _ => TimeSpan.FromMinutes(1),
    };

    private static string Need(ChannelSetup setup, string name) =>
        setup.Settings.TryGetValue(name, out var value) && value.Length > 0
            ? value
            : throw new ArgumentException($"The setting '{name}' is missing. Fill it in.");
}
