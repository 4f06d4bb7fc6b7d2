using System.CommandLine;
using Playbook.Server.Commands.Clock;
using Playbook.Server.Commands.Conformance;
using Playbook.Server.Commands.Demo;
using Playbook.Server.Commands.Export;
using Playbook.Server.Commands.Import;
using Playbook.Server.Commands.Outbox;
using Playbook.Server.Commands.Password;
using Playbook.Server.Commands.Plugin;
using Playbook.Server.Commands.Privacy;
using Playbook.Server.Commands.Run;
using Playbook.Server.Commands.Runs;
using Playbook.Server.Commands.Serve;
using Playbook.Server.Commands.Suppress;
using Playbook.Server.Commands.Tasks;
using Playbook.Server.Commands.Validate;
using Playbook.Server.Commands.Why;
using Playbook.Server.Host;
using Playbook.Storage.Runs;
using Spectre.Console;

namespace Playbook.Server.Commands;

/// <summary>The command line: every command in one place, and one way in which they fail.</summary>
internal static class CommandLine
{
    private const int WidthOfAFile = 180;

    public static RootCommand Build() => new($"Playbook takes leads from first touch to renewal.\n\n{ExitCodes.Help}")
    {
        ServeCommand.Build(),
        StartCommand.Build(),
        TasksCommand.Build(),
        CompleteCommand.Build(),
        RunsCommand.Build(),
        HistoryCommand.Build(),
        WhyCommand.Build(),
        SuppressCommand.Build(),
        PrivacyCommand.Build(),
        PasswordCommand.Build(),
        OutboxCommand.Build(),
        ClockCommand.Build(),
        PluginCommand.Build(),
        DemoCommand.Create(),
        ImportCommand.Create(),
        ExportCommand.Create(),
        ValidateCommand.Create(),
        RunCommand.Create(),
        ConformanceCommand.Create(),
    };

    public static async Task<int> Run(IReadOnlyList<string> args)
    {
        var parsed = Build().Parse(args);
        // A file or a pipe has no width; at the 80 columns that are assumed for it, ids would be cut in two.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthOfAFile;
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
            return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
        }
        catch (HostException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (StoreException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCodes.Storage;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{failure.Message} Where the disk is full, free some space; where a right is missing, give it to the account that runs Playbook.");
            return ExitCodes.Storage;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return ExitCodes.Failure;
        }
        catch (HttpRequestException failure)
        {
            await Console.Error.WriteLineAsync($"The server does not answer: {failure.Message}. It may have just stopped; try again.");
            return ExitCodes.Failure;
        }
    }
}
