using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Engine.Tests.Definitions;

namespace Playbook.Engine.Tests.Activities;

/// <summary>Times, events and work handed out.</summary>
public sealed class WaitingTests
{
    private static TestRun Only(System.Text.Json.Nodes.JsonObject activity) => new(new DefinitionBuilder(Draw.Sequence("s", activity, Draw.Line("after"))).Variable("result"));

    [Fact]
    public async Task StartAt_in_the_past_goes_on_at_once() =>
        Assert.Equal("s+ x+ x- after+ after- s-", (await Only(Draw.Activity("Elsa.StartAt", "x", ("dateTime", Draw.Literal("2026-03-02T11:59:59Z")))).Start()).Trace);

    [Fact]
    public async Task StartAt_in_the_future_waits_until_then()
    {
        var run = await Only(Draw.Activity("Elsa.StartAt", "x", ("dateTime", Draw.Literal("2026-03-02T14:00:00+01:00")))).Start();
        Assert.Equal(TestRun.Noon.AddHours(1), run.State.NextDueAt);
        await run.Wait(TimeSpan.FromHours(1));
        Assert.Equal("s+ x+ x~ x^ x- after+ after- s-", run.Trace);
    }

    [Fact]
    public async Task Timer_waits_for_its_interval()
    {
        var run = await Only(Draw.Activity("Elsa.Timer", "x", ("interval", Draw.Literal("00:05:00")))).Start();
        Assert.Equal(TestRun.Noon.AddMinutes(5), run.State.NextDueAt);
    }

    [Theory]
    [InlineData("0 9 * * 1-5", "2026-03-03T09:00:00Z")]
    [InlineData("*/15 * * * *", "2026-03-02T12:15:00Z")]
    [InlineData("30 0 12 * * *", "2026-03-02T12:00:30Z")]
    public async Task Cron_waits_for_the_next_time(string cron, string next)
    {
        var run = await Only(Draw.Activity("Elsa.Cron", "x", ("cronExpression", Draw.Literal(cron)))).Start();
        Assert.Equal(DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), run.State.NextDueAt);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("every day", "no")]
    [InlineData("0 0 30 2 *", "never")]
    public async Task A_bad_Cron_expression_is_an_incident_that_says_why(string cron, string says)
    {
        var run = await Only(Draw.Activity("Elsa.Cron", "x", ("cronExpression", Draw.Literal(cron)))).Start();
        Assert.Equal(RunSubStatus.Faulted, run.Status);
        Assert.Contains("CRON expression", run.Incident.Message, StringComparison.Ordinal);
        Assert.Contains(says, run.Incident.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Elsa.Event", "eventName", "news")]
    [InlineData("Elsa.Timer", "interval", "01:00:00")]
    [InlineData("Elsa.Cron", "cronExpression", "0 9 * * *")]
    [InlineData("Elsa.StartAt", "dateTime", "2030-01-01")]
    public async Task The_trigger_of_a_run_does_not_wait_but_does_when_the_flow_comes_back_to_it(string type, string input, string value)
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Flow("f", [Draw.Activity(type, "t", (input, Draw.Literal(value))).CanStart(), Draw.Line("line")], "t>line", "line>t"))).Start(trigger: "t");
        Assert.Equal("f+ t+ t- line+ line- t+ t~", run.Trace);
    }

    [Fact]
    public async Task A_trigger_in_the_middle_starts_the_flowchart_there()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Flow("f", [Draw.Line("start"), Draw.Event("t"), Draw.Line("end")], "start>t", "t>end"))).Start(trigger: "t");
        Assert.Equal("f+ t+ t- end+ end- f-", run.Trace);
    }

    [Fact]
    public async Task An_event_gives_its_payload_as_result()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Sequence("s", Draw.Event("e").With("result", Draw.Into("r")), Draw.LineJs("l", "getR().who"))).Variable("r")).Start();
        await run.Raise("e", new Dictionary<string, object?> { ["who"] = "Ann" });
        Assert.Equal(["Ann"], run.Lines);
    }

    [Fact]
    public async Task PublishEvent_wakes_other_runs()
    {
        var run = new TestRun(new DefinitionBuilder(Draw.Event("e", "news"), "other"), new DefinitionBuilder(Draw.Activity("Elsa.PublishEvent", "p", ("eventName", Draw.Literal("news")))));
        var other = (await run.Start("other")).Id;
        await (await run.Start()).Work();
        Assert.Equal(RunSubStatus.Finished, run.Of(other).SubStatus);
    }

    [Fact]
    public async Task PublishEvent_for_this_run_only_wakes_no_other()
    {
        var publish = Draw.Activity("Elsa.PublishEvent", "p", ("eventName", Draw.Literal("news")), ("isLocalEvent", Draw.Literal(true)));
        var run = new TestRun(new DefinitionBuilder(Draw.Event("e", "news"), "other"), new DefinitionBuilder(Draw.Parallel("par", Draw.Event("own", "news"), publish)));
        var other = (await run.Start("other")).Id;
        await (await run.Start()).Work();
        Assert.Equal(RunSubStatus.Suspended, run.Of(other).SubStatus);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Fact]
    public async Task PublishEvent_with_a_correlation_wakes_only_runs_that_have_it()
    {
        var run = new TestRun(
            new DefinitionBuilder(Draw.Event("e", "news"), "other"),
            new DefinitionBuilder(Draw.Activity("Elsa.PublishEvent", "p", ("eventName", Draw.Literal("news")), ("correlationId", Draw.Literal("blue")))));
        var red = (await run.Start("other", correlation: "red")).Id;
        var blue = (await run.Start("other", correlation: "blue")).Id;
        await (await run.Start()).Work();
        Assert.Equal((RunSubStatus.Suspended, RunSubStatus.Finished), (run.Of(red).SubStatus, run.Of(blue).SubStatus));
    }

    [Fact]
    public async Task RunTask_hands_work_out_and_takes_the_answer()
    {
        var run = await new TestRun(new DefinitionBuilder(Draw.Sequence("s",
            Draw.Activity("Elsa.RunTask", "t", ("taskName", Draw.Literal("score")), ("payload", Draw.Js("({ lead: 7 })")), ("taskId", Draw.Into("id")), ("result", Draw.Into("r"))),
            Draw.LineJs("l", "getR() + 1"))).Variable("r").Variable("id", "String")).Start();
        await run.Work();
        var work = Assert.IsType<Effect.RequestWork>(Assert.Single(run.Outside).Effect);
        Assert.Equal("score", work.TaskName);
        Assert.Equal(run.Outside[0].BookmarkId, run.State.Variables[1]);
        await run.Answer("t", 41);
        Assert.Equal(["42"], run.Lines);
    }

    [Fact]
    public async Task SendHttpRequest_is_an_effect_and_its_answer_chooses_the_branch()
    {
        var http = Draw.Activity("Elsa.SendHttpRequest", "h", ("url", Draw.Literal("https://example.org/x")), ("method", Draw.Literal("POST")), ("content", Draw.Literal("hi")), ("statusCode", Draw.Into("code")),
            ("expectedStatusCodes", new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["statusCode"] = 404, ["activity"] = Draw.Line("missing") })),
            ("unmatchedStatusCode", Draw.Line("unmatched")), ("timeout", Draw.Line("late")));
        async Task<TestRun> Answered(params (string, object?)[] answer)
        {
            var run = await new TestRun(new DefinitionBuilder((System.Text.Json.Nodes.JsonObject)http.DeepClone()).Variable("code", "Int32")).Start();
            await run.Work();
            var call = Assert.IsType<Effect.CallHttp>(Assert.Single(run.Outside).Effect);
            Assert.Equal(("POST", "https://example.org/x", "hi"), (call.Method, call.Url, call.Body));
            await run.Answer("h", answer.ToDictionary(a => a.Item1, a => a.Item2));
            return run;
        }

        var missing = await Answered(("status", 404));
        Assert.Equal(["missing"], missing.Lines);
        Assert.Equal(404, missing.State.Variables[0]);
        Assert.Equal(["unmatched"], (await Answered(("status", 200))).Lines);
        Assert.Equal(["late"], (await Answered(("error", "timeout"))).Lines);
        Assert.Contains("refused", (await Answered(("error", "connect"), ("reason", "refused"))).Incident.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status", 200, "good")]
    [InlineData("status", 500, "unmatched")]
    [InlineData("error", "timeout", "late")]
    [InlineData("error", "connect", "unreachable")]
    public async Task FlowSendHttpRequest_leaves_through_the_port_of_its_answer(string name, object value, string line)
    {
        var http = Draw.Activity("Elsa.FlowSendHttpRequest", "h", ("url", Draw.Literal("https://example.org/")), ("expectedStatusCodes", Draw.Input("Object", "[200]")));
        var run = await new TestRun(new DefinitionBuilder(Draw.Flow("f", [http, Draw.Line("good"), Draw.Line("unmatched"), Draw.Line("late"), Draw.Line("unreachable")],
            "h:200>good", "h:Unmatched status code>unmatched", "h:Timeout>late", "h:Failed to connect>unreachable"))).Start();
        await run.Answer("h", new Dictionary<string, object?> { [name] = value });
        Assert.Equal([line], run.Lines);
        Assert.Equal(RunSubStatus.Finished, run.Status);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("nonsense")]
    public async Task A_request_to_what_is_no_web_address_is_an_incident_and_nothing_goes_out(string url)
    {
        var run = await Only(Draw.Activity("Elsa.SendHttpRequest", "h", ("url", Draw.Literal(url)))).Start();
        await run.Work();
        Assert.Contains(url, run.Incident.Message, StringComparison.Ordinal);
        Assert.Empty(run.Outside);
        Assert.Empty(run.State.Bookmarks);
    }
}
