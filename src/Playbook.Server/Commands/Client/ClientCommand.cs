using System.CommandLine;

namespace Playbook.Server.Commands.Client;

/// <summary>A command that talks to the server.</summary>
internal static class ClientCommand
{
    public static Command WithAction(this Command command, Func<ServerConnection, ParseResult, CancellationToken, Task<int>> action)
    {
        command.Add(SharedOptions.Database);
        command.Add(SharedOptions.Json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var server = await ServerConnection.Open(parsed.GetValue(SharedOptions.Database)!, cancellationToken);
            return await action(server, parsed, cancellationToken);
        });
        return command;
    }
}
