using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;
using Playbook.Sales.Sending;
using Playbook.Storage;
using Playbook.Storage.Runs;
using Playbook.Storage.Sending;

namespace Playbook.Server.Pages.BulkStarts;

/// <summary>Why some of those chosen cannot be reached over a channel, or not now.</summary>
/// <param name="Rule">The rule, quoted where it is a law.</param>
/// <param name="Names">A few of them.</param>
public sealed record Obstacle(string Channel, Verdict Verdict, string Rule, int Count, IReadOnlyList<string> Names);

/// <summary>How many of those chosen a channel reaches.</summary>
public sealed record Reach(string Channel, int Allowed, int Waiting, int Blocked);

/// <summary>What the start gives a role to do.</summary>
/// <param name="PerDay">How many steps its people do in a day, from what they did in the last four weeks; 0 where nobody knows.</param>
public sealed record RoleLoad(string Role, int People, long Open, double PerDay, int New)
{
    /// <summary>How many working days its people need for what is open with this; null where nobody knows.</summary>
    public double? Days => PerDay > 0 ? (Open + New) / PerDay : null;
}

/// <summary>What would happen if a playbook were started for those chosen.</summary>
/// <param name="Startable">Those for whom it can begin.</param>
/// <param name="Unreachable">Those of them who are blocked on every channel that the playbook uses.</param>
/// <param name="Running">Those for whom it is under way already.</param>
/// <param name="Gone">How many are no longer there.</param>
public sealed record StartPreview(
    IReadOnlyList<Guid> Startable, IReadOnlySet<Guid> Unreachable, IReadOnlyList<string> Running, int RunningCount, int Gone, IReadOnlyList<Reach> Reaches, IReadOnlyList<Obstacle> Obstacles, IReadOnlyList<RoleLoad> Loads);

/// <summary>Looks before a playbook is started for many; nothing is kept or reserved.</summary>
public sealed class StartCheck(IDbContextFactory<PlaybookDb> databases, RunStore store, TimeProvider clock)
{
    private const int FewNames = 5;

    public async Task<StartPreview> Look(PlaybookDefinition definition, IReadOnlyList<Guid> contacts, IProgress<double>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(contacts);
        var (names, running) = await Known(definition.DefinitionId, contacts, cancellationToken);
        List<Guid> startable = [.. contacts.Where(id => names.ContainsKey(id) && !running.Contains(id))];
        var channels = ChannelsOf(definition);
        var decided = new ConcurrentBag<(Guid Contact, string Channel, SendingDecision Decision)>();
        var (now, done) = (clock.GetUtcNow(), 0);
        await Parallel.ForEachAsync(startable, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, (id, _) =>
        {
            foreach (var channel in channels)
                decided.Add((id, channel, store.Sending.Preview(new SendingQuestion($"look-{id:N}", channel, now) { ContactId = id })));
            if (Interlocked.Increment(ref done) is var count && count % 100 == 0)
                progress?.Report((double)count / startable.Count);
            return ValueTask.CompletedTask;
        });
        var blocked = decided.Where(one => one.Decision is SendingDecision.Block).ToList();
        return new(
            startable,
            channels.Count == 0 ? new HashSet<Guid>() : blocked.GroupBy(one => one.Contact).Where(group => group.Count() == channels.Count).Select(group => group.Key).ToHashSet(),
            [.. running.Take(FewNames).Select(id => names.GetValueOrDefault(id, ""))], running.Count, contacts.Count(id => !names.ContainsKey(id)),
            [.. channels.Select(channel => new Reach(channel, Of<SendingDecision.Permit>(channel), Of<SendingDecision.Wait>(channel), Of<SendingDecision.Block>(channel)))],
            [.. decided.Where(one => one.Decision is not SendingDecision.Permit).GroupBy(one => (one.Channel, one.Decision.RuleId))
                .Select(group => new Obstacle(
                    group.Key.Channel, group.First().Decision is SendingDecision.Block ? Verdict.Block : Verdict.Wait, RuleOf(group.First().Decision), group.Count(),
                    [.. group.Take(FewNames).Select(one => names[one.Contact]).Order(StringComparer.CurrentCultureIgnoreCase)]))
                .OrderBy(obstacle => obstacle.Verdict != Verdict.Block).ThenByDescending(obstacle => obstacle.Count)],
            await Loads(definition, startable.Count, cancellationToken));

        int Of<T>(string channel) => decided.Count(one => one.Channel == channel && one.Decision is T);
    }

    /// <summary>The channels that it uses, as far as it names them outright.</summary>
    public static IReadOnlyList<string> ChannelsOf(PlaybookDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return [.. definition.Nodes.SelectMany(node => node.Inputs).Where(input => input.Input.Name == "Channel").Select(Constant).OfType<string>().Where(channel => channel is not "calendar").Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The roles that get the first steps: those that come before any other person's.</summary>
    public static IReadOnlyList<string> FirstRolesOf(PlaybookDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Nodes.FirstOrDefault(node => node.Flow is { Start: >= 0 })?.Flow is not { } graph)
            return [];
        var (seen, queue, roles) = (new HashSet<int>(), new Queue<int>([graph.Start]), new List<string>());
        while (queue.TryDequeue(out var position))
        {
            if (!seen.Add(position))
                continue;
            var node = definition.Nodes[graph.Nodes[position]];
            if (node.Description?.IsHumanStep == true && node.Inputs.FirstOrDefault(input => input.Input.Name is "Role" or "ToRole") is { } input && Constant(input) is { } role)
                roles.Add(role);
            else
                foreach (var connection in graph.Outbound[position])
                    queue.Enqueue(graph.Connections[connection].Target);
        }

        return [.. roles.Distinct()];
    }

    private static string RuleOf(SendingDecision decision) => decision switch
    {
        SendingDecision.Block block => block.Rule,
        SendingDecision.Wait wait => wait.Rule,
        _ => decision.RuleId,
    };

    private static string? Constant(InputBinding input) => input is { IsConstant: true, Constant: string { Length: > 0 } text } ? text : null;

    private async Task<(Dictionary<Guid, string> Names, HashSet<Guid> Running)> Known(string definitionId, IReadOnlyList<Guid> contacts, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var names = new Dictionary<Guid, string>();
        foreach (var some in contacts.Chunk(500))
            foreach (var contact in await database.Contacts.AsNoTracking().Where(one => some.Contains(one.Id)).Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken))
                names[contact.Id] = contact.Name;
        var open = await database.Database.SqlQueryRaw<string>(
            "SELECT DISTINCT SubjectId AS Value FROM Runs WHERE SubjectKind = 'contact' AND SubjectId <> '' AND DefinitionId = {0} AND SubStatus NOT IN ({1}, {2})", definitionId, (int)RunSubStatus.Finished, (int)RunSubStatus.Cancelled).ToListAsync(cancellationToken);
        var chosen = contacts.ToHashSet();
        return (names, [.. open.Select(id => Guid.TryParse(id, out var read) ? read : Guid.Empty).Where(chosen.Contains)]);
    }

    private async Task<IReadOnlyList<RoleLoad>> Loads(PlaybookDefinition definition, int starts, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var reps = await database.Reps.AsNoTracking().ToListAsync(cancellationToken);
        var open = store.Tasks.CountByRole().ToDictionary(count => count.Role, count => count.Open, StringComparer.Ordinal);
        var since = clock.GetUtcNow().AddDays(-28).ToUnixTimeMilliseconds();
        var loads = new List<RoleLoad>();
        foreach (var role in FirstRolesOf(definition))
        {
            var done = (await database.Database.SqlQueryRaw<long>("SELECT count(*) AS Value FROM Tasks WHERE Role = {0} AND Status = 1 AND CompletedAt > {1}", role, since).ToListAsync(cancellationToken))[0];
            loads.Add(new(role, reps.Count(rep => rep.Roles.Has(role)), open.GetValueOrDefault(role), done / 20.0, starts));
        }

        return loads;
    }
}
