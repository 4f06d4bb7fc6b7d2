using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests;

/// <summary>Runs playbooks in memory through the one door, on a clock that stands still until it is moved.</summary>
internal sealed class TestRun
{
    private readonly Dictionary<string, DefinitionBuilder> _drawn = [];
    private readonly Dictionary<string, PlaybookDefinition> _definitions = [];

    public TestRun(params DefinitionBuilder[] definitions)
        : this(store => store, definitions)
    {
    }

    public TestRun(Func<IRunStore, IRunStore> wrap, params DefinitionBuilder[] definitions)
    {
        foreach (var definition in definitions)
            _drawn[definition.Id] = definition;
        foreach (var definition in definitions)
            _definitions[definition.Id] = definition.Compile(Workflow);
        Host = HostOver(wrap(Store));
    }

    public static ActivityCatalog Catalog { get; } = new(BuiltInActivities.All, [new TestStep()]);
    public static RunEngine Engine { get; } = new(Catalog, new ExpressionEvaluator());
    public static DateTimeOffset Noon { get; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; } = new(Noon);
    public MemoryRunStore Store { get; } = new();
    public RunHost Host { get; private set; }
    public Func<Subject, ValueTask<Subject>> Facts { get; set; } = ValueTask.FromResult;

    /// <summary>The run started last by a test.</summary>
    public Guid Id { get; private set; }

    /// <summary>Effects that the outside must do, in order.</summary>
    public List<OutboxItem> Outside { get; } = [];

    public RunState State => Of(Id);

    public PlaybookDefinition this[string definitionId] => _definitions[definitionId];

    /// <summary>How the run stands: Suspended, Finished …</summary>
    public RunSubStatus Status => State.SubStatus;

    public IReadOnlyList<RunEvent> Events => EventsOf(Id);

    public string[] Lines => [.. Events.Where(e => e.Kind == RunEventKind.LineWritten).Select(e => e.Text ?? "")];

    /// <summary>The history in the notation of Elsa's traces: a+ Started, a- Completed, a! Faulted, ax Canceled, a~ Suspended, a^ Resumed.</summary>
    public string Trace => TraceOf(Events);

    public Incident Incident => State.Incidents.Single(i => !i.Resolved);

    public static string TraceOf(IEnumerable<RunEvent> events) =>
        string.Join(' ', events.Where(e => e.Kind <= RunEventKind.Canceled).Select(e => e.ActivityId + "+-~^!x"[(int)e.Kind]));

    public static byte[] Bytes(RunState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        state.Write(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public RunHost HostOver(IRunStore store) => Host = new RunHost(Engine, store, new RunSources
    {
        Version = id => ValueTask.FromResult(_definitions.Values.Single(d => d.VersionId == id)),
        Published = id => ValueTask.FromResult(_definitions.GetValueOrDefault(id)),
        Facts = subject => Facts(subject),
    }, Clock);

    public RunState Of(Guid id) => Store.Runs.Single(r => r.Id == id);

    public IReadOnlyList<RunEvent> EventsOf(Guid id) => [.. Store.Transitions.Where(t => t.State.Id == id).SelectMany(t => t.Events)];

    public async Task<TestRun> Start(string definitionId = "main", Dictionary<string, object?>? input = null, string? trigger = null, Subject? subject = null, string? correlation = null)
    {
        var state = await Host.Start(_definitions[definitionId], new StartRequest
        {
            Input = input ?? [],
            TriggerActivityId = trigger,
            Subject = subject ?? Subject.None,
            CorrelationId = correlation,
        });
        Id = state.Id;
        return this;
    }

    /// <summary>Does what the engine can do itself until nothing is left of it; the rest is put into <see cref="Outside"/>.</summary>
    public async Task<TestRun> Work()
    {
        var effects = new InternalEffects(Host);
        while (await Host.Store.ClaimOutbox(Clock.GetUtcNow(), 100, TimeSpan.FromMinutes(1)) is { Count: > 0 } items)
            foreach (var item in items)
                if (!await effects.Do(item) && !Outside.Exists(o => o.Id == item.Id))
                    Outside.Add(item);
        return this;
    }

    public ValueTask<int> Raise(string name, object? payload = null) => Host.Publish(new Effect.PublishSignal(name, payload));

    public ValueTask<int> Wait(TimeSpan time)
    {
        Clock.Advance(time);
        return Host.TakeDue(1000);
    }

    public RunBookmark Bookmark(string activityId, BookmarkKind? kind = null) => State.Bookmarks.First(b => b.ActivityId == activityId && (kind is null || b.Kind == kind));

    public ValueTask<RunState?> Complete(string activityId, string outcome = "Done", Dictionary<string, object?>? fields = null) =>
        Host.Take(Id, new Stimulus.TaskCompleted(outcome, fields ?? [], "rep-1") { BookmarkId = Bookmark(activityId, BookmarkKind.Task).Id });

    public ValueTask<RunState?> Answer(string activityId, object? value) =>
        Host.Take(Id, new Stimulus.Answered(value) { BookmarkId = Bookmark(activityId, BookmarkKind.Answer).Id });

    public ValueTask<RunState?> Retry(string? incident = null) => Host.Take(Id, new Stimulus.Repaired(incident ?? Incident.Id, false, null));

    public ValueTask<RunState?> Skip(string? outcome = null, string? incident = null) => Host.Take(Id, new Stimulus.Repaired(incident ?? Incident.Id, true, outcome));

    public ValueTask<RunState?> Cancel() => Host.Take(Id, new Stimulus.Cancelled("No longer wanted.", "rep-1"));

    private WorkflowDocument? Workflow(JsonObject activity) =>
        (string?)activity["type"] is { } type && _drawn.TryGetValue(type, out var drawn) ? WorkflowDocument.From((JsonObject)drawn.Json.DeepClone()) : null;
}
