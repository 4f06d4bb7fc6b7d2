using System.Text;
using Microsoft.Extensions.Time.Testing;
using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Tests.Runs;

public sealed class DeferredStimuliTests
{
    private const string EventBesideFault = """
        {"definitionId":"two","variables":[{"id":"v1","name":"Answer","typeName":"String"},{"id":"v2","name":"Broken","typeName":"Boolean","value":"true"}],
         "root":{"id":"root","type":"Elsa.Flowchart","activities":[
          {"id":"fork","type":"Elsa.FlowFork","branches":{"typeName":"String[]","expression":{"type":"Object","value":"[\"A\",\"B\"]"}}},
          {"id":"reply","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"reply"}},"result":{"typeName":"Object","memoryReference":{"id":"v1"}}},
          {"id":"heard","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"JavaScript","value":"'heard ' + getAnswer()"}}},
          {"id":"broken","type":"Elsa.Fault","message":{"typeName":"String","expression":{"type":"Literal","value":"no luck"}}}],
          "connections":[
          {"source":{"activity":"fork","port":"A"},"target":{"activity":"reply","port":"In"}},
          {"source":{"activity":"fork","port":"B"},"target":{"activity":"broken","port":"In"}},
          {"source":{"activity":"reply","port":"Done"},"target":{"activity":"heard","port":"In"}}]}}
        """;

    private readonly MemoryRunStore _store = new();
    private readonly RunHost _host;
    private readonly PlaybookDefinition _definition;

    public DeferredStimuliTests()
    {
        var catalog = new ActivityCatalog(BuiltInActivities.All, []);
        _definition = new DefinitionCompiler(catalog.Descriptions).Compile(Encoding.UTF8.GetBytes(EventBesideFault)).Definition!;
        _host = new RunHost(new RunEngine(catalog, new ExpressionEvaluator()), _store,
            new RunSources { Version = _ => ValueTask.FromResult(_definition), Published = _ => ValueTask.FromResult<PlaybookDefinition?>(_definition) }, new FakeTimeProvider());
    }

    [Fact]
    public async Task What_comes_for_a_run_at_an_incident_is_kept_and_taken_after_the_repair()
    {
        var run = await _host.Start(_definition, new StartRequest());
        Assert.Equal(RunSubStatus.Faulted, run.SubStatus);

        Assert.Equal(1, await _host.Publish(new Effect.PublishSignal("reply", "yes")));
        Assert.Equal(RunSubStatus.Faulted, (await _store.Get(run.Id))!.SubStatus);
        Assert.DoesNotContain(_store.Transitions.SelectMany(t => t.Events), e => e.ActivityId == "heard");

        var repaired = await _host.Take(run.Id, new Stimulus.Repaired(run.Incidents[0].Id, Skip: true, Outcome: null));
        Assert.Equal(RunSubStatus.Finished, repaired!.SubStatus);
        Assert.Contains(_store.Transitions.SelectMany(t => t.Events), e => e.Text == "heard yes");
    }

    [Fact]
    public async Task What_was_kept_survives_being_stored()
    {
        var run = await _host.Start(_definition, new StartRequest());
        await _host.Publish(new Effect.PublishSignal("reply", "yes"));
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        (await _store.Get(run.Id))!.Write(buffer);
        Assert.Equal("yes", Assert.IsType<Stimulus.Signalled>(Assert.Single(RunState.Read(buffer.WrittenSpan).Deferred!)).Payload);
    }

    [Fact]
    public async Task What_comes_twice_for_a_run_at_an_incident_is_kept_once()
    {
        var run = await _host.Start(_definition, new StartRequest());
        await _host.Publish(new Effect.PublishSignal("reply", "yes"));
        Assert.Equal(0, await _host.Publish(new Effect.PublishSignal("reply", "no")));
        Assert.Single((await _store.Get(run.Id))!.Deferred!);
    }

    [Fact]
    public async Task A_repair_that_fails_again_keeps_what_came()
    {
        var run = await _host.Start(_definition, new StartRequest());
        await _host.Publish(new Effect.PublishSignal("reply", "yes"));
        var again = await _host.Take(run.Id, new Stimulus.Repaired(run.Incidents[0].Id, Skip: false, Outcome: null));
        Assert.Equal(RunSubStatus.Faulted, again!.SubStatus);
        Assert.Single(again.Deferred!);
        var repaired = await _host.Take(run.Id, new Stimulus.Repaired(again.Incidents[^1].Id, Skip: true, Outcome: null));
        Assert.Equal(RunSubStatus.Finished, repaired!.SubStatus);
    }
}
