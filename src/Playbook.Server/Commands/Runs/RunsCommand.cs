using System.CommandLine;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;
using Spectre.Console;

namespace Playbook.Server.Commands.Runs;

/// <summary><c>playbook runs</c>: the runs that match, newest first.</summary>
internal static class RunsCommand
{
    private static readonly Option<string?> Playbook = new("--playbook") { Description = "Only this playbook's" };
    private static readonly Option<string?> Status = new("--status") { Description = "Only these: suspended, finished, cancelled, faulted …" };
    private static readonly Option<string?> Subject = new("--subject") { Description = "Only those about this contact or opportunity" };
    private static readonly Option<bool> Incidents = new("--incidents") { Description = "Only those that stand at an incident" };
    private static readonly Option<int> Take = new("--take") { Description = "How many, 500 at most", DefaultValueFactory = _ => 50 };
    private static readonly Option<int> Skip = new("--skip") { Description = "How many to leave out" };

    public static Command Build() => new Command("runs", "Lists runs, newest first") { Playbook, Status, Subject, Incidents, Take, Skip }.WithAction(Run);

    private static async Task<int> Run(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var query = Query.Of(
            ("playbook", parsed.GetValue(Playbook)), ("subStatus", parsed.GetValue(Status)), ("subjectId", parsed.GetValue(Subject)),
            ("incidents", parsed.GetValue(Incidents) ? "true" : null), ("take", Query.Number(parsed.GetValue(Take))), ("skip", Query.Number(parsed.GetValue(Skip))));
        var page = await server.Get($"/api/runs{query}", cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
        {
            Words.Print(page);
            return ExitCodes.Ok;
        }

        var table = Words.Table("Run", "Playbook", "Status", "About", "Started", "Next due", "Tasks", "Incidents");
        foreach (var run in (page["items"] as JsonArray ?? []).OfType<JsonNode>())
            Words.Row(table, Words.Text(run["id"]), $"{Words.Text(run["playbook"])} v{run["version"]}", Words.Text(run["subStatus"]), Words.Subject(run["subject"]),
                Words.Time(run["createdAt"]), Words.Time(run["dueAt"]), Words.Text(run["openTasks"]), Words.Text(run["openIncidents"]));
        AnsiConsole.Write(table);
        Words.Say($"{(page["items"] as JsonArray)?.Count ?? 0} of {page["total"]} runs.");
        return ExitCodes.Ok;
    }
}
