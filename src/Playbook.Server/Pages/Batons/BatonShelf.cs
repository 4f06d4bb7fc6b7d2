using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Reps;
using Playbook.Server.Pages.Runs;
using Playbook.Storage;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Batons;

/// <summary>A baton that waits for an answer.</summary>
/// <param name="Giver">Who passed it on; null where nobody knows.</param>
/// <param name="Next">Whose turn it is among those who hold the role: who has the least to do, and of those who waited longest for one.</param>
public sealed record OpenBaton(TaskItem Task, string Who, string? Giver, string? Next)
{
    public IReadOnlyDictionary<string, object?> Packet => Task.Request.Details.GetValueOrDefault("packet") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
    public IReadOnlyList<string> Criteria => [.. (Task.Request.Details.GetValueOrDefault("criteria") as IEnumerable<object?> ?? []).OfType<string>()];
    public IReadOnlyList<string> Unknown => [.. (Task.Request.Details.GetValueOrDefault("unknown") as IEnumerable<object?> ?? []).OfType<string>()];
    public string From => Task.Request.Details.GetValueOrDefault("fromRole") as string ?? "somebody";
}

/// <summary>What is passed from hand to hand.</summary>
public sealed record BatonList(IReadOnlyList<OpenBaton> Open, BatonScores Scores);

/// <summary>Reads batons, and whose turn it is.</summary>
public sealed class BatonShelf(RunTasks tasks, RunNames names, IDbContextFactory<PlaybookDb> databases, TimeProvider clock)
{
    private const int MostOpen = 200;
    private const int MostAnswered = 3_000;
    private static readonly TimeSpan Scored = TimeSpan.FromDays(90);

    public async Task<BatonList> Load(CancellationToken cancellationToken = default)
    {
        var open = tasks.OpenBatons(MostOpen);
        var answered = tasks.AnsweredBatons(clock.GetUtcNow() - Scored, MostAnswered);
        var who = await names.Of(open.Select(task => (task.SubjectKind, task.SubjectId)), cancellationToken);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var reps = await database.Reps.AsNoTracking().ToListAsync(cancellationToken);
        var turns = new Turns(reps, tasks, answered);
        return new(
            [.. open.Select(task => new OpenBaton(task, who.GetValueOrDefault((task.SubjectKind, task.SubjectId), task.Title), tasks.DoneBefore(task), task.Owner is null ? turns.Next(task.Role) : null))],
            BatonScores.Of(answered, tasks.DoneBefore));
    }

    /// <summary>Whose turn it is, by role: taking one makes it the next one's.</summary>
    private sealed class Turns(IReadOnlyList<Rep> reps, RunTasks tasks, IReadOnlyList<TaskItem> answered)
    {
        private readonly Dictionary<string, long> _load = new(StringComparer.Ordinal);
        private readonly Dictionary<string, DateTimeOffset> _last = answered.Where(task => task.By is not null).GroupBy(task => task.By!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Max(task => task.CreatedAt), StringComparer.Ordinal);

        public string? Next(string role)
        {
            var next = reps.Where(rep => rep.Roles.Has(role)).OrderBy(rep => Load(rep.Name)).ThenBy(rep => _last.GetValueOrDefault(rep.Name)).ThenBy(rep => rep.Name, StringComparer.Ordinal).FirstOrDefault();
            if (next is not null)
                _load[next.Name] = Load(next.Name) + 1;
            return next?.Name;
        }

        private long Load(string name) => _load.TryGetValue(name, out var known) ? known : _load[name] = tasks.Count(new TaskFilter { Owner = name });
    }
}
