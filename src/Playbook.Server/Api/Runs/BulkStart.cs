using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Sales.Subjects;
using Playbook.Server.Subjects;
using Playbook.Storage;

namespace Playbook.Server.Api.Runs;

/// <summary>
/// Starts a playbook for many. Doing it again is harmless: whoever has an unfinished run of the playbook is skipped, so a
/// call that was cut off is simply made again.
/// </summary>
internal sealed class BulkStart(RunHost host, SubjectLookup subjects, IDbContextFactory<PlaybookDb> databases) : IDisposable
{
    public const int MostAtOnce = 1000;
    private const int AtOnce = 100;
    private const int SideBySide = 16;

    // Two calls for the same opportunities would both see that none has a run.
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async Task<StartedMany> Start(PlaybookDefinition definition, StartMany many, IReadOnlyDictionary<string, object?> input, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var (chosen, matched, next) = await Choose(many, cancellationToken);
            var taken = await Unfinished(definition.DefinitionId, chosen, cancellationToken);
            var failed = new ConcurrentQueue<FailedStart>();
            var wanted = chosen.Where(subject => !taken.Contains(subject.Id!)).ToList();
            await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken }, async (reference, _) =>
            {
                if (await StartOne(definition, reference, input) is { } reason)
                    failed.Enqueue(new FailedStart(reference, reason));
            });
            return new StartedMany(matched, wanted.Count - failed.Count, chosen.Count - wanted.Count, [.. failed], next);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Null where it began, otherwise why not: one that fails must not keep the others from starting.</summary>
    private async Task<string?> StartOne(PlaybookDefinition definition, SubjectReference reference, IReadOnlyDictionary<string, object?> input)
    {
        if (await subjects.Find(reference.Kind ?? "", reference.Id ?? "") is not { } subject)
            return $"There is no {reference.Kind} '{reference.Id}'.";
        await host.Start(definition, new StartRequest { Subject = subject, Input = input }, CancellationToken.None);
        return null;
    }

    private async Task<(IReadOnlyList<SubjectReference> Chosen, long Matched, Guid? Next)> Choose(StartMany many, CancellationToken cancellationToken)
    {
        if (many.Subjects is { } listed)
            return ([.. listed.Distinct().Take(MostAtOnce)], listed.Count, null);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var matching = database.Opportunities.AsNoTracking();
        if (many.Phase is { } phase)
            matching = matching.Where(opportunity => opportunity.Phase == phase);
        if (many.Stage is { } stage)
            matching = matching.Where(opportunity => opportunity.Stage != null && EF.Functions.Collate(opportunity.Stage, "NOCASE") == stage);
        var matched = await matching.LongCountAsync(cancellationToken);
        if (many.After is { } after)
            matching = matching.Where(opportunity => opportunity.Id.CompareTo(after) > 0);
        var limit = many.Limit ?? AtOnce;
        var ids = await matching.OrderBy(opportunity => opportunity.Id).Select(opportunity => opportunity.Id).Take(limit).ToListAsync(cancellationToken);
        return ([.. ids.Select(id => new SubjectReference(SubjectFacts.OpportunityKind, id.ToString("D")))], matched, ids.Count == limit ? ids[^1] : null);
    }

    private async Task<HashSet<string>> Unfinished(string definitionId, IReadOnlyList<SubjectReference> chosen, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var wanted = System.Text.Json.JsonSerializer.Serialize(chosen.Select(subject => subject.Id));
        // Finished for good are those whose sub-status says so; a faulted run still stands somewhere.
        var open = await database.Database.SqlQueryRaw<string>(
            "SELECT DISTINCT SubjectId AS Value FROM Runs WHERE SubjectId <> '' AND SubjectId IN (SELECT value FROM json_each({0})) AND DefinitionId = {1} AND SubStatus NOT IN ({2}, {3})",
            wanted, definitionId, (int)RunSubStatus.Finished, (int)RunSubStatus.Cancelled).ToListAsync(cancellationToken);
        return [.. open];
    }
}
