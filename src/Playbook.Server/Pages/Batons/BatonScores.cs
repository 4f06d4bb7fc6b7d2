using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Server.Pages.Batons;

/// <summary>How passing goes for one side: of what was passed, how much was taken in time and how much came back.</summary>
/// <param name="Who">A person, or two roles.</param>
/// <param name="Expired">How much nobody answered within the time.</param>
public sealed record BatonScore(string Who, int Passed, int AcceptedInTime, int Returned, int Expired)
{
    public double InTime => Passed == 0 ? 0 : (double)AcceptedInTime / Passed;
    public double Back => Passed == 0 ? 0 : (double)Returned / Passed;
}

/// <summary>Both sides of every hand-over.</summary>
/// <param name="Lanes">By the two roles.</param>
/// <param name="Givers">By who passed it on.</param>
/// <param name="Takers">By who answered.</param>
/// <param name="Reasons">Why batons came back, most often first.</param>
public sealed record BatonScores(IReadOnlyList<BatonScore> Lanes, IReadOnlyList<BatonScore> Givers, IReadOnlyList<BatonScore> Takers, IReadOnlyList<(string Reason, int Count)> Reasons)
{
    /// <param name="answered">Batons that were answered or ran out.</param>
    /// <param name="giver">Who passed one on; null where nobody knows.</param>
    public static BatonScores Of(IReadOnlyList<TaskItem> answered, Func<TaskItem, string?> giver)
    {
        ArgumentNullException.ThrowIfNull(answered);
        // What a run took back by itself, because it ended otherwise, is neither side's.
        var counted = answered.Where(task => task.Outcome is "Accept" or "Return" || IsExpired(task)).ToList();
        return new(
            Score(counted, task => $"{Role(task.Request.Details.GetValueOrDefault("fromRole") as string ?? "somebody")} → {Role(task.EscalatedFrom ?? task.Role)}"),
            Score(counted, giver),
            Score(counted.Where(task => task.By is not null), task => task.By),
            [.. counted.Where(task => task.Outcome == "Return").Select(task => task.Fields.GetValueOrDefault("reason") as string).OfType<string>().GroupBy(reason => reason.Trim(), StringComparer.OrdinalIgnoreCase)
                .Select(group => (group.Key, group.Count())).OrderByDescending(reason => reason.Item2).Take(6)]);
    }

    private static bool IsExpired(TaskItem task) => task.State != TaskState.Completed && task.DueAt is { } due && task.CompletedAt >= due;

    private static List<BatonScore> Score(IEnumerable<TaskItem> tasks, Func<TaskItem, string?> by) =>
    [
        .. tasks.Select(task => (Task: task, Who: by(task))).Where(one => one.Who is not null).GroupBy(one => one.Who!, one => one.Task)
            .Select(group => new BatonScore(
                group.Key, group.Count(), group.Count(task => task.Outcome == "Accept" && (task.DueAt is null || task.CompletedAt <= task.DueAt)), group.Count(task => task.Outcome == "Return"), group.Count(IsExpired)))
            .OrderByDescending(score => score.Passed).ThenBy(score => score.Who, StringComparer.CurrentCultureIgnoreCase),
    ];

    internal static string Role(string role) => role.Replace('-', ' ');
}
