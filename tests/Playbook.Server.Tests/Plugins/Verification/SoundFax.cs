using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Playbook.Abstractions;

namespace Playbook.Server.Tests.Plugins.Verification;

/// <summary>What a channel can do wrong, one at a time.</summary>
public enum Sin
{
    None,
    SpacesInId,
    ActionTwice,
    SecretWithDefault,
    SendsWhileValidating,
    FindsNothingMissing,
    SendsTwice,
    ForgetsOverRestart,
    AsksForPermitOfWhatWent,
    SameIdForAll,
    ChokesOnKeys,
    SpoilsLetters,
    NeedsNoPermit,
    TakesAnyPermit,
    TakesOldPermits,
    GivesUpWhenBusy,
    WaitsForEver,
    GivesUpWhenAnswerIsLost,
    CallsStrangers,
    EventsWithoutMessage,
    NewIdEachTime,
    OrderMatters,
    NoSignature,
    SlowHealth,
    ListensForEver,
    OpensOnce,
}

/// <summary>A channel that does everything right but one thing.</summary>
internal sealed class SoundFax(Sin sin) : IChannelPlugin
{
    private int _opened;

    public ChannelDescription Description { get; } = new(sin == Sin.SpacesInId ? "my fax" : "fax", "Fax", "Sends a page.")
    {
        Actions = sin == Sin.ActionTwice ? [new("Send", "Send", "x"), new("Send", "Send", "x")] : [new("Send", "Send", "x")],
        Settings = [new("key", "Key", "secret") { Required = true, Default = sin == Sin.SecretWithDefault ? "1234" : null }],
    };

    public IChannel Open(ChannelSetup setup) => sin == Sin.OpensOnce && ++_opened > 1 ? throw new InvalidOperationException("It is open already.") : new Channel(sin, setup);

    public ChannelTrial Trial(ChannelSetup setup)
    {
        var provider = new Provider(sin);
        return new ChannelTrial(new Dictionary<string, string> { ["key"] = "k" }, "+4512345678", () => provider.Accepted)
        {
            Provider = provider.Answer,
            Webhooks = id => [Signed("e-1", id, "k"), Signed("e-2", id, "k")],
            Forged = id => [Signed("e-3", id, "another")],
        };
    }

    private static InboundRequest Signed(string id, string message, string key) =>
        new("POST", "events", new Dictionary<string, string> { ["X-Key"] = key }, Encoding.UTF8.GetBytes($"{id} {message}"));

    private sealed class Channel(Sin sin, ChannelSetup setup) : IChannel
    {
        private readonly List<string> _seen = [];
        private readonly Dictionary<string, string> _memory = [];
        private int _events;

        public ChannelHealth Health
        {
            get
            {
                if (sin == Sin.SlowHealth)
                    SpinWait.SpinUntil(() => false, TimeSpan.FromSeconds(1));
                return ChannelHealth.Well;
            }
        }

        public async ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken)
        {
            if (!setup.Settings.ContainsKey("key"))
                return sin == Sin.FindsNothingMissing ? [] : ["The key is missing. Enter it."];
            if (sin == Sin.SendsWhileValidating)
                await Post("hello", "+45", "test", cancellationToken);
            return [];
        }

        public async ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
        {
            if (sin == Sin.NeedsNoPermit)
                permit ??= new Permit(message.IdempotencyKey, default, DateTimeOffset.MaxValue, "");
            ArgumentNullException.ThrowIfNull(permit);
            if (sin == Sin.ChokesOnKeys && message.IdempotencyKey.Contains('/', StringComparison.Ordinal))
                return new SendResult.Refused("That key is no file name.");
            if (sin == Sin.AsksForPermitOfWhatWent && permit.ValidUntil < setup.Clock.GetUtcNow())
                return new SendResult.TryLater(TimeSpan.FromSeconds(1), "Permit ran out.");
            if (sin != Sin.SendsTwice && Known(message.IdempotencyKey) is { } known)
                return new SendResult.Accepted(known);
            if (sin != Sin.TakesAnyPermit && permit.IdempotencyKey != message.IdempotencyKey)
                return new SendResult.Refused("Another message's permit.");
            if (sin != Sin.TakesOldPermits && permit.ValidUntil < setup.Clock.GetUtcNow())
                return new SendResult.TryLater(TimeSpan.FromSeconds(1), "Permit ran out.");
            try
            {
                using var answer = await Post(message.IdempotencyKey, message.To, sin == Sin.SpoilsLetters ? Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(message.Text)) : message.Text, sin == Sin.WaitsForEver ? CancellationToken.None : cancellationToken);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                    return sin == Sin.GivesUpWhenBusy ? new SendResult.Refused("Busy.") : new SendResult.TryLater(answer.Headers.RetryAfter!.Delta!.Value, "Busy.");
                var id = sin == Sin.SameIdForAll ? "p" : await answer.Content.ReadAsStringAsync(cancellationToken);
                Keep(message.IdempotencyKey, id);
                return new SendResult.Accepted(id);
            }
            catch (HttpRequestException) when (sin == Sin.GivesUpWhenAnswerIsLost)
            {
                return new SendResult.Refused("Lost.");
            }
        }

        public ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken)
        {
            if (sin != Sin.NoSignature && (!request.Headers.TryGetValue("X-Key", out var key) || key != setup.Settings["key"]))
                return new(InboundAnswer.NotSigned);
            if (request.Body.Length is 0 or > 1000)
                return new(new InboundAnswer(400, []));
            if (Encoding.UTF8.GetString(request.Body.Span).Split(' ') is not [var id, var message])
                return new(new InboundAnswer(400, []));
            _seen.Add(id);
            if (sin == Sin.OrderMatters && id == "e-2" && !_seen.Contains("e-1"))
                return new(InboundAnswer.Ok());
            return new(InboundAnswer.Ok(new ChannelEvent.Delivered(sin == Sin.NewIdEachTime ? $"{id}-{_events++}" : id, setup.Clock.GetUtcNow()) { ProviderId = sin == Sin.EventsWithoutMessage ? null : message }));
        }

        public Task Listen(IInbox inbox, CancellationToken cancellationToken) => sin == Sin.ListensForEver ? new TaskCompletionSource().Task : Task.CompletedTask;

        private async Task<HttpResponseMessage> Post(string key, string to, string text, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, sin == Sin.CallsStrangers ? "https://elsewhere.example.org/" : "https://api.example.com/") { Content = JsonContent.Create(new[] { key, to, text }) };
            return await setup.Http!.SendAsync(request, cancellationToken);
        }

        private string? Known(string key)
        {
            lock (_memory)
                return sin is Sin.ForgetsOverRestart ? _memory.GetValueOrDefault(key) : File.Exists(Name(key)) ? File.ReadAllText(Name(key)) : null;
        }

        private void Keep(string key, string id)
        {
            lock (_memory)
            {
                _memory[key] = id;
                File.WriteAllText(Name(key), id);
            }
        }

        private string Name(string key) => Path.Combine(setup.Folder, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(key))));
    }

    private sealed class Provider(Sin sin)
    {
        private readonly List<TakenMessage> _accepted = [];
        private readonly Dictionary<string, string> _ids = [];

        public IReadOnlyList<TakenMessage> Accepted
        {
            get
            {
                lock (_accepted)
                    return [.. _accepted];
            }
        }

        public async Task<HttpResponseMessage> Answer(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var message = JsonSerializer.Deserialize<string[]>(await request.Content!.ReadAsByteArrayAsync(cancellationToken))!;
            lock (_accepted)
            {
                // One that knows keys, unless the sin is that nobody does.
                if (sin is Sin.SendsTwice or Sin.ForgetsOverRestart || !_ids.TryGetValue(message[0], out var id))
                {
                    _accepted.Add(new TakenMessage(message[1], message[2]));
                    _ids[message[0]] = id = $"p-{_accepted.Count}";
                }

                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(id) };
            }
        }
    }
}
