using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Contacts;

namespace Playbook.Sales.Metrics;

/// <summary>What the tally must know of a task that somebody has done.</summary>
public sealed record DoneTask(string Step, string Role, string? Channel, DateTimeOffset OpenedAt, DateTimeOffset? DueAt);

/// <summary>
/// Counts turns of runs. Squares add up and marks keep their earliest time, so that it does not matter into how many batches
/// the turns are cut, as long as they come in their order.
/// </summary>
/// <param name="zone">Where days begin.</param>
public sealed class EventTally(TimeZoneInfo zone)
{
    private readonly Dictionary<DayKey, DayCount> _days = [];
    private readonly List<Mark> _marks = [];

    public IReadOnlyDictionary<DayKey, DayCount> Days => _days;

    /// <summary>In the order in which they were left.</summary>
    public IReadOnlyList<Mark> Marks => _marks;

    /// <param name="playbook">The run's playbook.</param>
    /// <param name="subjectId">Whom it is about; empty for nobody.</param>
    /// <param name="turn">What happened.</param>
    /// <param name="taskOf">A task by its id; null where it is not known.</param>
    public void Add(string playbook, string subjectId, JournalEntry turn, Func<string, DoneTask?> taskOf)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(taskOf);
        var here = new Turn(playbook, subjectId, turn.At, Day(turn.At));
        if (turn.Revision == 1)
        {
            Count(here, DayFact.RunStarted);
            Leave(here, Mark.Started);
        }

        Take(here, turn.Stimulus, taskOf);
        foreach (var one in turn.Events)
            Take(here, one);
    }

    public void Clear()
    {
        _days.Clear();
        _marks.Clear();
    }

    private void Take(in Turn here, Stimulus stimulus, Func<string, DoneTask?> taskOf)
    {
        switch (stimulus)
        {
            case Stimulus.TaskCompleted done:
                var task = done.BookmarkId is { } id ? taskOf(id) : null;
                var count = task is null ? new DayCount(1, 0, 0)
                    : new DayCount(1, here.At > task.DueAt ? 1 : 0, Math.Max(0, (long)(here.At - task.OpenedAt).TotalSeconds));
                Count(here, DayFact.TaskDone, task?.Step ?? "", outcome: done.Outcome, rep: done.By ?? "", role: task?.Role ?? "", channel: task?.Channel ?? "", count: count);
                Leave(here, Mark.Touched);
                if (StepWords.IsConversation(task?.Channel, done.Outcome))
                    Leave(here, Mark.Conversation);
                if (StepWords.Mark(here.Playbook, done.Outcome) is { } mark)
                    Leave(here, mark);
                break;
            case Stimulus.Replied:
                Leave(here, Mark.Replied);
                Leave(here, Mark.Conversation);
                break;
            case Stimulus.Unsubscribed or Stimulus.Complained:
                Leave(here, Mark.OptedOut);
                break;
        }
    }

    private void Take(in Turn here, in RunEvent one)
    {
        switch (one.Kind)
        {
            case RunEventKind.Started:
                Count(here, DayFact.StepReached, one.ActivityId);
                break;
            case RunEventKind.Completed:
                Count(here, DayFact.StepDone, one.ActivityId, one.Outcomes is [var outcome, ..] ? outcome : "");
                break;
            case RunEventKind.Faulted:
                Count(here, DayFact.Faulted, one.ActivityId);
                break;
            case RunEventKind.Fact when one.Text is { } name:
                State(here, name, one.Data);
                break;
        }
    }

    private void State(in Turn here, string name, IReadOnlyDictionary<string, object?>? data)
    {
        string? Said(string what) => data?.GetValueOrDefault(what) as string;
        var about = name switch
        {
            "PhaseChanged" => Said("phase"),
            "VariantAssigned" => Said("variant"),
            "GoalReached" => Said("goal"),
            _ => Said("toRole") ?? Said("scope"),
        };
        Count(here, DayFact.Stated, name, about ?? "", Said("by") ?? "");
        switch (name)
        {
            case "PhaseChanged" when about is not null:
                Leave(here, Mark.Phase(about));
                if (about == Phases.Phase.Enrollment)
                    Leave(here, Mark.Won);
                break;
            case "VariantAssigned" when about is not null && Said("experiment") is { } experiment:
                Leave(here, Mark.Variant(experiment, about));
                break;
            case "AppointmentBooked":
                Leave(here, Mark.Booked);
                break;
            case SpokenWill.ContactRefused:
                Leave(here, Mark.OptedOut);
                break;
        }
    }

    private int Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime).DayNumber;

    private void Count(in Turn here, DayFact fact, string step = "", string outcome = "", string rep = "", string role = "", string channel = "", DayCount? count = null)
    {
        var key = new DayKey(fact, here.Day, here.Playbook, step, outcome, rep, role, channel);
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_days, key, out _) += count ?? new DayCount(1, 0, 0);
    }

    private void Leave(in Turn here, string what)
    {
        if (here.SubjectId.Length > 0)
            _marks.Add(new Mark(here.SubjectId, what, here.At, here.Day));
    }

    private readonly record struct Turn(string Playbook, string SubjectId, DateTimeOffset At, int Day);
}
