using System.Buffers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Tests.Runs;

/// <summary>A run that a person made stand still keeps what comes for it, and goes on where it was.</summary>
public sealed class PauseTests
{
    private const string EventThenDelay = """
        {"definitionId":"two","variables":[{"id":"v1","name":"Answer","typeName":"String"}],
         "root":{"id":"root","type":"Elsa.Flowchart","activities":[
          {"id":"fork","type":"Elsa.FlowFork","branches":{"typeName":"String[]","expression":{"type":"Object","value":"[\"A\",\"B\"]"}}},
          {"id":"reply","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"reply"}},"result":{"typeName":"Object","memoryReference":{"id":"v1"}}},
          {"id":"heard","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"JavaScript","value":"'heard ' + getAnswer()"}}},
          {"id":"delay","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"01:00:00"}}}],
          "connections":[
          {"source":{"activity":"fork","port":"A"},"target":{"activity":"reply","port":"In"}},
          {"source":{"activity":"fork","port":"B"},"target":{"activity":"delay","port":"In"}},
          {"source":{"activity":"reply","port":"Done"},"target":{"activity":"heard","port":"In"}}]}}
        """;

    private readonly FakeTimeProvider _clock = new(TestRun.Noon);
    private readonly MemoryRunStore _store = new();
    private readonly RunHost _host;
    private readonly PlaybookDefinition _definition;

    public PauseTests()
    {
        var catalog = new ActivityCatalog(BuiltInActivities.All, []);
        _definition = new DefinitionCompiler(catalog.Descriptions).Compile(Encoding.UTF8.GetBytes(EventThenDelay)).Definition!;
        _host = new RunHost(new RunEngine(catalog, new ExpressionEvaluator()), _store,
            new RunSources { Version = _ => ValueTask.FromResult(_definition), Published = _ => ValueTask.FromResult<PlaybookDefinition?>(_definition) }, _clock);
    }

    [Fact]
    public async Task What_comes_for_a_paused_run_is_kept_and_taken_when_it_goes_on()
    {
        var run = await _host.Start(_definition, new StartRequest());
        Assert.NotNull(await _host.Take(run.Id, new Stimulus.Paused("Summer", "Bo")));

        Assert.Equal(1, await _host.Publish(new Effect.PublishSignal("reply", "yes")));
        Assert.Equal(0, await _host.Publish(new Effect.PublishSignal("reply", "twice")));
        Assert.DoesNotContain(Events, e => e.ActivityId == "heard");
        Assert.Equal(new RunPause(TestRun.Noon, "Summer", "Bo"), (await _store.Get(run.Id))!.Pause);

        var resumed = await _host.Take(run.Id, new Stimulus.Resumed(null, "Bo"));
        Assert.Single(Events, e => e.Text == "heard yes");
        Assert.Null(resumed!.Pause);
        Assert.Null(resumed.Deferred);
    }

    [Fact]
    public async Task A_time_that_comes_during_the_pause_is_not_taken_and_comes_once_afterwards()
    {
        var run = await _host.Start(_definition, new StartRequest());
        await _host.Take(run.Id, new Stimulus.Paused(null, null));
        _clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await _host.TakeDue(100));
        Assert.Equal(0, await _host.TakeDue(run.Id));

        await _host.Take(run.Id, new Stimulus.Resumed(null, null));
        Assert.Equal(1, await _host.TakeDue(100));
        Assert.Equal(0, await _host.TakeDue(100));
    }

    [Fact]
    public async Task Many_runs_that_go_on_together_are_due_one_after_the_other()
    {
        var run = await _host.Start(_definition, new StartRequest());
        await _host.Take(run.Id, new Stimulus.Paused(null, null));
        _clock.Advance(TimeSpan.FromDays(3));

        var later = _clock.GetUtcNow().AddMinutes(7);
        var resumed = await _host.Take(run.Id, new Stimulus.Resumed(null, null) { NotBefore = later });

        Assert.Equal(later, resumed!.NextDueAt);
        Assert.Equal(0, await _host.TakeDue(100));
        _clock.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal(1, await _host.TakeDue(100));
    }

    [Fact]
    public async Task A_pause_and_what_was_kept_in_it_survive_being_stored()
    {
        var run = await _host.Start(_definition, new StartRequest());
        await _host.Take(run.Id, new Stimulus.Paused("Summer", "Bo"));
        await _host.Publish(new Effect.PublishSignal("reply", "yes"));
        var buffer = new ArrayBufferWriter<byte>();
        (await _store.Get(run.Id))!.Write(buffer);

        var read = RunState.Read(buffer.WrittenSpan);

        Assert.Equal(new RunPause(TestRun.Noon, "Summer", "Bo"), read.Pause);
        Assert.Single(read.Deferred!);
    }

    [Fact]
    public async Task A_paused_run_can_be_ended_and_neither_paused_twice_nor_resumed_twice()
    {
        var run = await _host.Start(_definition, new StartRequest());
        Assert.Null(await _host.Take(run.Id, new Stimulus.Resumed(null, null)));
        Assert.NotNull(await _host.Take(run.Id, new Stimulus.Paused(null, null)));
        Assert.Null(await _host.Take(run.Id, new Stimulus.Paused(null, null)));

        var ended = await _host.Take(run.Id, new Stimulus.Cancelled("Enough", "Bo"));

        Assert.Equal(RunSubStatus.Cancelled, ended!.SubStatus);
        Assert.Null(ended.Pause);
        Assert.Empty(ended.Bookmarks);
        Assert.Null(await _host.Take(run.Id, new Stimulus.Resumed(null, null)));
    }

    private IEnumerable<RunEvent> Events => _store.Transitions.SelectMany(t => t.Events);
}
