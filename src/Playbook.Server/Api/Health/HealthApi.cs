using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Playbook.Server.Access;
using Playbook.Server.Sending;
using Playbook.Storage;
using Playbook.Storage.Runs;

namespace Playbook.Server.Api.Health;

/// <summary>How the server is, in figures.</summary>
internal static class HealthApi
{
    private static readonly string Version = typeof(HealthApi).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/health", Get).WithTags("Health").WithSummary("How the server is");

    private static async Task<Results<Ok<HealthReport>, Ok<Liveness>>> Get(CurrentPerson person, RunQueries runs, RunTasks tasks, ChannelGates gates, IDbContextFactory<PlaybookDb> databases, TimeProvider clock, CancellationToken cancellationToken)
    {
        // A program that only looks whether the server lives needs no account, and learns no figures.
        if (!person.IsSignedIn)
            return TypedResults.Ok(new Liveness("healthy"));
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var outbox = await database.Database.SqlQueryRaw<long>("SELECT count(*) AS Value FROM Outbox WHERE Status < 2").SingleAsync(cancellationToken);
        var held = await database.Database.SqlQueryRaw<long>("SELECT count(*) AS Value FROM Outbox WHERE Status = 4").SingleAsync(cancellationToken);
        var byStatus = runs.CountByStatus().GroupBy(count => count.SubStatus.ToString().ToLowerInvariant())
            .ToDictionary(group => group.Key, group => group.Sum(count => count.Count));
        return TypedResults.Ok(new HealthReport("healthy", Version, clock.GetUtcNow(), byStatus, tasks.Count(new TaskFilter()), outbox, held, gates.States, runs.Count(new RunFilter { WithIncidents = true })));
    }
}

internal sealed record Liveness(string Status);

/// <param name="Runs">How many runs are in each sub-status.</param>
/// <param name="OpenTasks">Tasks that wait for a person.</param>
/// <param name="Outbox">Effects that are still to be done.</param>
/// <param name="Held">Effects that could not be done and wait for a person.</param>
/// <param name="Channels">How sending goes over the channels that were used since the start.</param>
/// <param name="Incidents">Runs that need a person because something failed.</param>
internal sealed record HealthReport(string Status, string Version, DateTimeOffset Now, IReadOnlyDictionary<string, long> Runs, long OpenTasks, long Outbox, long Held, IReadOnlyList<ChannelState> Channels,
    long Incidents);
