using System.CommandLine;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;
using Spectre.Console;

namespace Playbook.Server.Commands.Outbox;

/// <summary><c>playbook outbox</c>: what could not go out, and having it tried again.</summary>
internal static class OutboxCommand
{
    private static readonly Option<string?> Channel = new("--channel") { Description = "Only messages over this channel, such as email" };
    private static readonly Option<bool> Waiting = new("--waiting") { Description = "What is on its way instead, with why it has not gone yet" };
    private static readonly Option<int> Take = new("--take") { Description = "How many, 500 at most", DefaultValueFactory = _ => 50 };

    public static Command Build() => new("outbox", "What could not go out, and having it tried again")
    {
        new Command("list", "Lists what could not go out and waits for a person, oldest first") { Channel, Waiting, Take }.WithAction(List),
        new Command("retry", "Has all of it tried again, each message under its own key, so that nobody gets one twice") { Channel }.WithAction(Retry),
    };

    private static async Task<int> List(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var isWaiting = parsed.GetValue(Waiting);
        var query = Query.Of(("held", isWaiting ? "false" : "true"), ("channel", parsed.GetValue(Channel)), ("take", Query.Number(parsed.GetValue(Take))));
        var page = await server.Get($"/api/outbox{query}", cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
        {
            Words.Print(page);
            return ExitCodes.Ok;
        }

        var items = (page["items"] as JsonArray ?? []).OfType<JsonNode>().ToList();
        var table = Words.Table("Run", "Step", "Channel", "Since", isWaiting ? "Next" : "Attempts", "Why");
        foreach (var item in items)
            Words.Row(table, Words.Text(item["runId"]), Words.Text(item["activityId"]), Words.Text(item["channel"]), Words.Time(item["failingSince"] ?? item["createdAt"]),
                isWaiting ? Words.Time(item["notBefore"]) : Words.Text(item["faults"]), Words.Text(item["reason"]));
        AnsiConsole.Write(table);
        Words.Say($"{items.Count} of {page["total"]} {(isWaiting ? "on their way" : "held")}.");
        if (!isWaiting && items.Count > 0)
            Words.Say($"When the cause is gone: playbook outbox retry{(parsed.GetValue(Channel) is { } channel ? $" --channel {channel}" : "")}");
        return ExitCodes.Ok;
    }

    private static async Task<int> Retry(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var answer = await server.Post("/api/outbox/retry", new JsonObject { ["channel"] = parsed.GetValue(Channel) }, cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
            Words.Print(answer);
        else
            Words.Say($"{answer["released"]} on their way again.");
        return ExitCodes.Ok;
    }
}
