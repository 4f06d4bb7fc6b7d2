using Playbook.Engine.Runs;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests.Activities;

/// <summary>Token mode, merge mode by merge mode.</summary>
public sealed class TokenFlowTests
{
    /// <summary>A fork whose branches a and b (each with a wait before it where told) meet at "target".</summary>
    private static Task<TestRun> Diamond(string mode, bool aWaits = false, bool bWaits = false, System.Text.Json.Nodes.JsonObject? target = null) => new TestRun(new DefinitionBuilder(Draw.Flow("f",
        [Draw.Fork("fork", "A", "B"), aWaits ? Draw.Event("a") : Draw.Line("a"), bWaits ? Draw.Event("b") : Draw.Line("b"), (target ?? Draw.Line("target")).MergeMode(mode), Draw.Line("end")],
        "fork:A>a", "fork:B>b", "a>target", "b>target", "target>end")).TokenFlow()).Start();

    [Theory]
    [InlineData("Stream")]
    [InlineData("Merge")]
    [InlineData("Converge")]
    [InlineData("merge")]
    [InlineData("Made up")]
    public async Task Stream_Merge_and_Converge_run_a_join_once_after_both_branches(string mode)
    {
        var run = await Diamond(mode);
        Assert.Equal("f+ fork+ fork- a+ a- b+ b- target+ target- end+ end- f-", run.Trace);
    }

    [Theory]
    [InlineData("Stream")]
    [InlineData("Merge")]
    [InlineData("Converge")]
    public async Task Stream_Merge_and_Converge_wait_for_a_branch_that_waits(string mode)
    {
        var run = await Diamond(mode, bWaits: true);
        Assert.DoesNotContain("target", run.Lines);
        await run.Raise("b");
        Assert.Equal(["a", "target", "end"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task Cascade_runs_the_target_for_the_first_token_and_takes_up_the_blocked_one()
    {
        var run = await Diamond("Cascade");
        Assert.Equal("f+ fork+ fork- a+ a- b+ b- target+ target- end+ end- f-", run.Trace);
    }

    [Fact]
    public async Task Race_runs_the_target_with_the_first_branch_and_cancels_the_other()
    {
        var run = await Diamond("Race", bWaits: true);
        Assert.Equal("f+ fork+ fork- a+ a- b+ b~ target+ target- end+ end- f-", (await Diamond("Race")).Trace.Replace("b-", "b~", StringComparison.Ordinal));
        Assert.Equal(RunSubStatus.Suspended, run.Status);
        await run.Raise("b");
        Assert.Equal(["a", "target", "end"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task Race_between_two_waits_cancels_the_one_that_loses()
    {
        var run = await Diamond("Race", aWaits: true, bWaits: true);
        await run.Raise("b");
        Assert.Equal("f+ fork+ fork- a+ a~ b+ b~ b^ b- ax target+ target- end+ end- f-", run.Trace);
        Assert.Empty(run.State.Bookmarks);
        Assert.Equal(0, await run.Raise("a"));
    }

    [Fact]
    public async Task A_join_with_WaitAny_races()
    {
        var run = await Diamond("Stream", aWaits: true, bWaits: true, target: Draw.Join("target", "WaitAny"));
        await run.Raise("a");
        Assert.Equal("f+ fork+ fork- a+ a~ b+ b~ a^ a- bx target+ target- end+ end- f-", run.Trace);
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public async Task Any_other_join_merges(string mode)
    {
        var run = await Diamond("Race", aWaits: true, bWaits: true, target: Draw.Join("target", mode));
        await run.Raise("a");
        Assert.Empty(run.Lines);
        await run.Raise("b");
        Assert.Equal(["end"], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task Stream_does_without_a_path_that_is_not_taken()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Flow("f", [Draw.Decision("d", "true"), Draw.Line("a"), Draw.Line("b"), Draw.Line("target")],
            "d:True>a", "d:False>b", "a>target", "b>target")).TokenFlow()).Start();
        Assert.Equal("f+ d+ d- a+ a- target+ target- f-", run.Trace);
    }

    [Theory]
    [InlineData("Merge")]
    [InlineData("Converge")]
    public async Task A_merge_that_waits_for_a_path_not_taken_is_an_incident_and_can_be_skipped(string mode)
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Flow("f", [Draw.Decision("d", "true"), Draw.Line("a"), Draw.Line("b"), Draw.Line("target").MergeMode(mode)],
            "d:True>a", "d:False>b", "a>target", "b>target")).TokenFlow()).Start();
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Equal("f", run.Incident.ActivityId);
        await run.Skip();
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task Converge_counts_backward_connections_and_Merge_does_not()
    {
        TestRun Loop(string mode) => new(new DefinitionBuilder(Draw.Flow("f", [Draw.Line("start"), Draw.Line("target").MergeMode(mode), Draw.Step("step", "task"), Draw.Line("end")],
            "start>target", "target>step", "step:Again>target", "step:Done>end")).TokenFlow());
        var merge = await Loop("Merge").Start();
        await merge.Complete("step", "Again");
        await merge.Complete("step");
        Assert.Equal(["start", "target", "target", "end"], merge.Lines);
        var converge = await Loop("Converge").Start();
        Assert.Equal(RunSubStatus.Faulted, converge.Status);
        Assert.Equal(["start"], converge.Lines);
    }

    [Fact]
    public async Task A_terminal_activity_ends_the_flowchart_and_its_waits()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Flow("f", [Draw.Fork("fork", "A", "B"), Draw.Event("a"), Draw.Activity("Elsa.End", "end")], "fork:A>a", "fork:B>end")).TokenFlow()).Start();
        Assert.Equal("f+ fork+ fork- a+ a~ end+ end- ax f-", run.Trace);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }
}
