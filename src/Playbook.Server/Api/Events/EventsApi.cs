using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Server.Api.Events;

/// <summary>Publishing events by name.</summary>
internal static class EventsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/events/{name}", Publish).WithTags("Events").WithSummary("Wakes every run that waits for the event");

    private static async Task<Woken> Publish(string name, PublishEvent? body, RunHost host, CancellationToken cancellationToken) =>
        new(await host.Publish(new Effect.PublishSignal(name, PlainValues.Of(body?.Payload)) { CorrelationId = body?.CorrelationId }, cancellationToken: cancellationToken));
}

/// <param name="Payload">Any JSON; what the event gives as its result.</param>
/// <param name="CorrelationId">Only runs with this correlation id; leave out for all.</param>
internal sealed record PublishEvent(JsonElement? Payload, string? CorrelationId);

/// <param name="Runs">How many runs went on.</param>
internal sealed record Woken(int Runs);
