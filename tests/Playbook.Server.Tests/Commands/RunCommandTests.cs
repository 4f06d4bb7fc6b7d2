using System.Text.Json.Nodes;
using static Playbook.Server.Tests.Commands.Documents;

namespace Playbook.Server.Tests.Commands;

public sealed class RunCommandTests : IDisposable
{
    private readonly BuiltProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Written_text_goes_to_standard_output_and_a_finished_run_ends_with_0()
    {
        var file = _program.File("hello.json", Sequence("hello", WriteLine("w1", "Hello"), WriteLine("w2", "æøå")));

        var answer = await _program.Run("run", file);

        Assert.Equal((0, "Hello\næøå\n", ""), (answer.ExitCode, answer.Output, answer.Errors));
    }

    [Fact]
    public async Task A_trace_has_one_JSON_line_for_each_event_with_outcomes_on_completions_only()
    {
        var file = _program.File("hello.json", Sequence("hello", WriteLine("w1", "Hello")));

        var answer = await _program.Run("run", file, "--trace");

        Assert.Equal(
            [
                """{"seq":1,"activityId":"root","type":"Elsa.Sequence","event":"Started"}""",
                """{"seq":2,"activityId":"w1","type":"Elsa.WriteLine","event":"Started"}""",
                """{"seq":3,"activityId":"w1","type":"Elsa.WriteLine","event":"Completed","outcomes":["Done"],"text":"Hello"}""",
                """{"seq":4,"activityId":"root","type":"Elsa.Sequence","event":"Completed","outcomes":["Done"]}""",
            ],
            answer.Lines);
    }

    [Fact]
    public async Task A_run_that_waits_ends_with_3_and_says_for_what()
    {
        var file = _program.File("wait.json", Sequence("wait", Activity("ev", "Elsa.Event", ("eventName", Literal("String", "Paid")))));

        var answer = await _program.Run("run", file, "--trace");

        Assert.Equal(3, answer.ExitCode);
        Assert.Equal("Suspended", answer.JsonLines[^1]["event"]!.ToString());
        Assert.Contains("ev waits", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_ends_with_4_and_its_message_stands_in_the_trace_and_on_standard_error()
    {
        var file = _program.File("fault.json", Sequence("fault", Activity("js", "Elsa.RunJavaScript", ("script", Literal("String", "throw new Error('no luck')")))));

        var answer = await _program.Run("run", file, "--trace");

        Assert.Equal(4, answer.ExitCode);
        Assert.Equal(("Faulted", "no luck"), (answer.JsonLines[^1]["event"]!.ToString(), answer.JsonLines[^1]["text"]!.ToString()));
        Assert.Contains("no luck", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_become_what_the_definition_declares()
    {
        var file = _program.File("input.json", Definition("input",
            WriteLine("w", Script("String", "JSON.stringify([getInput('Text'), getInput('Number'), getInput('List'), getInput('Free')])")),
            [Declared("Text", "String"), Declared("Number", "Int32"), Declared("List", "Object")]));

        var answer = await _program.Run("run", file, "--input", "Text=007", "--input", "Number=42", "--input", "List=[1,\"a=b\"]", "--input", "Free=plain words");

        Assert.Equal("[\"007\",42,[1,\"a=b\"],\"plain words\"]\n", answer.Output);
    }

    [Theory]
    [InlineData("Number=many", "Int32")]
    [InlineData("Number", "name=value")]
    public async Task An_input_that_is_none_ends_with_2(string input, string said)
    {
        var file = _program.File("input.json", Definition("input", WriteLine("w", "Hello"), [Declared("Number", "Int32")]));

        var answer = await _program.Run("run", file, "--input", input);

        Assert.Equal((2, ""), (answer.ExitCode, answer.Output));
        Assert.Contains(said, answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_that_is_started_is_found_in_the_same_folder()
    {
        _program.File("anything.json", Sequence("child", WriteLine("cw", "from the child")));
        var file = _program.File("parent.json", Sequence("parent",
            Activity("x", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Literal("String", "child")), ("waitForCompletion", Literal("Boolean", "true"))),
            WriteLine("w", "and back")));

        var answer = await _program.Run("run", file);

        Assert.Equal((0, "from the child\nand back\n"), (answer.ExitCode, answer.Output));
    }

    [Fact]
    public async Task A_wait_can_be_skipped()
    {
        var file = _program.File("delay.json", Sequence("delay", Activity("d", "Elsa.Delay", ("timeSpan", Literal("TimeSpan", "30.00:00:00"))), WriteLine("w", "a month later")));

        Assert.Equal(3, (await _program.Run("run", file)).ExitCode);
        Assert.Equal("a month later\n", (await _program.Run("run", file, "--clock-skip")).Output);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "{\"root\": oops", "not valid JSON" },
        { "[]", "JSON object" },
        { "{}", "no root" },
        { string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000), "levels deep" },
        { $"{{\"root\":\"{new string('x', 50_000_000)}\"}}", "8 MB" },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_definition_ends_with_6(string json, string said)
    {
        var answer = await _program.Run("run", _program.File("broken.json", json));

        Assert.Equal((6, ""), (answer.ExitCode, answer.Output));
        Assert.Contains(said, answer.Errors, StringComparison.Ordinal);
        Assert.True(answer.Errors.Length < 2000);
    }

    [Fact]
    public async Task A_file_that_is_not_there_ends_with_2()
    {
        var answer = await _program.Run("run", "nowhere.json");

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("There is no file nowhere.json", answer.Errors, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Harmful => new()
    {
        { "an endless script", Sequence("e", Activity("js", "Elsa.RunJavaScript", ("script", Literal("String", "while(true){}")))), "was stopped" },
        { "an endless loop", Definition("e", Endless(Activity("c", "Elsa.Correlate", ("correlationId", Literal("String", "x"))))), "loop in it never ends" },
        { "endless output", Definition("e", Endless(WriteLine("w", Script("String", "'x'.repeat(900000) + Math.random()")))), "was stopped" },
        { "slow scripts without end", Definition("e", Endless(WriteLine("w", Script("String", "(() => { let n = 0; for (let i = 0; i < 90000; i++) n += i; return 'x'; })()")))), "was stopped" },
    };

    [Theory]
    [MemberData(nameof(Harmful), DisableDiscoveryEnumeration = true)]
    public async Task What_would_never_end_is_stopped_with_4(string what, string json, string said)
    {
        var answer = await _program.Run("run", _program.File("harmful.json", json), "--time-limit", "5");

        Assert.True(answer.ExitCode == 4, $"{what}: {answer.ExitCode} {answer.Errors}");
        Assert.Contains(said, answer.Errors, StringComparison.Ordinal);
    }

    private static JsonObject Declared(string name, string type) => new() { ["name"] = name, ["type"] = type };
}
