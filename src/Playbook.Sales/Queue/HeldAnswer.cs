using Playbook.Abstractions;

namespace Playbook.Sales.Queue;

/// <summary>
/// What a rep said came of a task, kept for a moment before the run hears it, so that a slip of the finger is nothing: until
/// then nothing was sent and nothing has moved.
/// </summary>
/// <param name="Key">Made by the screen that gave the answer: the same answer given twice is one.</param>
/// <param name="TakeAt">When the run hears it.</param>
public sealed record HeldAnswer(string TaskId, string Key, string Outcome, IReadOnlyDictionary<string, object?> Fields, string? By, DateTimeOffset HeldAt, DateTimeOffset TakeAt)
{
    /// <summary>How long an answer can be taken back.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    /// <summary>The message that goes out with the answer, as the rep wrote it; null where none is to go.</summary>
    public WrittenMessage? Written { get; init; }

    /// <summary>Why the run could not hear it yet, such as an incident at which it stands; null where nothing was wrong.</summary>
    public string? Trouble { get; init; }

    /// <summary>
    /// When an answer given now is taken: never after something of the run's own comes due, which would otherwise overtake it.
    /// </summary>
    public static DateTimeOffset TakenAt(DateTimeOffset now, DateTimeOffset? runDueAt) =>
        runDueAt <= now + Hold ? (runDueAt.Value > now ? runDueAt.Value - TimeSpan.FromMilliseconds(1) : now) : now + Hold;
}
