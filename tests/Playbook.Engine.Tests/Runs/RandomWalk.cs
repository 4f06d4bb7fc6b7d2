using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Tests.Runs;

/// <summary>One run of a random definition, given stimuli at random: right ones, late ones, doubled and foreign ones.</summary>
internal sealed class RandomWalk
{
    private readonly Random _random;
    private readonly List<Stimulus> _given = [];

    public RandomWalk(int seed)
    {
        _random = new Random(seed);
        Definition = new RandomDefinition(seed).Make().Compile();
        First = RunEngine.NewRun(Definition, new Guid(seed, 0, 0, new byte[8]), new Subject("contact", "c-1", new Dictionary<string, object?>()), TestRun.Noon);
        State = First;
    }

    public PlaybookDefinition Definition { get; }
    public RunState First { get; }
    public RunState State { get; private set; }
    public DateTimeOffset Now { get; private set; } = TestRun.Noon;
    public List<Transition> Transitions { get; } = [];

    /// <summary>Takes up to <paramref name="turns"/> turns; tells of each stimulus, the state before it and what came of it.</summary>
    public void Go(int turns, Action<RunState, Stimulus, Transition?>? told = null)
    {
        for (var i = 0; i <= turns; i++)
        {
            var stimulus = i == 0 ? new Stimulus.Started(new Dictionary<string, object?>()) : Next();
            Now += TimeSpan.FromMinutes(_random.Next(3));
            var before = State;
            var transition = TestRun.Engine.Advance(Definition, before, stimulus, Now);
            if (transition is not null)
            {
                _given.Add(stimulus);
                Transitions.Add(transition);
                State = transition.State;
            }

            told?.Invoke(before, stimulus, transition);
        }
    }

    private Stimulus Next()
    {
        switch (_random.Next(20))
        {
            case 0: return _given[_random.Next(_given.Count)];
            case 1: return new Stimulus.Due { BookmarkId = $"{Guid.Empty:N}-1" };
            case 2: return new Stimulus.Signalled("news", null);
            case 3: return new Stimulus.Repaired("i99", true, null);
            case 4 when _random.Next(6) == 0: return new Stimulus.Cancelled(null, null);
            case 6 when State.Pause is null: return new Stimulus.Paused("Summer", "boss");
            case 6 or 7: return new Stimulus.Resumed(null, "boss") { NotBefore = _random.Next(2) == 0 ? Now.AddMinutes(_random.Next(5)) : null };
            case 8 when RunMoves.Places(Definition, State) is { Count: > 0 } places: return Move(Any([.. places]).Id);
            case 9 when _random.Next(4) == 0: return Move(Any([.. Definition.Nodes]).Id);
            case 5 when State.Bookmarks.Count > 0: return new Stimulus.Rejected("No.") { BookmarkId = Any(State.Bookmarks).Id };
        }

        var open = State.Incidents.Where(i => !i.Resolved).ToList();
        if (open.Count > 0 && (State.Bookmarks.Count == 0 || State.SubStatus == RunSubStatus.Faulted || _random.Next(3) == 0))
            return new Stimulus.Repaired(Any(open).Id, _random.Next(2) == 0, _random.Next(3) == 0 ? "Again" : null) { Facts = _random.Next(2) == 0 ? Consent : null };
        return State.Bookmarks.Count == 0 ? new Stimulus.Due() : Wake(Any(State.Bookmarks));
    }

    private Stimulus.Moved Move(string activityId) => new(activityId, "They want to talk", "boss") { Revision = State.Revision };

    private static Subject Consent { get; } = new("contact", "c-1", new Dictionary<string, object?> { ["consent"] = true });

    private T Any<T>(List<T> list) => list[_random.Next(list.Count)];

    private Stimulus Wake(RunBookmark bookmark)
    {
        Stimulus stimulus = bookmark.Kind switch
        {
            BookmarkKind.Due => new Stimulus.Due(),
            BookmarkKind.Signal => new Stimulus.Signalled(bookmark.Key, "payload"),
            BookmarkKind.Task => new Stimulus.TaskCompleted(_random.Next(3) == 0 ? "Again" : "Done", new Dictionary<string, object?> { ["n"] = _random.Next(5) }, "rep"),
            BookmarkKind.Reply => new Stimulus.Replied("Yes", "email"),
            BookmarkKind.Delivery => _random.Next(4) switch
            {
                0 => new Stimulus.Rejected("No address."),
                1 => new Stimulus.GivenUp(bookmark.Id + "-out", bookmark.ActivityId, "The mailbox refused."),
                _ => new Stimulus.Delivered("m-1"),
            },
            BookmarkKind.Run => new Stimulus.RunFinished(Guid.Empty, "Finished", new Dictionary<string, object?>()),
            _ => new Stimulus.Answered(new Dictionary<string, object?> { ["status"] = 200, ["content"] = new List<object?> { 1, "two" } }),
        };
        return stimulus with { BookmarkId = bookmark.Id };
    }
}
