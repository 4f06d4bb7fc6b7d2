using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests.Runs;

/// <summary>A person moves a run to another step: what was under way is given up, and the flow goes on from there.</summary>
public sealed class MoveTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task What_the_old_step_waited_for_is_gone_and_the_new_one_begins()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("call", "escalate"), Draw.Step("meet", "task"), Draw.Line("after")], "call>meet", "meet>after"));
        var old = run.Bookmark("call", BookmarkKind.Task).Id;

        Assert.NotNull(await Move(run, "meet"));

        var wait = Assert.Single(run.State.Bookmarks);
        Assert.Equal(("meet", BookmarkKind.Task), (wait.ActivityId, wait.Kind));
        Assert.Equal("f+ call+ call~ callx meet+ meet~", run.Trace);
        var turn = run.Store.Transitions[^1];
        Assert.Equal((old, null), (Assert.Single(turn.TasksClosed).TaskId, Assert.Single(turn.TasksClosed).Outcome));
        await run.Complete("meet");
        Assert.Equal(["after"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task It_goes_back_as_well_and_the_same_way_is_walked_again()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("call", "task"), Draw.Line("between"), Draw.Step("meet", "task"), Draw.Line("after")], "call>between", "between>meet", "meet>after"));
        await run.Complete("call");

        await Move(run, "call");
        await run.Complete("call");
        await run.Complete("meet");

        Assert.Equal(["between", "between", "after"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task The_step_at_which_the_run_stands_begins_anew()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("call", "task")]));
        var old = run.Bookmark("call").Id;

        await Move(run, "call");

        Assert.NotEqual(old, run.Bookmark("call").Id);
        Assert.Single(run.State.Bookmarks);
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    [InlineData("WaitAny")]
    public async Task A_join_ahead_does_not_wait_for_a_branch_that_was_given_up(string mode)
    {
        var run = await Start(Draw.Flow("f", [Draw.Fork("fork", "A", "B"), Draw.Step("a", "task"), Draw.Step("b", "task"), Draw.Join("join", mode), Draw.Line("after")],
            "fork:A>a", "fork:B>b", "a>join", "b>join", "join>after"));

        await Move(run, "b");
        Assert.Single(run.State.Bookmarks);
        await run.Complete("b");

        Assert.Equal(["after"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task A_join_ahead_in_token_mode_does_not_wait_for_a_branch_that_was_given_up_either()
    {
        var run = await Start(Draw.Flow("f", [Draw.Fork("fork", "A", "B"), Draw.Step("a", "task"), Draw.Step("b", "task"), Draw.Join("join", "WaitAll"), Draw.Line("after")],
            "fork:A>a", "fork:B>b", "a>join", "b>join", "join>after"), definition => definition.TokenFlow());

        await Move(run, "b");
        await run.Complete("b");

        Assert.Equal(["after"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task A_path_that_was_not_taken_is_not_taken_because_of_the_move()
    {
        // 'shared' is where both the first step and the second one may lead.
        var run = await Start(Draw.Flow("f", [Draw.Step("first", "task"), Draw.Step("second", "task"), Draw.Line("shared"), Draw.Line("other")],
            "first:Again>shared", "first>second", "second:Again>shared", "second>other"));

        await Move(run, "second");
        await run.Complete("second");

        Assert.Equal(["other"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task A_loop_behind_the_new_step_leads_back_as_drawn()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("first", "task"), Draw.Step("call", "task"), Draw.Step("check", "task"), Draw.Line("after")],
            "first>call", "call>check", "check:Again>call", "check>after"));

        await Move(run, "check");
        await run.Complete("check", "Again");
        await run.Complete("call");
        await run.Complete("check");

        Assert.Equal(["after"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task Variables_keep_their_values_in_the_run_and_in_the_containers_around_the_step()
    {
        var inner = Draw.Flow("inner", [Draw.Set("count", "local", Draw.Js("getLocal() + 1")), Draw.Step("call", "task"), Draw.LineJs("say", "getLocal() + ' and ' + getN()")], "count>call", "call>say");
        inner["variables"] = new JsonArray(new JsonObject { ["id"] = "local", ["name"] = "local", ["typeName"] = "Int32", ["value"] = "40" });
        var run = await Start(Draw.Flow("f", [Draw.Set("set", "n", Draw.Js("7")), inner, Draw.Step("end", "task")], "set>inner", "inner>end"), definition => definition.Variable("n", "Int32", "0"));

        await Move(run, "count");
        await Move(run, "call");
        await run.Complete("call");

        Assert.Equal(["42 and 7"], run.Lines);
        Assert.Equal("end", run.State.Bookmarks.Single().ActivityId);
    }

    [Fact]
    public async Task A_message_of_the_step_that_is_left_does_not_go_out()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("mail", "message"), Draw.Step("call", "task")], "mail>call"));
        var message = Assert.Single(await run.Store.ClaimOutbox(run.Clock.GetUtcNow(), 10, Lease));

        await Move(run, "call");

        Assert.Null(await run.Host.Take(run.Id, new Stimulus.Delivered("m-1") { BookmarkId = message.BookmarkId }));
        Assert.Equal("call", run.State.Bookmarks.Single().ActivityId);
    }

    [Fact]
    public async Task A_message_that_nobody_waits_for_is_taken_back_with_the_same_commit_where_the_person_said_so()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("post", "post"), Draw.Step("call", "task"), Draw.Step("meet", "task")], "post>call", "call>meet"));
        var message = run.Store.Transitions[^1].Outbox.Single().Id;

        await run.Host.Take(run.Id, new Stimulus.Moved("meet", "Later", "Bo") { Withdrawn = [message] });

        Assert.Equal([message], run.Store.Transitions[^1].OutboxWithdrawn);
        Assert.Empty(await run.Store.ClaimOutbox(run.Clock.GetUtcNow(), 10, Lease));
    }

    [Fact]
    public async Task A_run_that_stands_at_an_incident_leaves_it_behind()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("broken", "fail"), Draw.Step("call", "task")], "broken>call"));
        Assert.Equal(RunSubStatus.Faulted, run.Status);

        await Move(run, "call");

        Assert.Equal(RunSubStatus.Suspended, run.Status);
        Assert.All(run.State.Incidents, incident => Assert.True(incident.Resolved));
        Assert.Null(await run.Host.Take(run.Id, new Stimulus.Repaired("i1", true, null)));
    }

    [Fact]
    public async Task What_could_not_be_sent_is_given_up_with_its_step()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("mail", "message"), Draw.Step("call", "task")], "mail>call"));
        var message = Assert.Single(await run.Store.ClaimOutbox(run.Clock.GetUtcNow(), 10, Lease));
        await run.Host.Take(run.Id, new Stimulus.GivenUp(message.Id, "mail", "The mailbox refused.") { BookmarkId = message.BookmarkId });

        await Move(run, "call");

        Assert.Equal([message.Id], run.Store.Transitions[^1].OutboxWithdrawn);
        Assert.All(run.State.Incidents, incident => Assert.True(incident.Resolved));
    }

    [Fact]
    public async Task From_inside_a_part_it_can_be_moved_out_and_what_is_beside_a_part_keeps_it_from_being_moved_within()
    {
        var inner = Draw.Flow("inner", [Draw.Step("one", "task"), Draw.Step("two", "task")], "one>two");
        var alone = await Start(Draw.Flow("f", [inner, Draw.Step("end", "task")], "inner>end"));
        Assert.Equal(["inner", "one", "two", "end"], Places(alone));
        await Move(alone, "end");
        Assert.Equal("f", alone.State.Executions.Single(e => e.Parent is null) is { } root ? alone["main"].Nodes[root.Node].Id : "");
        Assert.Equal("end", alone.State.Bookmarks.Single().ActivityId);
        Assert.Equal(["inner", "end"], Places(alone));

        var beside = await Start(Draw.Flow("f", [Draw.Fork("fork", "A", "B"), (JsonObject)inner.DeepClone(), Draw.Step("other", "task")], "fork:A>inner", "fork:B>other"));
        Assert.Equal(["fork", "inner", "other"], Places(beside));
        Assert.Contains("beside which something else is under way", Refusal(beside, "two"), StringComparison.Ordinal);
        Assert.Null(await Move(beside, "two"));
        Assert.Equal(2, beside.State.Bookmarks.Count);
    }

    [Fact]
    public async Task What_cannot_be_begun_is_not_offered_and_refused_with_the_reason()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("call", "task"), Draw.Join("join", "WaitAny"), Draw.Sequence("part", Draw.Step("deep", "task")), Draw.Step("alone", "task")], "call>join", "join>part"));

        Assert.Equal(["call", "part"], Places(run));
        Assert.Contains("only gathers branches", Refusal(run, "join"), StringComparison.Ordinal);
        Assert.Contains("inside a part", Refusal(run, "deep"), StringComparison.Ordinal);
        Assert.Contains("Nothing leads to 'alone'", Refusal(run, "alone"), StringComparison.Ordinal);
        Assert.Contains("has no step 'nowhere'", Refusal(run, "nowhere"), StringComparison.Ordinal);
        foreach (var step in (string[])["join", "deep", "alone", "nowhere"])
            Assert.Null(await Move(run, step));
    }

    [Fact]
    public async Task A_run_that_is_paused_or_over_is_not_moved()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("call", "task"), Draw.Step("meet", "task")], "call>meet"));
        await run.Host.Take(run.Id, new Stimulus.Paused(null, null));
        Assert.Contains("Resume it first", Refusal(run, "meet"), StringComparison.Ordinal);
        Assert.Null(await Move(run, "meet"));
        await run.Host.Take(run.Id, new Stimulus.Resumed(null, null));
        await run.Cancel();
        Assert.Contains("is over", Refusal(run, "meet"), StringComparison.Ordinal);
        Assert.Null(await Move(run, "meet"));
    }

    [Fact]
    public async Task Whoever_has_looked_at_an_older_state_moves_nothing()
    {
        var run = await Start(Draw.Flow("f", [Draw.Step("call", "task"), Draw.Step("meet", "task"), Draw.Step("end", "task")], "call>meet", "meet>end"));
        var seen = run.State.Revision;
        await run.Complete("call");

        Assert.Null(await run.Host.Take(run.Id, new Stimulus.Moved("end", "Quick", "Bo") { Revision = seen }));
        Assert.NotNull(await run.Host.Take(run.Id, new Stimulus.Moved("end", "Quick", "Bo") { Revision = seen + 1 }));
    }

    [Fact]
    public async Task An_answer_that_came_for_the_old_step_while_it_stood_still_is_not_given_to_the_new_one()
    {
        var run = await Start(Draw.Flow("f", [Draw.Fork("fork", "A", "B"), Draw.Step("wait", "patient"), Draw.Step("broken", "fail"), Draw.Step("again", "patient")], "fork:A>wait", "fork:B>broken", "wait>again"), subject: true);
        Assert.Single(await run.Host.Hear("c-1", new Stimulus.Replied("Yes", "email") { EventId = "email:1" }));

        await Move(run, "again");

        Assert.Equal("again", run.State.Bookmarks.Single().ActivityId);
        Assert.Null(run.State.Deferred);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_in_the_move_leaves_it_done_whole_or_not_at_all(bool afterwards)
    {
        var run = await new TestRun(store => new CrashingStore(store, 2, afterwards), new DefinitionBuilder(Draw.Flow("f", [Draw.Step("call", "task"), Draw.Step("meet", "task")], "call>meet"))).Start();
        var seen = run.State.Revision;

        await Assert.ThrowsAsync<ProcessDiedException>(async () => await Move(run, "meet"));
        run.HostOver(run.Store);

        Assert.Equal(afterwards ? "meet" : "call", Assert.Single(run.State.Bookmarks).ActivityId);
        Assert.Equal(run.State.Bookmarks[0].Id, Assert.Single(run.Store.Tasks).TaskId);
        // Whoever got no answer asks again, and it is done once.
        Assert.Equal(afterwards, await run.Host.Take(run.Id, new Stimulus.Moved("meet", "Later", "Bo") { Revision = seen }) is null);
        Assert.Equal("meet", Assert.Single(run.State.Bookmarks).ActivityId);
    }

    private static string[] Places(TestRun run) => [.. RunMoves.Places(run["main"], run.State).Select(node => node.Id)];

    private static string Refusal(TestRun run, string step) => RunMoves.Refusal(run["main"], run.State, step) ?? "";

    private static ValueTask<RunState?> Move(TestRun run, string step) => run.Host.Take(run.Id, new Stimulus.Moved(step, "They want to talk", "Bo"));

    private static Task<TestRun> Start(JsonObject root, Action<DefinitionBuilder>? with = null, bool subject = false)
    {
        var definition = new DefinitionBuilder(root);
        with?.Invoke(definition);
        return new TestRun(definition).Start(subject: subject ? new Subject("contact", "c-1", new Dictionary<string, object?>()) : null);
    }
}
