using System.CommandLine;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;

namespace Playbook.Server.Commands.Runs;

/// <summary><c>playbook history</c>: all that happened to a run, in plain words.</summary>
internal static class HistoryCommand
{
    private static readonly Argument<Guid> RunId = new("run") { Description = "The run's id" };

    public static Command Build() => new Command("history", "Tells what happened to a run, oldest first") { RunId }.WithAction(Run);

    private static async Task<int> Run(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var turns = await server.Get($"/api/runs/{parsed.GetValue(RunId)}/history", cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
        {
            Words.Print(turns);
            return ExitCodes.Ok;
        }

        foreach (var turn in (turns as JsonArray ?? []).OfType<JsonNode>())
        {
            Words.Say($"[grey]{Words.Time(turn["at"])}[/]  [bold]{Words.Text(turn["because"])}[/]");
            foreach (var line in (turn["happened"] as JsonArray ?? []).OfType<JsonNode>())
                Words.Say($"                       {Words.Text(line)}");
        }

        return ExitCodes.Ok;
    }
}
