using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests.Runs;

public sealed class RunHostTests
{
    private static DefinitionBuilder Parent => new DefinitionBuilder(Draw.Sequence("s",
        Draw.Activity("Elsa.ExecuteWorkflow", "run", ("workflowDefinitionId", Draw.Literal("child")), ("waitForCompletion", Draw.Literal(true)), ("result", Draw.Into("report"))), Draw.LineJs("after", "getReport().SubStatus")), "parent").Variable("report");

    private static DefinitionBuilder Child => new(Draw.Sequence("c", Draw.Event("go"), Draw.Line("child")), "child");

    [Fact]
    public async Task A_turn_that_somebody_else_was_faster_with_is_taken_again()
    {
        InterferingStore? between = null;
        var run = new TestRun(store => between = new InterferingStore(store), new DefinitionBuilder(Draw.Parallel("p", Draw.Event("a"), Draw.Event("b"))));
        await run.Start();
        // While "a" is on its way, somebody raises "b".
        var other = new RunHost(TestRun.Engine, run.Store, run.Host.Sources, run.Clock);
        between!.BeforeNextCommit = async () => await other.Publish(new Effect.PublishSignal("b", null));
        Assert.Equal(1, await run.Raise("a"));
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal("p+ a+ a~ b+ b~ b^ b- a^ a- p-", run.Trace);
    }

    [Fact]
    public async Task Of_two_who_wake_the_same_bookmark_one_comes_too_late()
    {
        InterferingStore? between = null;
        var run = new TestRun(store => between = new InterferingStore(store), new DefinitionBuilder(Draw.Event("a")));
        await run.Start();
        var other = new RunHost(TestRun.Engine, run.Store, run.Host.Sources, run.Clock);
        between!.BeforeNextCommit = async () => await other.Publish(new Effect.PublishSignal("a", null));
        Assert.Equal(0, await run.Raise("a"));
        Assert.Equal("a+ a~ a^ a-", run.Trace);
    }

    [Fact]
    public async Task Starting_with_the_same_id_twice_is_one_run()
    {
        var run = await new TestRun(Child).Start("child");
        var again = await run.Host.Start(run["child"], new StartRequest { Id = run.Id });
        Assert.Equal(run.Id, again.Id);
        Assert.Equal(1, again.Revision);
        Assert.Single(run.Store.Transitions);
    }

    [Fact]
    public async Task A_child_that_ends_and_the_parent_that_goes_on_are_one_commit()
    {
        CountingStore? counting = null;
        var run = new TestRun(store => counting = new CountingStore(store), Parent, Child);
        await run.Start("parent");
        await run.Work();
        counting!.Commits.Clear();
        Assert.Equal(1, await run.Raise("go"));
        Assert.Equal([2], counting.Commits);
        Assert.Equal(["Finished"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task Three_generations_that_end_together_are_one_commit()
    {
        CountingStore? counting = null;
        var grandparent = new DefinitionBuilder(Draw.Activity("Elsa.ExecuteWorkflow", "run", ("workflowDefinitionId", Draw.Literal("parent")), ("waitForCompletion", Draw.Literal(true))), "grandparent");
        var run = new TestRun(store => counting = new CountingStore(store), grandparent, Parent, Child);
        await run.Start("grandparent");
        await run.Work();
        counting!.Commits.Clear();
        await run.Raise("go");
        Assert.Equal([3], counting.Commits);
        Assert.All(run.Store.Runs, r => Assert.Equal(RunSubStatus.Finished, r.SubStatus));
    }

    [Fact]
    public async Task A_child_that_ends_at_its_start_is_reported_though_the_parent_changed_meanwhile()
    {
        InterferingStore? between = null;
        var parent = new DefinitionBuilder(Draw.Parallel("p", Draw.Event("e"), Draw.Activity("Elsa.ExecuteWorkflow", "run", ("workflowDefinitionId", Draw.Literal("quick")), ("waitForCompletion", Draw.Literal(true)))), "parent");
        var run = new TestRun(store => between = new InterferingStore(store), parent, new DefinitionBuilder(Draw.Line("quick"), "quick"));
        await run.Start("parent");
        var other = new RunHost(TestRun.Engine, run.Store, run.Host.Sources, run.Clock);
        between!.BeforeNextCommit = async () => await other.Publish(new Effect.PublishSignal("e", null));
        await run.Work();
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal(2, run.Store.Runs.Count);
    }

    [Fact]
    public async Task A_stimulus_for_a_run_that_does_not_exist_changes_nothing()
    {
        var run = new TestRun(Child);
        Assert.Null(await run.Host.Take(Guid.CreateVersion7(), new Stimulus.Due { BookmarkId = "x" }));
        Assert.Empty(run.Store.Transitions);
    }

    [Fact]
    public async Task Facts_are_recorded_with_the_stimulus_only_where_they_changed()
    {
        var run = new TestRun(new DefinitionBuilder(Draw.Sequence("s", Draw.Event("a"), Draw.Event("b"), Draw.Event("c"))));
        var name = "Ann";
        run.Facts = subject => ValueTask.FromResult(subject with { Facts = new Dictionary<string, object?> { ["contact"] = new Dictionary<string, object?> { ["name"] = name } } });
        await run.Start(subject: new Subject("contact", "c-1", new Dictionary<string, object?>()));
        await run.Raise("a");
        Assert.Null(run.Store.Transitions[^1].Stimulus.Facts);
        name = "Anna";
        await run.Raise("b");
        Assert.NotNull(run.Store.Transitions[^1].Stimulus.Facts);
        Assert.Equal("Anna", ((IReadOnlyDictionary<string, object?>)run.State.Subject.Facts["contact"]!)["name"]);
        await run.Raise("c");
        Assert.Null(run.Store.Transitions[^1].Stimulus.Facts);
    }

    [Fact]
    public async Task An_effect_that_is_done_twice_starts_one_child()
    {
        var run = await new TestRun(Parent, Child).Start("parent");
        var item = Assert.Single(await run.Store.ClaimOutbox(run.Clock.GetUtcNow(), 10, TimeSpan.Zero));
        var effects = new InternalEffects(run.Host);
        Assert.True(await effects.Do(item));
        Assert.True(await effects.Do(item));
        Assert.Equal(2, run.Store.Runs.Count);
        Assert.Empty(await run.Store.ClaimOutbox(run.Clock.GetUtcNow(), 10, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_child_that_is_not_published_faults_what_waits_for_it_visibly()
    {
        var run = await new TestRun(Parent).Start("parent");
        await run.Work();
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Contains("not published", run.Incident.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_wakes_only_runs_about_its_sender()
    {
        var run = new TestRun(new DefinitionBuilder(Draw.Step("s", "reply")));
        await run.Start(subject: new Subject("contact", "other", new Dictionary<string, object?>()));
        var other = run.Id;
        await run.Start(subject: new Subject("contact", "c-1", new Dictionary<string, object?>()));
        Assert.Equal(1, await run.Host.Reply("c-1", "Yes", "email"));
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal(RunSubStatus.Suspended, run.Of(other).SubStatus);
    }

    [Fact]
    public async Task Due_runs_are_woken_once_and_not_before_their_time()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Delay("d", "01:00:00"))).Start();
        Assert.Equal(0, await run.Wait(TimeSpan.FromMinutes(59)));
        Assert.Equal(1, await run.Wait(TimeSpan.FromMinutes(1)));
        Assert.Equal(0, await run.Wait(TimeSpan.FromDays(1)));
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }
}
