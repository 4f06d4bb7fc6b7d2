using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Playbook.Abstractions;

namespace Acme.Template;

/// <summary>The provider, made of code: with it `playbook plugin verify` checks the channel without reaching anybody.</summary>
internal sealed class TrialProvider(TimeProvider clock, Uri publicUrl)
{
    public const string Key = "trial-key";
    public const string Signing = "trial-signing";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _ids = [];
    private readonly List<TakenMessage> _accepted = [];

    public IReadOnlyList<TakenMessage> Accepted
    {
        get
        {
            lock (_lock)
                return [.. _accepted];
        }
    }

    public async Task<HttpResponseMessage> Answer(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization?.Parameter != Key)
            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        if (request.Method == HttpMethod.Get)
            return new HttpResponseMessage(HttpStatusCode.OK);
        var message = await request.Content!.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var key = request.Headers.GetValues("Idempotency-Key").Single();
        lock (_lock)
        {
            if (!_ids.TryGetValue(key, out var id))
            {
                _ids[key] = id = $"p-{_ids.Count + 1}";
                _accepted.Add(new TakenMessage(message.GetProperty("to").GetString()!, message.GetProperty("text").GetString()!));
            }

            return new HttpResponseMessage(HttpStatusCode.Created) { Content = JsonContent.Create(new { id }) };
        }
    }

    public IReadOnlyList<InboundRequest> Webhooks(string id) =>
        [Signed(Body("e-1", "delivered", id), Signing), Signed(Body("e-2", "reply", id), Signing), Signed(Body("e-3", "stop", id), Signing)];

    public IReadOnlyList<InboundRequest> Forged(string id)
    {
        var body = Body("e-1", "stop", id);
        return
        [
            Signed(body, "another key"),
            Signed(body, Signing) with { Body = Body("e-2", "stop", id) },
            Signed(body, Signing) with { Headers = new Dictionary<string, string>() },
        ];
    }

    private byte[] Body(string id, string type, string message) =>
        JsonSerializer.SerializeToUtf8Bytes(new { id, type, message, at = clock.GetUtcNow(), text = "Ja tak 😀" });

    private InboundRequest Signed(byte[] body, string key) =>
        new("POST", "events", new Dictionary<string, string> { [Signature.Header] = new Signature(key).Of(body) }, body) { Url = new Uri(publicUrl, "events") };
}
