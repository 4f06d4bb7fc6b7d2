using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Playbook.Abstractions;

namespace Playbook.Webhook;

/// <summary>This channel on another system made of code, which knows a request again by its id.</summary>
internal static class WebhookTrial
{
    private const string Out = "whsec_b3V0b3V0b3V0b3V0b3V0b3V0b3V0b3V0";
    private const string In = "whsec_aW5pbmluaW5pbmluaW5pbmluaW5pbmlu";

    public static ChannelTrial Of(ChannelSetup setup)
    {
        var taken = new ConcurrentQueue<TakenMessage>();
        var known = new ConcurrentDictionary<string, bool>();
        var settings = new Dictionary<string, string>
        {
            ["url"] = "https://crm.example.com/hooks/playbook",
            ["secret"] = Out,
            ["in_secret"] = In,
            ["allow_private"] = "true", // a trial asks no name server
        };
        return new ChannelTrial(settings, "crm-42", () => [.. taken])
        {
            Action = "Send",
            Provider = Answer,
            Webhooks = id => Requests(setup, id),
            Forged = id => [.. Requests(setup, id).SelectMany(Forge)],
        };

        async Task<HttpResponseMessage> Answer(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            var id = request.Headers.GetValues(WebhookSignature.IdHeader).Single();
            if (!WebhookSignature.Holds([WebhookSignature.Key(Out)!], id, request.Headers.GetValues(WebhookSignature.TimeHeader).Single(), request.Headers.GetValues(WebhookSignature.SignatureHeader).Single(), body, setup.Clock.GetUtcNow()))
                return new HttpResponseMessage(HttpStatusCode.Unauthorized);
            using var document = JsonDocument.Parse(body);
            var data = document.RootElement.GetProperty("data");
            if (document.RootElement.GetProperty("type").GetString() != WebhookBody.PingType && known.TryAdd(id, true))
                taken.Enqueue(new TakenMessage(data.GetProperty("to").GetString()!, data.GetProperty("text").GetString()!));
            return new HttpResponseMessage(HttpStatusCode.Accepted);
        }
    }

    /// <summary>A request as the other system makes and signs it.</summary>
    public static InboundRequest Request(DateTimeOffset at, string id, string body, params IReadOnlyList<byte[]> keys)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        return new InboundRequest("POST", "", new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [WebhookSignature.IdHeader] = id,
            [WebhookSignature.TimeHeader] = WebhookSignature.Seconds(at),
            [WebhookSignature.SignatureHeader] = WebhookSignature.Of(keys, id, at, bytes),
        }, bytes);
    }

    private static IReadOnlyList<InboundRequest> Requests(ChannelSetup setup, string providerId) =>
    [
        .. new[] { "\"delivered\",\"data\":{", "\"replied\",\"data\":{\"text\":\"Ja tak\",", "\"answered\",\"data\":{\"answer\":\"accepted\",", "\"unsubscribed\",\"data\":{\"wording\":\"Nej tak\"," }
            .Index().Select(part => Request(setup.Clock.GetUtcNow(), $"evt_{part.Index}", $"{{\"type\":{part.Item}\"providerId\":{JsonSerializer.Serialize(providerId)}}}}}", WebhookSignature.Key(In)!)),
    ];

    private static IEnumerable<InboundRequest> Forge(InboundRequest request)
    {
        var headers = request.Headers;
        yield return request with { Headers = With(WebhookSignature.SignatureHeader, "") };
        yield return request with { Headers = With(WebhookSignature.SignatureHeader, "v1," + Convert.ToBase64String(SHA256.HashData(request.Body.Span))) };
        yield return request with { Headers = With(WebhookSignature.IdHeader, "evt_other") };
        yield return request with { Headers = With(WebhookSignature.TimeHeader, "1") };
        yield return request with { Body = new ReadOnlyMemory<byte>([.. request.Body.Span, (byte)' ']) };

        Dictionary<string, string> With(string name, string value) => new(headers, StringComparer.OrdinalIgnoreCase) { [name] = value };
    }
}
