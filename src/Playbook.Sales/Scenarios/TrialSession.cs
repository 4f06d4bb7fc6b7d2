using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Sales.Scenarios;

/// <summary>A playbook as it is tried out.</summary>
/// <param name="Scripts">Its scripts by name with language.</param>
public sealed record TriedPlaybook(PlaybookDefinition Definition, IReadOnlyDictionary<string, string> Scripts);

/// <summary>For whom a playbook is tried out, with what, and when.</summary>
public sealed record TrialGiven(Subject Subject, DateTimeOffset Start)
{
    public IReadOnlyDictionary<string, object?> Input { get; init; } = new Dictionary<string, object?>();
}

/// <summary>
/// A playbook stepped through by hand on the real engine, in memory: moves can be taken back, the same moves can be made
/// again on a changed playbook, and what was done can be kept as a scenario. Not thread-safe: one move at a time.
/// </summary>
public sealed class TrialSession
{
    private readonly RunEngine _engine;
    private readonly List<TrialMove> _moves = [];
    private readonly List<int> _turnsBefore = [];
    private PlaybookTrial _trial = null!;
    private Guid _runId;

    private TrialSession(RunEngine engine, TriedPlaybook playbook, TrialGiven given)
    {
        _engine = engine;
        Playbook = playbook;
        Given = given;
    }

    public TriedPlaybook Playbook { get; private set; }
    public TrialGiven Given { get; }

    /// <summary>What was done, the start first.</summary>
    public IReadOnlyList<TrialMove> Moves => _moves;

    public PlaybookTrial Trial => _trial;
    public RunState Run => _trial.Runs.First(r => r.Id == _runId);

    /// <summary>Starts the playbook. Throws <see cref="ScenarioException"/> where it cannot be.</summary>
    public static async Task<TrialSession> Begin(RunEngine engine, TriedPlaybook playbook, TrialGiven given, CancellationToken cancellationToken = default)
    {
        var session = new TrialSession(engine, playbook, given);
        await session.Replay([new TrialMove.Start()], cancellationToken);
        return session;
    }

    /// <summary>Makes a move; says why where it is not possible, and then nothing has changed.</summary>
    public async Task<string?> Do(TrialMove move, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(move);
        var before = _moves.ToList();
        try
        {
            return await Make(move, cancellationToken);
        }
        catch (Exception fault)
        {
            // The move may have gone half of its way: only what was done before it is certain.
            await Replay(before, CancellationToken.None);
            if (fault is ScenarioException)
                return fault.Message;
            throw;
        }
    }

    /// <summary>Takes the last move back; nothing where only the start is left.</summary>
    public Task Undo(CancellationToken cancellationToken = default) => Replay([.. _moves.Take(Math.Max(1, _moves.Count - 1))], cancellationToken);

    public Task Restart(CancellationToken cancellationToken = default) => Replay([_moves[0] with { Fates = [] }], cancellationToken);

    /// <summary>Makes the last move again with another fate of a message that it sent.</summary>
    /// <param name="message">Which message of the move, from 0.</param>
    public Task Foresee(int message, Stimulus fate, CancellationToken cancellationToken = default)
    {
        var last = _moves[^1];
        var fates = last.Fates.ToList();
        while (fates.Count <= message)
            fates.Add(new Stimulus.Delivered("trial"));
        fates[message] = fate;
        return Replay([.. _moves.SkipLast(1), last with { Fates = fates }], cancellationToken);
    }

    /// <summary>Makes all moves again on a changed playbook, as far as they still go; null where all do, else why the first did not.</summary>
    public async Task<string?> Follow(TriedPlaybook playbook, CancellationToken cancellationToken = default)
    {
        Playbook = playbook;
        var moves = _moves.ToList();
        await Replay([moves[0]], cancellationToken);
        for (var i = 1; i < moves.Count; i++)
            if (await Do(moves[i], cancellationToken) is { } problem)
                return problem;
        return null;
    }

    /// <summary>Which move a turn belongs to.</summary>
    public int MoveOf(int turn) => _turnsBefore.FindLastIndex(before => before <= turn);

    /// <summary>The messages that a move sent or kept back.</summary>
    public IReadOnlyList<TrialMessage> MessagesOf(int move) => [.. _trial.Messages.Where(m => MoveOf(m.AfterTurns - 1) == move)];

    private async Task Replay(IReadOnlyList<TrialMove> moves, CancellationToken cancellationToken)
    {
        _trial = new PlaybookTrial(_engine, id => id == Playbook.Definition.DefinitionId ? (Playbook.Definition, Playbook.Scripts) : null, new ScenarioClock(Given.Start), followsStarts: false) { AsksPolicy = true };
        _moves.Clear();
        _turnsBefore.Clear();
        foreach (var move in moves)
            if (await Make(move, cancellationToken) is { } problem)
                throw new ScenarioException(problem);
    }

    private async Task<string?> Make(TrialMove move, CancellationToken cancellationToken)
    {
        var turns = _trial.Transitions.Count;
        _trial.ForgetDeliveries();
        foreach (var fate in move.Fates)
            _trial.NextDelivery(fate);
        if (await Act(move, cancellationToken) is { } problem)
            return problem;
        _moves.Add(move);
        _turnsBefore.Add(turns);
        return null;
    }

    private async Task<string?> Act(TrialMove move, CancellationToken cancellationToken)
    {
        switch (move)
        {
            case TrialMove.Start:
                _runId = (await _trial.Start(Playbook.Definition.DefinitionId, Given.Subject, Given.Input)).Id;
                return null;
            case TrialMove.Complete done:
                return await _trial.Complete(done.ActivityId, done.Outcome, done.Fields, done.By);
            case TrialMove.Wait wait:
                await _trial.Wait(wait.Time, cancellationToken);
                return null;
            case TrialMove.Reply reply:
                return await _trial.Reply(Given.Subject.Id, reply.Text, reply.Channel) > 0 ? null : "nothing waits for an answer of the contact";
            case TrialMove.Hear hear:
                return await _trial.Hear(Given.Subject.Id, hear.What) > 0 ? null : "nothing waits for what comes in from the contact";
            case TrialMove.Signal signal:
                return await _trial.Publish(signal.Name, signal.Payload) > 0 ? null : $"nothing waits for the event '{signal.Name}'";
            case TrialMove.Answer answer:
                return await _trial.Answer(answer.ActivityId, answer.Value) ? null : $"'{answer.ActivityId}' waits for no answer from outside";
            case TrialMove.End end:
                return await _trial.End(end.ActivityId) ? null : $"'{end.ActivityId}' waits for no other playbook";
            default:
                throw new InvalidOperationException($"Nobody knows the move {move.GetType().Name}.");
        }
    }
}
