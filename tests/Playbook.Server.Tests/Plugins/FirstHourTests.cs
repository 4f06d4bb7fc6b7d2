using System.Diagnostics;
using System.Text.RegularExpressions;
using Playbook.Server.Tests.Commands;

namespace Playbook.Server.Tests.Plugins;

/// <summary>plugins/README.md is followed to the letter: its commands are read out of it and run.</summary>
public sealed partial class FirstHourTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    private readonly BuiltProgram _place = new();

    [Fact]
    public async Task The_commands_of_an_authors_first_hour_do_what_the_readme_says()
    {
        var blocks = Blocks().ToList();
        Assert.True(blocks.Count >= 6, $"Only {blocks.Count} blocks of commands were found.");

        var (code, output) = await Follow(blocks);

        Assert.True(code == 0, output);
        var parts = output.Split("=== block ");
        Assert.Matches("[0-9]{2} passed, 0 failed, 0 not checked", parts[3]);
        Assert.Contains("✓ passed        A webhook with a bad signature brings nothing", parts[3], StringComparison.Ordinal);
        Assert.Matches("fax .*notConfigured", parts[4]);
        Assert.Contains("fax is active", parts[5], StringComparison.Ordinal);
        Assert.Contains("kept secret", parts[5], StringComparison.Ordinal);
        Assert.DoesNotContain("my-key", parts[5], StringComparison.Ordinal);
        Assert.Contains("0.2.0", parts[6], StringComparison.Ordinal);
        Assert.Contains("fax is active", parts[6], StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();

    private static IEnumerable<string> Blocks() =>
        Block().Matches(File.ReadAllText(Path.Combine(Root(AppContext.BaseDirectory), "plugins", "README.md"))).Select(match => match.Groups[1].Value);

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Playbook.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);

    // One shell for all, as the reader has; it stops at the first command that fails.
    private async Task<(int Code, string Output)> Follow(IEnumerable<string> blocks)
    {
        var programs = Directory.CreateDirectory(Path.Combine(_place.Folder, "bin")).FullName;
        var playbook = _place.File("bin/playbook", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "playbook.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(playbook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var script = _place.File("follow.sh", "set -em\ntrap 'kill $(jobs -p) 2>/dev/null' EXIT\n" + string.Concat(blocks.Select((block, number) => $"echo '=== block {number + 1}'\n{block}\n")));
        var log = Path.Combine(_place.Folder, "follow.log");
        // To a file: the compiler's servers outlive the build and would hold a pipe open.
        var start = new ProcessStartInfo("bash", ["-c", $"exec bash '{script}' >'{log}' 2>&1 </dev/null"]) { WorkingDirectory = _place.Folder, UseShellExecute = false };
        start.Environment["PATH"] = $"{programs}{Path.PathSeparator}{start.Environment["PATH"]}";
        start.Environment.Remove("PLAYBOOK_DATABASE");
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await File.ReadAllTextAsync(log));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"It took longer than {Limit}: {await File.ReadAllTextAsync(log)}");
        }
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
