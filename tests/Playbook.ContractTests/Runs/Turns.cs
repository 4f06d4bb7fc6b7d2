using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.ContractTests.Runs;

/// <summary>Turns of a run, made by hand as the engine would make them.</summary>
public static class Turns
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static RunState NewRun(string subject = "contact-1", string? correlation = null) => new()
    {
        Id = Guid.CreateVersion7(),
        DefinitionId = "cold-outreach",
        DefinitionVersionId = "cold-outreach-3",
        DefinitionVersion = 3,
        CreatedAt = Noon,
        UpdatedAt = Noon,
        SubStatus = RunSubStatus.Suspended,
        Subject = new("contact", subject, new Dictionary<string, object?>()),
        CorrelationId = correlation,
        Revision = 1,
    };

    /// <summary>A state that differs from <paramref name="state"/> only in being one revision on; the bookmarks are copied.</summary>
    public static RunState Next(RunState state)
    {
        var next = state.Clone();
        next.Revision++;
        next.UpdatedAt = state.UpdatedAt.AddMinutes(1);
        return next;
    }

    public static RunBookmark Mark(RunState state, BookmarkKind kind, string key, DateTimeOffset? due = null, int number = 1) =>
        new($"{state.Id:N}-{number}", kind, key, "step", 1, "Elsa.Step", due);

    /// <summary>The first turn of a run that now waits for what is given.</summary>
    public static Draft Start(RunState state, params RunBookmark[] bookmarks)
    {
        state.Bookmarks.AddRange(bookmarks);
        return Turn(state, new Stimulus.Started(new Dictionary<string, object?>())) with { Added = bookmarks };
    }

    /// <summary>A turn in which the run ends: every bookmark goes.</summary>
    public static Draft Finish(RunState before, RunSubStatus how = RunSubStatus.Finished)
    {
        var state = Next(before);
        RunBookmark[] removed = [.. state.Bookmarks];
        state.Bookmarks.Clear();
        state.Status = RunStatus.Finished;
        state.SubStatus = how;
        state.FinishedAt = state.UpdatedAt;
        return Turn(state, new Stimulus.Due()) with { Removed = removed };
    }

    public static Draft Turn(RunState state, Stimulus? stimulus = null) => new(state, stimulus ?? new Stimulus.Due());

    public static OutboxItem Item(RunState state, Effect effect, int number = 1, DateTimeOffset? at = null) =>
        new($"{state.Id:N}-e{number}", state.Id, "step", null, effect, at ?? Noon);

    public static Effect.SendMessage Message { get; } = new("message", "email", "first-touch");

    public static Effect.PublishSignal Signal { get; } = new("went-quiet", null);
}

/// <summary>A transition under way to being one; a record, so that a test says only what matters to it.</summary>
public sealed record Draft(RunState State, Stimulus Stimulus)
{
    public IReadOnlyList<RunBookmark> Added { get; init; } = [];
    public IReadOnlyList<RunBookmark> Removed { get; init; } = [];
    public IReadOnlyList<OutboxItem> Outbox { get; init; } = [];
    public IReadOnlyList<string> Withdrawn { get; init; } = [];
    public IReadOnlyList<string> Held { get; init; } = [];
    public IReadOnlyList<string> Released { get; init; } = [];
    public IReadOnlyList<TaskOpened> Opened { get; init; } = [];
    public IReadOnlyList<TaskClosed> Closed { get; init; } = [];
    public IReadOnlyList<TaskEscalated> Escalated { get; init; } = [];
    public IReadOnlyList<RunEvent> Events { get; init; } = [new(RunEventKind.Completed, "step", "Elsa.Step", 1)];

    public static implicit operator Transition(Draft draft) => draft.ToTransition();

    public Transition ToTransition() => new()
    {
        State = State,
        Stimulus = Stimulus,
        At = State.UpdatedAt,
        Events = Events,
        BookmarksAdded = Added,
        BookmarksRemoved = Removed,
        Outbox = Outbox,
        OutboxWithdrawn = Withdrawn,
        OutboxHeld = Held,
        OutboxReleased = Released,
        TasksOpened = Opened,
        TasksClosed = Closed,
        TasksEscalated = Escalated,
    };
}
