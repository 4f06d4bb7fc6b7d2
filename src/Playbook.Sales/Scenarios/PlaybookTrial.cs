using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Activities;

namespace Playbook.Sales.Scenarios;

/// <summary>A message that would have been sent.</summary>
public sealed record TrialMessage(string Script, string Channel, RenderedScript Text);

/// <summary>
/// A playbook tried out in memory on the real engine, with a clock that jumps and nobody contacted: what scenarios,
/// the dry run and simulation stand on.
/// </summary>
public sealed class PlaybookTrial
{
    private readonly MemoryRunStore _store = new();
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
        _host = new RunHost(engine, _store, new RunSources
        {
            Version = id => ValueTask.FromResult(Find(id)),
            Published = id => ValueTask.FromResult(playbooks(id)?.Definition),
        }, clock);
        _effects = new InternalEffects(_host);
    }

    public ScenarioClock Clock { get; }
    public bool FollowsStarts { get; }
    public IReadOnlyList<TrialMessage> Sent => _sent;
    public IReadOnlyList<string> Started => _started;
    public IReadOnlyList<TaskOpened> Tasks => _store.Tasks;
    public IReadOnlyList<RunState> Runs => _store.Runs;
    public IEnumerable<RunEvent> Events => _store.Transitions.SelectMany(t => t.Events);
    public IReadOnlyList<Transition> Transitions => _store.Transitions;

    private readonly List<TrialMessage> _sent = [];
    private readonly List<string> _started = [];

    public async Task<RunState> Start(string definitionId, Subject subject, IReadOnlyDictionary<string, object?> input)
    {
        var playbook = _playbooks(definitionId) ?? throw new ScenarioException($"There is no playbook '{definitionId}'.");
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
    public async Task Wait(TimeSpan time)
    {
        var until = Clock.GetUtcNow() + time;
        while ((await _store.Due(until, 1)).Count > 0)
        {
            var next = _store.Runs.Min(r => r.NextDueAt);
            Clock.MoveTo(next!.Value);
            await _host.TakeDue(100);
            await Settle();
        }

        Clock.MoveTo(until);
    }

    public async Task<int> Reply(string subjectId, string? text, string? channel)
    {
        var woken = await _host.Reply(subjectId, text, channel);
        await Settle();
        return woken;
    }

    public async Task<int> Publish(string name, object? payload)
    {
        var woken = await _host.Publish(new Effect.PublishSignal(name, payload));
        await Settle();
        return woken;
    }

    /// <summary>What will become of the next message that is sent, instead of its delivery.</summary>
    public void NextDelivery(Stimulus stimulus) => _deliveries.Enqueue(stimulus);

    public string Open() => Tasks.Count == 0 ? "none" : string.Join(", ", Tasks.Select(t => $"'{t.ActivityId}' ({t.Request.Role})"));

    private PlaybookDefinition Find(string versionId)
    {
        var run = _store.Runs.First(r => r.DefinitionVersionId == versionId);
        return _playbooks(run.DefinitionId)!.Value.Definition;
    }

    private async Task Settle()
    {
        for (var items = await Claim(); items.Count > 0; items = await Claim())
            foreach (var item in items)
                switch (item.Effect)
                {
                    case Effect.SendMessage message:
                        await Send(item, message);
                        break;
                    case Effect.StartRun start:
                        _started.Add(start.DefinitionId);
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

    private ValueTask<IReadOnlyList<OutboxItem>> Claim() => _store.ClaimOutbox(Clock.GetUtcNow(), 100, TimeSpan.FromDays(1));

    private async Task Send(OutboxItem item, Effect.SendMessage message)
    {
        var run = await _store.Get(item.RunId) ?? throw new ScenarioException("A message was sent for a run that does not exist.");
        var (definition, scripts) = _playbooks(run.DefinitionId)!.Value;
        var language = run.Subject.Facts.GetValueOrDefault("contact") is IReadOnlyDictionary<string, object?> contact ? contact.GetValueOrDefault("language") as string : null;
        var script = ScriptNames.Find(scripts, message.Script, language) ?? throw new ScenarioException($"There is no script '{message.Script}'.");
        var text = _templates.RenderStrict(script, RunScope.Of(definition, run, Clock.GetUtcNow()));
        _sent.Add(new TrialMessage(message.Script, message.Channel, text));
        var fate = _deliveries.TryDequeue(out var given) ? given : new Stimulus.Delivered("trial");
        if (item.BookmarkId is null)
            await _store.Commit([], [new OutboxDone(item.Id, null)]);
        else
            await _host.Take(item.RunId, fate with { BookmarkId = item.BookmarkId }, new OutboxDone(item.Id, null));
    }
}
