using System.Diagnostics;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests.Activities;

/// <summary>Faults, and how a person takes a run up again.</summary>
public sealed class IncidentTests
{
    private static Subject Contact { get; } = new("contact", "c-1", new Dictionary<string, object?>());

    private static Task<TestRun> Start(System.Text.Json.Nodes.JsonObject root) => new TestRun(new DefinitionBuilder(root).Variable("n", "Int32", "0")).Start(subject: Contact);

    /// <summary>The fact that a step needs comes to be known.</summary>
    private static void Learn(TestRun run, string fact) => run.Facts = subject => ValueTask.FromResult(subject with { Facts = new Dictionary<string, object?> { [fact] = true } });

    [Fact]
    public async Task A_retry_runs_the_failed_activity_again_and_goes_on()
    {
        var run = await Start(Draw.Sequence("s", Draw.Line("before"), Draw.Step("step", "needs:consent"), Draw.Line("after")));
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Equal("There is no consent; add it.", run.Incident.Message);
        await run.Retry();
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Learn(run, "consent");
        await run.Retry();
        Assert.Equal(["before", "after"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.All(run.State.Incidents, i => Assert.True(i.Resolved));
    }

    [Fact]
    public async Task An_activity_that_is_skipped_leaves_through_the_outcome_named()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("step", "fail"), Draw.Line("done"), Draw.Line("again")], "step>done", "step:Again>again"));
        await run.Skip("Again");
        Assert.Equal(["again"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task A_skip_whose_way_on_faults_is_another_incident()
    {
        var run = await Start(Draw.Flow("f", [Draw.Fork("s", "A", "B"), Draw.Line("a"), Draw.Step("b", "fail"), Draw.Event("c")], "s:A>a", "s:B>c", "a>b", "c>b", "b:Again>a"));
        await run.Raise("c");
        if (run.Status != RunSubStatus.Faulted)
            return;
        await run.Skip("Again");
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Contains("Invalid backward connection", run.Incident.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_incidents_each_has_its_own_retry()
    {
        var run = await Start(Draw.Parallel("p", Draw.Step("one", "needs:consent"), Draw.Line("line"), Draw.Step("two", "needs:consent")));
        Assert.Equal(["i1", "i2"], run.State.Incidents.Select(i => i.Id));
        Learn(run, "consent");
        await run.Retry("i1");
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Null(await run.Retry("i1"));
        await run.Retry("i2");
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal("p+ one+ one! line+ line- two+ two! one+ one- two+ two- p-", run.Trace);
    }

    [Fact]
    public async Task A_retry_inside_a_loop_goes_on_with_the_same_round()
    {
        var body = Draw.Sequence("s", Draw.LineJs("round", "getCurrentValue()"), Draw.Step("step", "needs:consent"));
        var run = await Start(Draw.Activity("Elsa.ForEach", "each", ("items", Draw.Js("['a', 'b']")), ("body", body)));
        Learn(run, "consent");
        await run.Retry();
        Assert.Equal(["a", "b"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task A_retry_inside_a_parallel_leaves_the_other_branches_alone()
    {
        var run = await Start(Draw.Sequence("s", Draw.Parallel("p", Draw.Event("e"), Draw.Step("step", "needs:consent")), Draw.Line("after")));
        Learn(run, "consent");
        await run.Retry();
        Assert.Equal(RunSubStatus.Suspended, run.Status);
        await run.Raise("e");
        Assert.Equal(["after"], run.Lines);
    }

    [Fact]
    public async Task What_comes_at_an_incident_is_taken_after_the_repair()
    {
        var run = await Start(Draw.Sequence("s", Draw.Parallel("p", Draw.Event("e"), Draw.Step("step", "needs:consent")), Draw.Line("after")));
        Assert.Equal(1, await run.Raise("e"));
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Learn(run, "consent");
        await run.Retry();
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal("s+ p+ e+ e~ step+ step! step+ step- e^ e- p- after+ after- s-", run.Trace);
    }

    [Fact]
    public async Task A_condition_that_fails_after_the_last_child_can_be_retried_and_the_loop_goes_on()
    {
        // The fault is in the loop's question after its body, so it lands on the body's last activity, whose sequence has ended.
        var run = await Start(Draw.Sequence("outer", Draw.While("w", Draw.Js("if (getN() == 1) throw new Error('no'); return getN() < 2"), Draw.Sequence("s", Draw.Set("count", "n", Draw.Js("getN() + 1")))), Draw.Line("after")));
        Assert.Equal("outer+ w+ s+ count+ count- s- count!", run.Trace);
        await run.Retry();
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal(["after"], run.Lines);
        Assert.Equal(2, run.State.Variables[0]);
    }

    [Fact]
    public async Task Continue_with_incidents_runs_the_other_branches_and_waits_for_a_repair()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Parallel("p", Draw.Step("bad", "fail"), Draw.Event("e"))).ContinueWithIncidents()).Start();
        Assert.Equal(RunSubStatus.Suspended, run.Status);
        await run.Raise("e");
        Assert.Equal(RunSubStatus.Suspended, run.Status);
        Assert.Empty(run.State.Bookmarks);
        await run.Skip();
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task A_step_that_fails_after_its_wait_leaves_nothing_behind_that_could_wake_it()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Step("step", "fail later")).ContinueWithIncidents()).Start();
        await run.Complete("step");
        Assert.Empty(run.State.Bookmarks);
        Assert.Empty(run.Store.Tasks);
        Assert.Equal(0, await run.Raise("news"));
        await run.Retry();
        Assert.Single(run.Store.Tasks);
    }

    [Fact]
    public async Task A_step_may_open_the_same_task_again_when_it_is_resumed()
    {
        var run = await Start(Draw.Step("step", "again"));
        var first = Assert.Single(run.Store.Tasks).TaskId;
        await run.Complete("step", "Again");
        Assert.NotEqual(first, Assert.Single(run.Store.Tasks).TaskId);
        Assert.Equal(run.Store.Tasks[0].TaskId, run.Bookmark("step").Id);
        await run.Complete("step");
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Empty(run.Store.Tasks);
    }

    [Fact]
    public async Task A_message_of_a_branch_that_is_cancelled_in_the_same_turn_does_not_go_out()
    {
        var run = await Start(Draw.Flow("f", [Draw.Fork("fork", "A", "B"), Draw.Step("mail", "message"), Draw.Line("quick"), Draw.Line("hop"), Draw.Join("join", "WaitAny")], "fork:A>mail", "fork:B>quick", "quick>hop", "hop>join", "mail>join"));
        Assert.Equal(RunSubStatus.Finished, run.Status);
        await run.Work();
        Assert.Empty(run.Outside);
    }

    [Fact]
    public async Task A_step_that_waits_for_nothing_is_an_incident() =>
        Assert.Contains("waits for nothing", (await Start(Draw.Step("step", "nothing"))).Incident.Message, StringComparison.Ordinal);

    [Fact]
    public async Task Cancelling_a_run_that_waits_ends_all_that_is_under_way()
    {
        var run = await Start(Draw.Parallel("p", Draw.Event("e"), Draw.Step("step", "escalate")));
        await run.Cancel();
        Assert.Equal(RunSubStatus.Cancelled, run.Status);
        Assert.Equal("p+ e+ e~ step+ step~ px ex stepx", run.Trace);
        Assert.Empty(run.Store.Tasks);
        Assert.Null(await run.Cancel());
        Assert.Equal(0, await run.Wait(TimeSpan.FromDays(5)));
    }

    [Fact]
    public async Task Cancelling_a_faulted_run_closes_its_tasks()
    {
        var run = await Start(Draw.Parallel("p", Draw.Step("call", "task"), Draw.Step("bad", "fail")));
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Single(run.Store.Tasks);
        await run.Cancel();
        Assert.Equal(RunSubStatus.Cancelled, run.Status);
        Assert.Empty(run.Store.Tasks);
        Assert.Null(await run.Retry());
    }

    [Theory]
    [InlineData("while")]
    [InlineData("self")]
    [InlineData("step of nought")]
    public async Task An_endless_loop_without_a_wait_becomes_an_incident_quickly(string kind)
    {
        var watch = Stopwatch.StartNew();
        var run = await Start(kind switch
        {
            "while" => Draw.While("w", Draw.Literal(true), Draw.Line("x")),
            "self" => Draw.Flow("f", [Draw.Line("x")], "x>x"),
            _ => Draw.Activity("Elsa.For", "for", ("start", Draw.Literal(0)), ("end", Draw.Literal(1)), ("step", Draw.Literal(0)), ("body", Draw.Line("x"))),
        });
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Contains("a loop in it never ends", run.Incident.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task What_was_scheduled_beside_an_endless_loop_is_not_lost()
    {
        var run = await Start(Draw.Flow("f",
            [Draw.Fork("fork", "A", "B"), Draw.Activity("Elsa.RunJavaScript", "a", ("script", Draw.Literal("setOutcome(getN() < 1 ? 'On' : 'Out')"))), Draw.Activity("Elsa.RunJavaScript", "b", ("script", Draw.Literal("setOutcome('Out')"))), Draw.Line("end")],
            "fork:A>a", "a:On>a", "a:Out>end", "fork:B>b", "b:On>b", "b:Out>end"));
        Assert.Contains("a loop in it never ends", run.Incident.Message, StringComparison.Ordinal);
        Assert.Equal("a", run.Incident.ActivityId);
        await run.Skip("Out");
        Assert.Equal(["end"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task A_For_without_a_body_completes() =>
        Assert.Equal("for+ for-", (await Start(Draw.Activity("Elsa.For", "for", ("end", Draw.Literal(5))))).Trace);

    [Theory]
    [InlineData("Liquid", "{% if %}")]
    [InlineData("JavaScript", "((")]
    [InlineData("Scriban", "{{ if }}")]
    public async Task An_expression_that_cannot_be_parsed_is_an_incident_that_names_the_input(string type, string text) =>
        Assert.Contains("input 'Text'", (await Start(Draw.Activity("Elsa.WriteLine", "x", ("text", Draw.Input(type, text))))).Incident.Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_Csharp_expression_says_that_it_is_not_run() =>
        Assert.Contains("not run here", (await Start(Draw.Activity("Elsa.WriteLine", "x", ("text", Draw.Input("CSharp", "1 + 1"))))).Incident.Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_unknown_activity_is_an_incident_that_names_the_type() =>
        Assert.Contains("Vendor.Thing", (await Start(Draw.Activity("Vendor.Thing", "x"))).Incident.Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_Complete_deep_in_what_is_left_of_a_flowchart_leaves_nothing_stuck()
    {
        // End completes the flowchart while the parallel is still scheduled; the Complete in it then finds no root.
        var run = await Start(Draw.Flow("f", [Draw.Fork("fork", "A", "B"), Draw.Activity("Elsa.End", "end"), Draw.Parallel("p", Draw.While("w", Draw.Literal(true), Draw.Activity("Elsa.Complete", "c")), Draw.Line("l"))], "fork:A>end", "fork:B>p"));
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Empty(run.State.Executions);
    }
}
