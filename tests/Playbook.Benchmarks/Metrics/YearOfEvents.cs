using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Phases;
using Playbook.Storage.Runs;

namespace Playbook.Benchmarks.Metrics;

/// <summary>Runs with a history over a year, written through the store as the engine would have: ten turns each, four events a turn.</summary>
internal static class YearOfEvents
{
    internal const int EventsPerRun = 40;
    private const int Turns = 10;
    private const int AtOnce = 200;

    private static readonly string[] Reps = ["Ada", "Bea", "Carl", "Dan", "Eva", "Finn"];
    private static readonly string[] Outcomes = ["Reached", "No answer", "Booked", "Never contact"];
    private static readonly Dictionary<string, object?> Nothing = [];

    /// <param name="store">Where they go.</param>
    /// <param name="runs">How many.</param>
    /// <param name="first">The day on which the first begins.</param>
    /// <param name="days">Over how many days they begin.</param>
    /// <param name="numberFrom">The number of the first: the same numbers give the same subjects.</param>
    internal static async Task Write(RunStore store, int runs, DateTimeOffset first, int days, int numberFrom = 0)
    {
        for (var from = 0; from < runs; from += AtOnce)
        {
            List<RunState> states = [.. Enumerable.Range(from, Math.Min(AtOnce, runs - from)).Select(at => State(numberFrom + at, first.AddDays((double)at * days / runs)))];
            for (var turn = 1; turn <= Turns; turn++)
            {
                var transitions = states.Select(state => Turn(state, turn)).ToList();
                await store.Commit(transitions, []);
                states = [.. transitions.Select(transition => transition.State)];
            }
        }
    }

    private static RunState State(int number, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at), DefinitionId = Phase.All[number % 3], DefinitionVersionId = "v1", DefinitionVersion = 1, CreatedAt = at, UpdatedAt = at,
        SubStatus = RunSubStatus.Suspended, Subject = new("contact", $"00000000-0000-7000-8000-{number:000000000000}", Nothing), Revision = 0,
    };

    /// <summary>Odd turns ask for a task, even ones are the answer.</summary>
    private static Transition Turn(RunState before, int turn)
    {
        var state = before.Clone();
        state.Revision = turn;
        state.UpdatedAt = before.CreatedAt.AddMinutes(37 * turn);
        var number = before.Subject.Id[^1] + turn;
        var open = before.Bookmarks.Find(bookmark => bookmark.Kind == BookmarkKind.Task);
        state.Bookmarks.Clear();
        var events = new List<RunEvent> { new(RunEventKind.Completed, $"step-{turn - 1}", "Playbook.GuidedStep", turn) { Outcomes = [Outcomes[number % 4]] }, new(RunEventKind.Started, $"step-{turn}", "Playbook.GuidedStep", turn + 1) };
        events.Add(turn switch
        {
            1 => Fact("PhaseChanged", "phase", state.DefinitionId),
            2 => Fact("VariantAssigned", "variant", number % 2 == 0 ? "A" : "B", ("experiment", "intro")),
            6 => Fact("BatonAccepted", "toRole", "closer"),
            _ => new(RunEventKind.Completed, $"variable-{turn}", "Elsa.SetVariable", turn),
        });
        events.Add(new(RunEventKind.Suspended, $"step-{turn}", "Playbook.GuidedStep", turn + 1));
        if (turn % 2 == 0)
        {
            var outcome = Outcomes[number % 4];
            return new Transition
            {
                State = state, At = state.UpdatedAt, Events = events, BookmarksRemoved = [open!],
                Stimulus = new Stimulus.TaskCompleted(outcome, Nothing, Reps[number % Reps.Length]) { BookmarkId = open!.Id }, TasksClosed = [new(open.Id, outcome, Reps[number % Reps.Length], Nothing)],
            };
        }

        var mark = new RunBookmark($"{state.Id:N}-{turn}", BookmarkKind.Task, "task", $"step-{turn}", turn, "Playbook.GuidedStep", null);
        state.Bookmarks.Add(mark);
        var task = new Effect.OpenTask("task", "prospector", "Call") { Channel = turn % 3 == 0 ? "email" : "phone", DueAt = state.UpdatedAt.AddMinutes(30), Outcomes = Outcomes };
        return new Transition
        {
            State = state, At = state.UpdatedAt, Events = events, BookmarksAdded = [mark],
            Stimulus = turn == 1 ? new Stimulus.Started(Nothing) : new Stimulus.Due(), TasksOpened = [new(mark.Id, state.Id, state.DefinitionId, mark.ActivityId, "contact", state.Subject.Id, task)],
        };
    }

    private static RunEvent Fact(string name, string what, string value, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var data = new Dictionary<string, object?> { [what] = value };
        foreach (var (key, one) in more)
            data[key] = one;
        return new(RunEventKind.Fact, "fact", "Playbook.Fact", 1) { Text = name, Data = data };
    }
}
