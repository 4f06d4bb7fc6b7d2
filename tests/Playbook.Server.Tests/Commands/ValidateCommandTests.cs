using static Playbook.Server.Tests.Commands.Documents;

namespace Playbook.Server.Tests.Commands;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly BuiltProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task A_folder_of_sound_playbooks_ends_with_0()
    {
        _program.File("playbooks/hello/playbook.json", Sequence("hello", WriteLine("w", "Hello")));

        var answer = await _program.Run("validate");

        Assert.Equal((0, "1 playbook, 0 errors, 0 warnings"), (answer.ExitCode, answer.Lines[^1]));
    }

    [Fact]
    public async Task Errors_stand_under_their_playbook_with_code_place_and_what_was_meant()
    {
        _program.File("playbooks/good/playbook.json", Sequence("good", WriteLine("w", "Hello")));
        _program.File("playbooks/bad/playbook.json", Sequence("bad", Activity("w", "Elsa.WriteLin")));

        var answer = await _program.Run("validate", "playbooks", "--json");

        var diagnostic = answer.Json["playbooks"]![0]!["diagnostics"]![0]!;
        Assert.Equal((6, "bad", "PB101", "w", "Elsa.WriteLine"),
            (answer.ExitCode, answer.Json["playbooks"]![0]!["name"]!.ToString(), diagnostic["code"]!.ToString(), diagnostic["activityId"]!.ToString(), diagnostic["suggestion"]!.ToString()));
    }

    [Fact]
    public async Task A_script_that_does_not_parse_is_an_error()
    {
        _program.File("playbooks/hello/playbook.json", Sequence("hello", WriteLine("w", "Hello")));
        _program.File("playbooks/hello/scripts/call.en.sbn", "Hello {{ if }");

        var answer = await _program.Run("validate", Path.Combine("playbooks", "hello"));

        Assert.Equal(6, answer.ExitCode);
        Assert.Contains("scripts/call.en.sbn", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_that_goes_another_way_is_an_error()
    {
        _program.File("playbooks/hello/playbook.json", Sequence("hello", WriteLine("w", "Hello")));
        _program.File("playbooks/hello/scenarios/waits.json", """{"name":"It waits","then":[{"status":"Suspended"}]}""");
        _program.File("playbooks/hello/scenarios/ends.json", """{"name":"It ends","then":[{"status":"Finished"}]}""");
        _program.File("playbooks/hello/scenarios/broken.json", "{");

        var answer = await _program.Run("validate");

        Assert.Equal(6, answer.ExitCode);
        Assert.Contains("2 errors, 0 warnings, 1 of 3 scenarios pass", answer.Output, StringComparison.Ordinal);
        Assert.Contains("error scenario waits.json", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_playbooks_ends_with_2()
    {
        var answer = await _program.Run("validate", _program.Folder);

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("playbook.json", answer.Errors, StringComparison.Ordinal);
    }
}
