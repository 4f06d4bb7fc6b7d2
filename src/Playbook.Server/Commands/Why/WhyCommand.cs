using System.CommandLine;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;

namespace Playbook.Server.Commands.Why;

/// <summary><c>playbook why</c>: why a message went, waits, or was held back.</summary>
internal static class WhyCommand
{
    private static readonly Argument<string> Message = new("message") { Description = "The message's id, or a task's" };

    public static Command Build() => new Command("why", "Tells why a message went, waits or was held back: every decision with its reasons, oldest first") { Message }.WithAction(Run);

    private static async Task<int> Run(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var decisions = await server.Get($"/api/messages/{Uri.EscapeDataString(parsed.GetValue(Message)!)}/decisions", cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
        {
            Words.Print(decisions);
            return ExitCodes.Ok;
        }

        if (decisions is not JsonArray { Count: > 0 } all)
        {
            Words.Say($"Nothing has been decided about it yet.");
            return ExitCodes.Ok;
        }

        foreach (var decision in all.OfType<JsonNode>())
            Tell(decision);
        return ExitCodes.Ok;
    }

    private static void Tell(JsonNode decision)
    {
        var until = Words.Time(decision["until"]);
        var verdict = Words.Text(decision["verdict"]) switch
        {
            "permit" => "Permitted",
            "wait" => $"Waits until {until} UTC",
            _ => "Blocked",
        };
        Words.Say($"[grey]{Words.Time(decision["at"])}[/]  [bold]{verdict}[/] over {Words.Text(decision["channel"])}, by the rule {Words.Text(decision["ruleId"])}");
        Words.Say($"                       {Words.Text(decision["rule"])}");
        foreach (var reason in (decision["reasons"] as JsonArray ?? []).OfType<JsonNode>())
            Words.Say($"                       {Mark(Words.Text(reason["verdict"]))} [grey]{Words.Text(reason["ruleId"])}:[/] {Words.Text(reason["said"])}");
    }

    private static string Mark(string verdict) => verdict switch { "permit" => "+", "wait" => "~", _ => "-" };
}
