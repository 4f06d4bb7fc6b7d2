using System.Text.Json.Nodes;
using static Playbook.Server.Tests.Commands.Documents;

namespace Playbook.Server.Tests.Commands;

public sealed class ConformanceCommandTests : IDisposable
{
    private readonly BuiltProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task The_last_line_has_the_totals_and_all_passed_ends_with_0()
    {
        var answer = await _program.Run("conformance", _program.File("cases.jsonl", Case("one", "Hello") + "\n\n" + Case("two", "Hello") + "\n"));

        Assert.Equal((0, "2 passed, 0 failed, 0 differ by design\n"), (answer.ExitCode, answer.Output));
    }

    [Fact]
    public async Task A_spoiled_line_fails_its_case_with_the_first_difference()
    {
        var answer = await _program.Run("conformance", _program.File("cases.jsonl", Case("one", "Hello") + "\n" + Case("two", "spoiled")));

        Assert.Equal(1, answer.ExitCode);
        Assert.Equal(["FAILED two: lines[0]: expected \"spoiled\", got \"Hello\"", "1 passed, 1 failed, 0 differ by design"], answer.Lines);
    }

    [Fact]
    public async Task What_cannot_be_read_counts_as_failed()
    {
        var file = _program.File("cases.jsonl", Case("one", "Hello") + "\n{\"name\": oops\n{}\n");

        var answer = await _program.Run("conformance", file, "nowhere.jsonl", _program.File("empty.jsonl", ""));

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains($"FAILED {file}:2: this is no case", answer.Output, StringComparison.Ordinal);
        Assert.Contains("FAILED nowhere.jsonl: the file cannot be read", answer.Output, StringComparison.Ordinal);
        Assert.Equal("1 passed, 4 failed, 0 differ by design", answer.Lines[^1]);
    }

    [Fact]
    public async Task JSON_has_the_same_totals()
    {
        var answer = await _program.Run("conformance", "--json", _program.File("cases.jsonl", Case("one", "Hello") + "\n" + Case("two", "spoiled")));

        Assert.Equal((1, 1, 1, 0), (answer.ExitCode, (int)answer.Json["passed"]!, (int)answer.Json["failed"]!, (int)answer.Json["differByDesign"]!));
    }

    private static string Case(string name, string line) => new JsonObject
    {
        ["name"] = name,
        ["features"] = new JsonArray("linear"),
        ["definition"] = JsonNode.Parse(Sequence("hello", WriteLine("w", "Hello"))),
        ["input"] = new JsonObject(),
        ["expected"] = new JsonObject
        {
            ["events"] = new JsonArray(Event("root", "Elsa.Sequence", "Started"), Event("w", "Elsa.WriteLine", "Started"), Event("w", "Elsa.WriteLine", "Completed"), Event("root", "Elsa.Sequence", "Completed")),
            ["lines"] = new JsonArray(line),
            ["status"] = "Finished",
            ["subStatus"] = "Finished",
            ["variables"] = new JsonObject(),
            ["output"] = new JsonObject(),
            ["incidents"] = new JsonArray(),
        },
    }.ToJsonString();

    private static JsonObject Event(string id, string type, string kind) => new() { ["activityId"] = id, ["type"] = type, ["event"] = kind };
}
