using Playbook.Engine.Runs;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests.Activities;

/// <summary>Workflows that start others, and workflows used as activities.</summary>
public sealed class ChildWorkflowTests
{
    private static System.Text.Json.Nodes.JsonObject Starts(string type, string id, bool wait) =>
        Draw.Activity(type, id, ("workflowDefinitionId", Draw.Literal("child")), ("input", Draw.Js("({ lead: 7 })")), ("correlationId", Draw.Literal("c-9")), ("waitForCompletion", Draw.Literal(wait)), ("result", Draw.Into("r")));

    private static DefinitionBuilder Parent(string type, bool wait, string after = "JSON.stringify(getR())") =>
        new DefinitionBuilder(Draw.Sequence("s", Starts(type, "run", wait), Draw.LineJs("after", after))).Variable("r");

    private static DefinitionBuilder Child(params System.Text.Json.Nodes.JsonObject[] activities) => new DefinitionBuilder(Draw.Sequence("c", activities), "child").Input("lead").Output("answer");

    private static System.Text.Json.Nodes.JsonObject Output(string script) => Draw.Activity("Elsa.SetOutput", "out", ("outputName", Draw.Literal("answer")), ("outputValue", Draw.Js(script)));

    [Fact]
    public async Task DispatchWorkflow_starts_a_child_and_does_not_wait()
    {
        var run = await new TestRun(Parent("Elsa.DispatchWorkflow", wait: false, "'on'"), Child(Draw.LineJs("lead", "getInput('lead')"))).Start();
        Assert.Equal(RunSubStatus.Finished, run.Status);
        await run.Work();
        var child = run.Store.Runs.Single(r => r.DefinitionId == "child");
        Assert.Equal("c-9", child.CorrelationId);
        Assert.Equal(run.Id, child.ParentRunId);
        Assert.Equal("7", run.EventsOf(child.Id).Single(e => e.Kind == RunEventKind.LineWritten).Text);
    }

    [Fact]
    public async Task DispatchWorkflow_that_waits_gets_the_output()
    {
        var run = await new TestRun(Parent("Elsa.DispatchWorkflow", wait: true, "getR().answer"), Child(Output("getInput('lead') * 6"))).Start();
        await run.Work();
        Assert.Equal(["42"], run.Lines);
    }

    [Theory]
    [InlineData("Elsa.ExecuteWorkflow")]
    [InlineData("Elsa.DispatchWorkflow")]
    public async Task Waiting_for_a_workflow_that_is_not_published_is_an_incident_that_names_it(string type)
    {
        var run = await new TestRun(Parent(type, wait: true)).Start();
        await run.Work();
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Contains("'child'", Assert.Single(run.State.Incidents).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteWorkflow_waits_for_a_child_that_waits()
    {
        var run = await new TestRun(Parent("Elsa.ExecuteWorkflow", wait: true, "getR().SubStatus + ' ' + getR().Output.answer"), Child(Draw.Event("go"), Output("1"))).Start();
        await run.Work();
        Assert.Equal(RunSubStatus.Suspended, run.Status);
        await run.Raise("go");
        Assert.Equal(["Finished 1"], run.Lines);
    }

    [Fact]
    public async Task ExecuteWorkflow_hears_of_a_child_that_faults()
    {
        var run = await new TestRun(Parent("Elsa.ExecuteWorkflow", wait: true, "getR().SubStatus"), Child(Draw.Step("bad", "fail"))).Start();
        await run.Work();
        Assert.Equal(["Faulted"], run.Lines);
    }

    [Fact]
    public async Task ExecuteWorkflow_hears_of_a_child_that_is_cancelled()
    {
        var run = await new TestRun(Parent("Elsa.ExecuteWorkflow", wait: true, "getR().SubStatus"), Child(Draw.Event("go"))).Start();
        await run.Work();
        var child = run.Store.Runs.Single(r => r.DefinitionId == "child").Id;
        await run.Host.Take(child, new Abstractions.Stimulus.Cancelled(null, null));
        Assert.Equal(["Cancelled"], run.Lines);
    }

    [Fact]
    public async Task A_parent_that_was_cancelled_does_not_keep_its_child_from_ending()
    {
        var run = await new TestRun(Parent("Elsa.ExecuteWorkflow", wait: true), Child(Draw.Event("go"))).Start();
        await run.Work();
        await run.Cancel();
        Assert.Equal(1, await run.Raise("go"));
        Assert.Equal(RunSubStatus.Finished, run.Store.Runs.Single(r => r.DefinitionId == "child").SubStatus);
        Assert.Equal(RunSubStatus.Cancelled, run.Status);
    }

    private static DefinitionBuilder Bulk(string items, bool wait = true) => new(Draw.Flow("f",
        [Draw.Activity("Elsa.BulkDispatchWorkflows", "bulk", ("workflowDefinitionId", Draw.Literal("child")), ("items", Draw.Js(items)), ("waitForCompletion", Draw.Literal(wait)), ("childCompleted", Draw.Line("good")), ("childFaulted", Draw.Line("bad"))), Draw.Line("completed"), Draw.Line("done")],
        "bulk:Completed>completed", "bulk:Done>done"));

    [Fact]
    public async Task BulkDispatch_runs_its_ports_once_for_each_child_and_then_goes_on()
    {
        var child = Child(Draw.Activity("Elsa.If", "if", ("condition", Draw.Js("getInput('Item') == 2")), ("then", Draw.Step("fails", "fail"))));
        var run = await new TestRun(Bulk("[1, 2, 3]"), child).Start();
        Assert.Equal(3, run.State.Bookmarks.Count);
        await run.Work();
        Assert.Equal(["bad", "completed", "done", "good", "good"], run.Lines.Order());
        Assert.Equal(RunSubStatus.Finished, run.Status);
        Assert.Equal(4, run.Store.Runs.Count);
    }

    [Theory]
    [InlineData("[]", true)]
    [InlineData("[1, 2]", false)]
    public async Task BulkDispatch_with_nothing_to_wait_for_goes_on_at_once(string items, bool wait)
    {
        var run = await new TestRun(Bulk(items, wait), Child()).Start();
        Assert.Equal(["done"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task A_workflow_used_as_an_activity_has_its_own_inputs_variables_and_outputs()
    {
        var inner = new DefinitionBuilder(Draw.Sequence("i", Draw.Set("set", "n", Draw.Js("getN() + getInput('lead')")), Draw.LineJs("line", "getN()"), Draw.Event("go"), Output("getN() * 2")), "Inner").Input("lead", "Int32").Output("answer").Variable("n", "Int32", "100");
        var outer = new DefinitionBuilder(Draw.Sequence("o", Draw.Activity("Inner", "use", ("lead", Draw.Literal(5)), ("answer", Draw.Into("r"))), Draw.LineJs("after", "getR() + ' ' + getN()"))).Variable("n", "Int32", "1").Variable("r");
        var run = await new TestRun(outer, inner).Start();
        Assert.Equal(["105"], run.Lines);
        await run.Raise("go");
        Assert.Equal(["105", "210 1"], run.Lines);
    }

    [Theory]
    [InlineData("One", "one")]
    [InlineData("Two", "two")]
    public async Task A_Complete_inside_leaves_through_its_outcome_from_wherever_it_stands(string outcome, string line)
    {
        var complete = Draw.Activity("Elsa.Complete", "c", ("outcomes", Draw.Js($"['{outcome}']")));
        var inner = new DefinitionBuilder(Draw.Flow("i", [Draw.Activity("Elsa.ForEach", "each", ("items", Draw.Js("[1, 2]")), ("body", Draw.Sequence("s", complete))), Draw.Line("never")], "each>never"), "Inner").Outcomes("One", "Two");
        var run = await new TestRun(new DefinitionBuilder(Draw.Flow("o", [Draw.Activity("Inner", "use"), Draw.Line("one"), Draw.Line("two")], "use:One>one", "use:Two>two")), inner).Start();
        Assert.Equal([line], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task A_Complete_straight_inside_a_sequence_leaves_through_its_outcome()
    {
        var inner = new DefinitionBuilder(Draw.Sequence("i", Draw.Activity("Elsa.Complete", "c", ("outcomes", Draw.Literal("Two"))), Draw.Line("never")), "Inner").Outcomes("One", "Two");
        var run = await new TestRun(new DefinitionBuilder(Draw.Flow("o", [Draw.Activity("Inner", "use"), Draw.Line("one"), Draw.Line("two")], "use:One>one", "use:Two>two")), inner).Start();
        Assert.Equal(["two"], run.Lines);
    }

    [Fact]
    public async Task Workflows_used_as_activities_nest_and_each_use_is_its_own()
    {
        var innermost = new DefinitionBuilder(Draw.Sequence("x", Draw.Set("set", "n", Draw.Js("getN() + 1")), Draw.LineJs("line", "getInput('who') + getN()")), "Innermost").Input("who").Variable("n", "Int32", "0");
        var inner = new DefinitionBuilder(Draw.Sequence("i", Draw.Activity("Innermost", "a", ("who", Draw.Js("getInput('who') + '/'"))), Draw.Activity("Innermost", "b", ("who", Draw.Literal("b")))), "Inner").Input("who");
        var run = await new TestRun(new DefinitionBuilder(Draw.Activity("Inner", "use", ("who", Draw.Literal("me")))), inner, innermost).Start();
        Assert.Equal(["me/1", "b1"], run.Lines);
    }

    [Fact]
    public async Task A_workflow_that_uses_itself_is_refused_where_it_would_go_round()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Sequence("s", Draw.Line("once"), Draw.Activity("Self", "again")), "Self")).Start("Self");
        Assert.Equal(["once"], run.Lines);
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Equal("again", run.Incident.ActivityId);
    }

    [Fact]
    public async Task Every_draw_of_a_random_value_differs_and_a_script_cannot_change_what_the_state_before_held()
    {
        var root = Draw.Sequence("s", Draw.Activity("Elsa.ForEach", "each", ("items", Draw.Js("[1, 2, 3]")), ("body", Draw.LineJs("id", "newGuid()"))),
            Draw.Event("e"), Draw.LineJs("push", "getInput('list').push(4); getList().push(5); getInput('list').length"), Draw.Event("f"));
        var run = await new TestRun(new DefinitionBuilder(root).Input("list").Variable("list", "Object", "[1]")).Start(input: new() { ["list"] = new List<object?> { 1, 2, 3 } });
        Assert.Equal(3, run.Lines.Distinct().Count());
        var before = run.State;
        var bytes = TestRun.Bytes(before);
        await run.Raise("e");
        Assert.Equal(bytes, TestRun.Bytes(before));
    }
}
