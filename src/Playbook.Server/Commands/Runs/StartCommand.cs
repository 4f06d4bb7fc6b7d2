using System.CommandLine;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;
using Spectre.Console;

namespace Playbook.Server.Commands.Runs;

/// <summary><c>playbook start</c>: one run, or one for each opportunity of a stage or phase.</summary>
internal static class StartCommand
{
    private const int PerCall = 50;

    private static readonly Argument<string> Playbook = new("playbook") { Description = "The playbook's id, such as lead-generation" };
    private static readonly Option<string?> Stage = new("--stage") { Description = "Start it for the opportunities in this stage, as the imported system calls it" };
    private static readonly Option<string?> Phase = new("--phase") { Description = "Start it for the opportunities in this phase" };
    private static readonly Option<int?> Limit = new("--limit") { Description = "The first so many of them; all by default" };
    private static readonly Option<string?> Contact = new("--contact") { Description = "Start it for the contact with this id" };
    private static readonly Option<string?> Opportunity = new("--opportunity") { Description = "Start it for the opportunity with this id" };
    private static readonly Option<string[]> Input = new("--input") { Description = "An input of the playbook, as name=value; may be repeated" };
    private static readonly Option<string?> Correlation = new("--correlation") { Description = "Ties events to the run" };

    public static Command Build() =>
        new Command("start", "Starts a playbook for somebody, or for many at once") { Playbook, Stage, Phase, Limit, Contact, Opportunity, Input, Correlation }.WithAction(Run);

    private static async Task<int> Run(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["playbook"] = parsed.GetValue(Playbook), ["input"] = Words.Pairs(parsed.GetValue(Input) ?? []) };
        if (parsed.GetValue(Stage) is null && parsed.GetValue(Phase) is null)
            return await StartOne(server, parsed, body, cancellationToken);
        body["stage"] = parsed.GetValue(Stage);
        body["phase"] = parsed.GetValue(Phase);
        var total = await StartAll(server, body, parsed.GetValue(Limit), parsed.GetValue(SharedOptions.Json), cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
        {
            Words.Print(total.ToJson());
        }
        else
        {
            Words.Say($"{total.Started} runs started, {total.Skipped} skipped because one is under way, {total.Failed.Count} failed, of {total.Matched} opportunities that match.");
            foreach (var failed in total.Failed)
                Words.Say($"  {Words.Subject(failed["subject"])}: {Words.Text(failed["reason"])}");
        }

        return total.Failed.Count == 0 ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static async Task<int> StartOne(ServerConnection server, ParseResult parsed, JsonObject body, CancellationToken cancellationToken)
    {
        var (kind, id) = (parsed.GetValue(Contact), parsed.GetValue(Opportunity)) switch
        {
            ({ } contact, null) => ("contact", contact),
            (null, { } opportunity) => ("opportunity", opportunity),
            (null, null) => ("", ""),
            _ => throw new Host.HostException(ExitCodes.Usage, "Give either --contact or --opportunity."),
        };
        if (id.Length > 0)
            body["subject"] = new JsonObject { ["kind"] = kind, ["id"] = id };
        body["correlationId"] = parsed.GetValue(Correlation);
        var run = await server.Post("/api/runs", body, cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
            Words.Print(run);
        else
            Words.Say($"Run {Words.Text(run["id"])} is {Words.Text(run["subStatus"])}.");
        return ExitCodes.Ok;
    }

    private static async Task<BulkTotal> StartAll(ServerConnection server, JsonObject body, int? limit, bool isQuiet, CancellationToken cancellationToken)
    {
        var total = new BulkTotal();
        if (isQuiet)
        {
            await Go(null);
            return total;
        }

        await AnsiConsole.Progress().AutoClear(true).StartAsync(progress => Go(progress.AddTask("Starting runs")));
        return total;

        async Task Go(ProgressTask? bar)
        {
            while (limit is null || total.Seen < limit)
            {
                body["limit"] = Math.Min(PerCall, (limit ?? int.MaxValue) - total.Seen);
                var next = total.Add(await server.Post("/api/runs/bulk", (JsonObject)body.DeepClone(), cancellationToken));
                if (bar is not null)
                {
                    bar.MaxValue = Math.Max(1, Math.Min(limit ?? long.MaxValue, total.Matched));
                    bar.Value = total.Seen;
                }

                if (next is null)
                    break;
                body["after"] = next;
            }
        }
    }

    private sealed class BulkTotal
    {
        public long Matched { get; private set; }
        public int Started { get; private set; }
        public int Skipped { get; private set; }
        public List<JsonNode> Failed { get; } = [];
        public int Seen => Started + Skipped + Failed.Count;

        /// <summary>Where to go on; null at the end.</summary>
        public string? Add(JsonNode part)
        {
            Matched = (long)part["matched"]!;
            Started += (int)part["started"]!;
            Skipped += (int)part["skipped"]!;
            Failed.AddRange((part["failed"] as JsonArray ?? []).OfType<JsonNode>());
            return part["next"] is { } next ? Words.Text(next) : null;
        }

        public JsonObject ToJson() => new()
        {
            ["matched"] = Matched, ["started"] = Started, ["skipped"] = Skipped, ["failed"] = new JsonArray([.. Failed.Select(failed => failed.DeepClone())]),
        };
    }
}
