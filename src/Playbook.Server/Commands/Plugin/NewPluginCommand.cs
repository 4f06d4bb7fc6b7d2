using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Playbook.Server.Host;

namespace Playbook.Server.Commands.Plugin;

/// <summary><c>playbook plugin new NAME</c>: a new channel plugin from the template that lies beside the program.</summary>
internal static class NewPluginCommand
{
    private static string Template { get; } = Path.Combine(AppContext.BaseDirectory, "template");

    public static Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "As a namespace is written, such as Acme.Fax; the channel is called after its last part" };
        var command = new Command("new", "Makes a new channel plugin, which builds and passes 'verify'. Needs the .NET SDK.") { name };
        command.SetAction((parsed, cancellationToken) => Run(parsed.GetValue(name)!, cancellationToken));
        return command;
    }

    private static async Task<int> Run(string name, CancellationToken cancellationToken)
    {
        if (!name.Split('.').All(part => part.Length > 0 && char.IsAsciiLetterUpper(part[0]) && part.All(char.IsAsciiLetterOrDigit)))
            throw new HostException(ExitCodes.Usage, $"'{name}' is no namespace. Write it as Acme.Fax.");
        // A place of its own for what dotnet new remembers: the author's templates stay as they are.
        var hive = Directory.CreateTempSubdirectory("playbook-template-").FullName;
        try
        {
            await DotnetNew(["new", "install", Template, "--debug:custom-hive", hive], cancellationToken);
            await DotnetNew(["new", "playbook-channel", "-n", name, "--abstractions", Path.Combine(AppContext.BaseDirectory, "Playbook.Abstractions.dll"), "--no-update-check", "--debug:custom-hive", hive], cancellationToken);
        }
        finally
        {
            Directory.Delete(hive, recursive: true);
        }

        await Console.Out.WriteLineAsync($"Made {name}. Next: dotnet build {name} -c Release -o {name}/out && playbook plugin verify {name}/out");
        return ExitCodes.Ok;
    }

    private static async Task DotnetNew(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var complained = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new HostException(ExitCodes.Failure, $"'dotnet {string.Join(' ', arguments[..2])}' failed: {await complained} {await said}");
        }
        catch (Win32Exception fault)
        {
            throw new HostException(ExitCodes.Usage, "The command 'dotnet' is missing. Install the .NET 10 SDK; building a plugin needs it.", fault);
        }
    }
}
