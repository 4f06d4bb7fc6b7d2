using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Activities;
using Playbook.Sales.Sending;

namespace Playbook.Sales.Scenarios;

/// <summary>
/// A playbook tried out in memory on the real engine, with a clock that jumps and nobody contacted: what scenarios,
/// the dry run and simulation stand on.
/// </summary>
public sealed class PlaybookTrial
{
    /// <summary>How much may happen between two moves: far more than a playbook does, and soon over where it runs in a circle.</summary>
    public const int MostTurnsPerMove = 10_000;

    // Longer waits are a slip of the pen, and far longer ones leave the calendar.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(3653);

    private readonly MemoryRunStore _store;
    private readonly TrialFacts _facts = new();
    private readonly RunHost _host;
    private readonly InternalEffects _effects;
    private readonly ScriptTemplates _templates = new();
    private readonly Func<string, (PlaybookDefinition Definition, IReadOnlyDictionary<string, string> Scripts)?> _playbooks;
    private readonly Queue<Stimulus> _deliveries = [];

    /// <param name="engine">The engine with the activities that playbooks use.</param>
    /// <param name="playbooks">Playbooks with their scripts, by definition id.</param>
    /// <param name="clock">The clock; it only moves when the trial is told to.</param>
    /// <param name="followsStarts">Whether playbooks that a run starts are run too, or only noted.</param>
    public PlaybookTrial(RunEngine engine, Func<string, (PlaybookDefinition Definition, IReadOnlyDictionary<string, string> Scripts)?> playbooks, ScenarioClock clock, bool followsStarts)
    {
        _playbooks = playbooks;
        Clock = clock;
        FollowsStarts = followsStarts;
        _store = new MemoryRunStore { Committed = Learn };
        _host = new RunHost(engine, _store, new RunSources
        {
            Version = id => ValueTask.FromResult(Find(id)),
            Published = id => ValueTask.FromResult(playbooks(id)?.Definition),
            Facts = subject => ValueTask.FromResult(_facts.Refresh(subject)),
        }, clock);
        _effects = new InternalEffects(_host);
    }

    public ScenarioClock Clock { get; }
    public bool FollowsStarts { get; }

    /// <summary>Whether messages go only with the sending policy's leave and without gaps, as the real sender does it.</summary>
    public bool AsksPolicy { get; init; }

    /// <summary>What went out, bounced or not.</summary>
    public IReadOnlyList<TrialMessage> Sent => [.. _messages.Where(m => m.Fate != TrialFate.Refused || !AsksPolicy)];

    /// <summary>All messages, those that were kept back included.</summary>
    public IReadOnlyList<TrialMessage> Messages => _messages;

    public IReadOnlyList<string> Started => [.. _starts.Select(s => s.DefinitionId)];
    public IReadOnlyList<TrialStart> Starts => _starts;
    public IReadOnlyList<TaskOpened> Tasks => _store.Tasks;
    public IReadOnlyList<RunState> Runs => _store.Runs;
    public IEnumerable<RunEvent> Events => _turns.SelectMany(t => t.Events);
    public IReadOnlyList<Transition> Transitions => _turns;

    /// <summary>When the next thing falls due by itself; null where nothing will.</summary>
    public DateTimeOffset? NextDue => Runs.Select(r => r.NextDueAt).Concat(_deferred.Values.Select(at => (DateTimeOffset?)at)).Min();

    private readonly List<Transition> _turns = [];
    private readonly List<TrialMessage> _messages = [];
    private readonly List<TrialStart> _starts = [];
    private readonly Dictionary<string, DateTimeOffset> _deferred = new(StringComparer.Ordinal);
    private int _turnsBefore;

    public async Task<RunState> Start(string definitionId, Subject subject, IReadOnlyDictionary<string, object?> input)
    {
        var playbook = _playbooks(definitionId) ?? throw new ScenarioException($"There is no playbook '{definitionId}'.");
        _turnsBefore = _turns.Count;
        var run = await _host.Start(playbook.Definition, new StartRequest { Subject = subject, Input = input });
        await Settle();
        return run;
    }

    /// <summary>Completes the open task of an activity, as a rep would; says why not where the form would not take it.</summary>
    public async Task<string?> Complete(string activityId, string outcome, IReadOnlyDictionary<string, object?> fields, string? by)
    {
        var task = _store.Tasks.FirstOrDefault(t => t.ActivityId == activityId);
        if (task is null)
            return $"there is no open task for '{activityId}'; open are {Open()}";
        var problems = FormCheck.Problems(task.Request, outcome, fields);
        if (problems.Count > 0)
            return $"the form of '{activityId}' refuses it: {string.Join(" ", problems.Select(p => $"{p.Key}: {p.Value}"))}";
        await _host.Take(task.RunId, new Stimulus.TaskCompleted(outcome, FormCheck.Answers(task.Request.Fields, fields), by) { BookmarkId = task.TaskId });
        await Settle();
        return null;
    }

    /// <summary>Moves the clock on, waking what falls due on the way in its order.</summary>
    public async Task Wait(TimeSpan time, CancellationToken cancellationToken = default)
    {
        if (time < TimeSpan.Zero || time > LongestWait)
            throw new ScenarioException($"A wait of {time:c} is not possible; wait between nothing and ten years.");
        var until = Clock.GetUtcNow() + time;
        _turnsBefore = _turns.Count;
        while (NextDue is { } next && next <= until)
        {
            Limit(cancellationToken);
            Clock.MoveTo(next);
            await _host.TakeDue(100, cancellationToken);
            await Go(cancellationToken);
        }

        Clock.MoveTo(until);
    }

    /// <summary>Answers what an activity asked of the outside; false where it waits for no answer.</summary>
    public Task<bool> Answer(string activityId, object? value) => Wake(activityId, BookmarkKind.Answer, id => new Stimulus.Answered(value) { BookmarkId = id });

    /// <summary>Ends the playbook that an activity waits for; false where it waits for none.</summary>
    public Task<bool> End(string activityId) =>
        Wake(activityId, BookmarkKind.Run, id => new Stimulus.RunFinished(Guid.Empty, nameof(RunSubStatus.Finished), new Dictionary<string, object?>()) { BookmarkId = id });

    public async Task<int> Reply(string subjectId, string? text, string? channel)
    {
        var woken = await _host.Reply(subjectId, text, channel);
        await Settle();
        return woken;
    }

    /// <summary>Something else than an answer comes in from the contact; returns how many waits it woke.</summary>
    public async Task<int> Hear(string subjectId, Stimulus stimulus)
    {
        var woken = await _host.Hear(subjectId, stimulus);
        if (stimulus is Stimulus.Unsubscribed or Stimulus.Complained && Runs.FirstOrDefault(r => r.Subject.Id == subjectId) is { } run)
            _facts.Refuse(run.Subject);
        await Settle();
        return woken.Count;
    }

    public async Task<int> Publish(string name, object? payload)
    {
        var woken = await _host.Publish(new Effect.PublishSignal(name, payload));
        await Settle();
        return woken;
    }

    /// <summary>What will become of the next message that is sent, instead of its delivery.</summary>
    public void NextDelivery(Stimulus stimulus) => _deliveries.Enqueue(stimulus);

    /// <summary>Messages have no fate foreseen any more: they arrive.</summary>
    public void ForgetDeliveries() => _deliveries.Clear();

    public string Open() => Tasks.Count == 0 ? "none" : string.Join(", ", Tasks.Select(t => $"'{t.ActivityId}' ({t.Request.Role})"));

    private async Task<bool> Wake(string activityId, BookmarkKind kind, Func<string, Stimulus> stimulus)
    {
        var found = Runs.SelectMany(r => r.Bookmarks, (run, bookmark) => (run, bookmark)).FirstOrDefault(w => w.bookmark.Kind == kind && w.bookmark.ActivityId == activityId);
        if (found.bookmark is null)
            return false;
        await _host.Take(found.run.Id, stimulus(found.bookmark.Id));
        await Settle();
        return true;
    }

    private PlaybookDefinition Find(string versionId)
    {
        var run = _store.Runs.First(r => r.DefinitionVersionId == versionId);
        return _playbooks(run.DefinitionId)!.Value.Definition;
    }

    private void Learn(Transition turn)
    {
        _turns.Add(turn);
        _facts.Learn(turn);
    }

    private Task Settle()
    {
        _turnsBefore = _turns.Count;
        return Go(default);
    }

    private async Task Go(CancellationToken cancellationToken)
    {
        for (var items = await Claim(); items.Count > 0; items = await Claim())
            foreach (var item in items)
            {
                Limit(cancellationToken);
                await Do(item);
            }
    }

    private async Task Do(OutboxItem item)
    {
        switch (item.Effect)
        {
            case Effect.SendMessage message:
                await Send(item, message);
                break;
            case Effect.StartRun start:
                _starts.Add(new TrialStart(start.DefinitionId, start.Input, Clock.GetUtcNow(), _turns.Count));
                if (FollowsStarts)
                    await _effects.Do(item);
                else
                    await _store.Commit([], [new OutboxDone(item.Id, null)]);
                break;
            default:
                if (!await _effects.Do(item))
                    await _store.Commit([], [new OutboxDone(item.Id, null)]);
                break;
        }
    }

    private void Limit(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_turns.Count - _turnsBefore > MostTurnsPerMove)
            throw new ScenarioException($"More than {MostTurnsPerMove:N0} things happened one after the other: the playbook goes in a circle. Put a longer wait or a limit into the loop.");
    }

    private ValueTask<IReadOnlyList<OutboxItem>> Claim() => _store.ClaimOutbox(Clock.GetUtcNow(), 100, TimeSpan.FromDays(10_000));

    private async Task Send(OutboxItem item, Effect.SendMessage message)
    {
        _deferred.Remove(item.Id);
        var run = await _store.Get(item.RunId) ?? throw new ScenarioException("A message was sent for a run that does not exist.");
        var decision = AsksPolicy ? SendingPolicy.Decide(SendingContext.Of(_facts.Refresh(run.Subject), message.Channel, Clock.GetUtcNow())) : null;
        if (decision is SendingDecision.Wait wait)
        {
            _deferred[item.Id] = wait.Until;
            await _store.Defer(item, wait.Until, wait.Rule);
            return;
        }

        var (text, gaps) = Write(run, message);
        var given = _deliveries.TryDequeue(out var next) ? next : new Stimulus.Delivered("trial");
        var (fate, why) = decision is SendingDecision.Block block ? (new Stimulus.Rejected(block.Rule), block.Rule)
            : gaps is not null ? (new Stimulus.Rejected(gaps), gaps)
            : (given, Why(given) ?? (decision as SendingDecision.Permit)?.Rule);
        _messages.Add(new TrialMessage(message.Script, message.Channel, text)
        {
            ActivityId = item.ActivityId, At = Clock.GetUtcNow(), Why = why, AfterTurns = _turns.Count,
            Fate = fate switch { Stimulus.Bounced => TrialFate.Bounced, Stimulus.Rejected => TrialFate.Refused, _ => TrialFate.Sent },
        });
        if (item.BookmarkId is null)
            await _store.Commit([], [new OutboxDone(item.Id, null)]);
        else
            await _host.Take(item.RunId, fate with { BookmarkId = item.BookmarkId }, new OutboxDone(item.Id, null));
    }

    /// <summary>The message's text; where it has gaps, it says why it does not go, or throws where nobody asks the policy.</summary>
    private (RenderedScript Text, string? Gaps) Write(RunState run, Effect.SendMessage message)
    {
        var (definition, scripts) = _playbooks(run.DefinitionId)!.Value;
        var subject = _facts.Refresh(run.Subject);
        var language = subject.Facts.GetValueOrDefault("contact") is IReadOnlyDictionary<string, object?> contact ? contact.GetValueOrDefault("language") as string : null;
        var script = ScriptNames.Find(scripts, message.Script, language);
        try
        {
            if (script is null)
                throw new ScenarioException($"There is no script '{message.Script}'.");
            return (_templates.RenderStrict(script, Scope(definition, run, subject)), null);
        }
        catch (Exception gaps) when (AsksPolicy && gaps is ExpressionException or ScenarioException)
        {
            return (new RenderedScript(null, ""), $"The script '{message.Script}' could not be written out: {gaps.Message}");
        }
    }

    private IExpressionScope Scope(PlaybookDefinition definition, RunState run, Subject subject)
    {
        var fresh = run.Clone();
        fresh.Subject = subject;
        return RunScope.Of(definition, fresh, Clock.GetUtcNow());
    }

    private static string? Why(Stimulus fate) => fate switch
    {
        Stimulus.Bounced bounced => bounced.Reason,
        Stimulus.Rejected rejected => rejected.Reason,
        _ => null,
    };
}
