using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests.Runs;

/// <summary>What comes in over a channel is taken once by each run, however often it is brought.</summary>
public sealed class TakenEventTests
{
    private static readonly Subject Ada = new("contact", "c-1", new Dictionary<string, object?>());
    private static readonly Stimulus Away = new Stimulus.AutoReplied("Away", "email", null) { EventId = "email:1" };

    [Fact]
    public async Task An_event_that_is_brought_again_does_not_wake_the_wait_that_it_made_anew()
    {
        var run = await Patient().Start(subject: Ada);
        Assert.Single(await run.Host.Hear("c-1", Away));
        var heard = run.State.Revision;

        Assert.Empty(await run.Host.Hear("c-1", Away));

        Assert.Equal((heard, RunSubStatus.Suspended), (run.State.Revision, run.Status));
    }

    [Fact]
    public async Task Another_event_of_the_same_kind_wakes_it()
    {
        var run = await Patient().Start(subject: Ada);
        await run.Host.Hear("c-1", Away);

        Assert.Single(await run.Host.Hear("c-1", Away with { EventId = "email:2" }));
    }

    [Fact]
    public async Task An_event_that_was_taken_in_part_goes_to_the_waits_that_have_not_heard_it()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Parallel("root", Draw.Step("one", "patient"), Draw.Step("two", "patient")))).Start(subject: Ada);
        // Somebody told the first wait, and the program ended before the second.
        await run.Host.Take(run.Id, Away with { BookmarkId = run.Bookmark("one").Id });

        Assert.Single(await run.Host.Hear("c-1", Away));

        Assert.Equal(1, run.Events.Count(e => e is { ActivityId: "two", Kind: RunEventKind.Resumed }));
        Assert.Equal(1, run.Events.Count(e => e is { ActivityId: "one", Kind: RunEventKind.Resumed }));
    }

    [Fact]
    public async Task What_a_run_has_taken_survives_being_stored()
    {
        var run = await Patient().Start(subject: Ada);
        await run.Host.Hear("c-1", Away);

        Assert.Equal(run.State.Taken, RunState.Read(TestRun.Bytes(run.State)).Taken);
    }

    [Fact]
    public async Task A_run_remembers_the_last_events_only()
    {
        var run = await Patient().Start(subject: Ada);
        for (var i = 0; i < 40; i++)
            await run.Host.Hear("c-1", Away with { EventId = $"email:{i}" });

        Assert.Equal(16, run.State.Taken!.Count);
        Assert.Equal("email:39", run.State.Taken[^1].Id);
    }

    [Fact]
    public async Task All_that_a_contact_sends_while_the_run_stands_at_an_incident_is_taken_after_the_repair_in_its_order()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Parallel("root", Draw.Step("wait", "patient"), Draw.Step("broken", "fail")))).Start(subject: Ada);
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        await run.Host.Hear("c-1", Away);
        await run.Host.Hear("c-1", Away);
        await run.Host.Hear("c-1", new Stimulus.Replied("Back now", "email") { EventId = "email:2" });
        Assert.Equal(2, run.State.Deferred!.Count);

        await run.Skip();

        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Contains(run.Events, e => e is { ActivityId: "wait", Kind: RunEventKind.Completed });
    }

    private static TestRun Patient() => new(new DefinitionBuilder(Draw.Step("s", "patient")));
}
