namespace Playbook.Server.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly BuiltProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("run", "x.json", "--time-limit", "5s")]
    [InlineData("run", "x.json", "--no-such-option")]
    [InlineData("no-such-command")]
    public async Task A_command_written_wrongly_ends_with_2_and_says_what_is_wrong(params string[] args)
    {
        var answer = await _program.Run(args);
        Assert.Equal(2, answer.ExitCode);
        Assert.NotEmpty(answer.Errors);
        Assert.DoesNotContain("   at ", answer.Errors, StringComparison.Ordinal);
    }
}
