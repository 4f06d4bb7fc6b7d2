using Playbook.Storage.Runs;

namespace Playbook.Server.Api.Outbox;

/// <summary>What is on its way out, and what could not go and waits for a person.</summary>
internal static class OutboxApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var outbox = api.MapGroup("/outbox").WithTags("Outbox");
        outbox.MapGet("", List).WithSummary("What could not be done and waits for a person, or with held=false what is on its way; oldest first");
        outbox.MapPost("/retry", Retry).WithSummary("Has all that is held tried again, each under its own key; of one channel or of all");
    }

    private static Page<OutboxEntry> List(bool? held, string? channel, long? after, int? take, RunQueries runs) =>
        new(runs.Outbox(held ?? true, channel, after ?? 0, new Paging(null, take).Count), runs.CountOutbox(held ?? true, channel));

    private static async Task<Retried> Retry(RetryHeld? body, HeldRetry retry, CancellationToken cancellationToken) =>
        new(await retry.All(body?.Channel, cancellationToken));
}

/// <param name="Channel">Only messages over this channel; all that is held where it is missing.</param>
internal sealed record RetryHeld(string? Channel);

/// <param name="Released">How many are on their way again.</param>
internal sealed record Retried(int Released);
