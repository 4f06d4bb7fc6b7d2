using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Verification;

/// <summary>What comes in by requests of the provider.</summary>
internal static class WebhookChecks
{
    public static IReadOnlyList<ChannelCheck> All { get; } =
    [
        new("A signed webhook brings events about the message", Signed),
        new("A webhook that comes twice brings the same events", Doubled),
        new("Webhooks in another order bring the same events", Reordered),
        new("A webhook with a bad signature brings nothing", Forged),
        new("A request that makes no sense is refused quietly", Nonsense),
    ];

    private static async Task<string?> Signed(CheckBench bench)
    {
        var (channel, requests, id) = await Sent(bench);
        var events = await Take(channel, requests);
        CheckBench.Need(events.Count > 0, "The webhooks brought no events.");
        foreach (var one in events)
        {
            CheckBench.Need(!string.IsNullOrWhiteSpace(one.Id), $"An event of the kind {one.GetType().Name} has no id.");
            CheckBench.Need(one.ProviderId == id || one.MessageKey == "m-1" || one.Address is not null, $"The event {one.Id} names neither the message ({id}) nor an address, so nobody knows whom it is about.");
        }

        CheckBench.Need(events.DistinctBy(one => one.Id).Count() == events.Count, "Different events have the same id.");
        return $"{events.Count} events: {string.Join(", ", events.Select(one => one.GetType().Name))}.";
    }

    private static async Task<string?> Doubled(CheckBench bench)
    {
        var (channel, requests, _) = await Sent(bench);
        foreach (var request in requests)
        {
            var once = await Take(channel, [request]);
            bench.Clock.Advance(TimeSpan.FromSeconds(20));
            var twice = await Take(channel, [request]);
            CheckBench.Need(Ids(once).SequenceEqual(Ids(twice)) || twice.Count == 0, $"The same request brought {string.Join(", ", Ids(once))} and then {string.Join(", ", Ids(twice))}; make the id from the request, so that the server can tell.");
        }

        return null;
    }

    private static async Task<string?> Reordered(CheckBench bench)
    {
        var (channel, requests, _) = await Sent(bench);
        if (requests.Count < 2)
            throw CheckEndedException.NotChecked("The trial makes one webhook only; there is no other order.");
        var reverse = await Take(channel, [.. requests.Reverse()]);
        await bench.CloseChannels();
        var forward = await Take(bench.Open(), requests);
        CheckBench.Need(Sorted(reverse).SequenceEqual(Sorted(forward)), $"In order they bring {string.Join(", ", Ids(forward))}, reversed {string.Join(", ", Ids(reverse))}.");
        return null;
    }

    private static async Task<string?> Forged(CheckBench bench)
    {
        var (channel, _, id) = await Sent(bench);
        if (bench.Trial.Forged is not { } forge || forge(id) is not { Count: > 0 } requests)
            throw CheckEndedException.NotChecked("The trial makes no forged webhooks (ChannelTrial.Forged).");
        foreach (var (request, number) in requests.Select((request, index) => (request, index + 1)))
        {
            var answer = await channel.Receive(request, CancellationToken.None);
            CheckBench.Need(answer.Events.Count == 0, $"The forged request {number} brought {answer.Events.Count} events.");
            CheckBench.Need(answer.Status is 401 or 403, $"The forged request {number} was answered {answer.Status}; answer 401.");
        }

        return null;
    }

    private static async Task<string?> Nonsense(CheckBench bench)
    {
        var channel = bench.Open();
        var garbage = new byte[1024 * 1024];
        new Random(7).NextBytes(garbage);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json; charset=utf-8" };
        InboundRequest[] requests =
        [
            new("GET", "", new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty),
            new("POST", "", headers, ReadOnlyMemory<byte>.Empty),
            new("POST", "no/such/../place", headers, "{\"a\":[[[["u8.ToArray()),
            new("POST", "", headers, garbage),
        ];
        foreach (var request in requests)
        {
            var answer = await channel.Receive(request with { Url = new Uri($"https://sales.example.com/channels/{bench.Description.Id}/") }, CancellationToken.None);
            CheckBench.Need(answer.Events.Count == 0, $"{request.Method} '{request.Path}' without any signature brought {answer.Events.Count} events.");
            CheckBench.Need(answer.Status is >= 200 and < 500, $"{request.Method} '{request.Path}' with {request.Body.Length} bytes of nonsense was answered {answer.Status}.");
        }

        return null;
    }

    private static async Task<(IChannel Channel, IReadOnlyList<InboundRequest> Requests, string ProviderId)> Sent(CheckBench bench)
    {
        if (bench.Trial.Webhooks is not { } webhooks)
            throw CheckEndedException.NotChecked("The trial makes no webhooks (ChannelTrial.Webhooks).");
        var channel = bench.Open();
        var id = bench.Sends ? (await bench.SendWell(channel, "m-1")).ProviderId : "m-1";
        return (channel, webhooks(id), id);
    }

    private static async Task<List<ChannelEvent>> Take(IChannel channel, IReadOnlyList<InboundRequest> requests)
    {
        var events = new List<ChannelEvent>();
        foreach (var request in requests)
        {
            var answer = await channel.Receive(request, CancellationToken.None);
            CheckBench.Need(answer.Status is >= 200 and < 300, $"A signed {request.Method} to '{request.Path}' was answered {answer.Status} {answer.Body}");
            events.AddRange(answer.Events);
        }

        return events;
    }

    private static IEnumerable<(string Id, Type Kind)> Sorted(IEnumerable<ChannelEvent> events) =>
        events.Select(one => (one.Id, one.GetType())).DistinctBy(one => one.Id).OrderBy(one => one.Id, StringComparer.Ordinal);

    private static IEnumerable<string> Ids(IEnumerable<ChannelEvent> events) => events.Select(one => one.Id);
}
