using System.CommandLine;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;
using Spectre.Console;

namespace Playbook.Server.Commands.Tasks;

/// <summary><c>playbook tasks</c>: what people are asked to do.</summary>
internal static class TasksCommand
{
    private static readonly Option<string?> Role = new("--role") { Description = "Only this role's, such as prospector" };
    private static readonly Option<string?> Owner = new("--owner") { Description = "Only those that this person took" };
    private static readonly Option<string?> Playbook = new("--playbook") { Description = "Only this playbook's" };
    private static readonly Option<int> Take = new("--take") { Description = "How many, 500 at most", DefaultValueFactory = _ => 50 };
    private static readonly Option<int> Skip = new("--skip") { Description = "How many to leave out" };
    private static readonly Argument<string?> Task = new("task") { Description = "One task, with its script and form", Arity = ArgumentArity.ZeroOrOne };

    public static Command Build() => new Command("tasks", "Lists open tasks, earliest due first, or shows one") { Task, Role, Owner, Playbook, Take, Skip }.WithAction(Run);

    private static async Task<int> Run(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Task) is { } id)
            return await ShowOne(server, id, parsed.GetValue(SharedOptions.Json), cancellationToken);
        var query = Query.Of(
            ("role", parsed.GetValue(Role)), ("owner", parsed.GetValue(Owner)), ("playbook", parsed.GetValue(Playbook)),
            ("take", Query.Number(parsed.GetValue(Take))), ("skip", Query.Number(parsed.GetValue(Skip))));
        var page = await server.Get($"/api/tasks{query}", cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
        {
            Words.Print(page);
            return ExitCodes.Ok;
        }

        var table = Words.Table("Task", "What", "Who", "Playbook", "Due", "Outcomes");
        foreach (var task in (page["items"] as JsonArray ?? []).OfType<JsonNode>())
            Words.Row(table, Words.Text(task["id"]), Words.Text(task["title"]), Words.Text(task["owner"] ?? task["role"]), Words.Text(task["playbook"]),
                Words.Time(task["dueAt"]), string.Join(", ", (task["outcomes"] as JsonArray ?? []).Select(Words.Text)));
        AnsiConsole.Write(table);
        Words.Say($"{(page["items"] as JsonArray)?.Count ?? 0} of {page["total"]} tasks. Complete one with: playbook complete TASK OUTCOME");
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowOne(ServerConnection server, string id, bool asJson, CancellationToken cancellationToken)
    {
        var detail = await server.Get($"/api/tasks/{Uri.EscapeDataString(id)}", cancellationToken);
        if (asJson)
        {
            Words.Print(detail);
            return ExitCodes.Ok;
        }

        var task = detail["task"]!;
        Words.Say($"[bold]{Words.Text(task["title"])}[/] ({Words.Text(task["role"])}, {Words.Text(task["state"])})");
        Words.Say($"Done when: {Words.Text(detail["doneWhen"])}");
        Words.Say($"Outcomes:  {string.Join(", ", (task["outcomes"] as JsonArray ?? []).Select(Words.Text))}");
        foreach (var field in (detail["fields"] as JsonArray ?? []).OfType<JsonNode>())
            Words.Say($"Field:     {Words.Text(field["name"])} ({Words.Text(field["type"])}{((bool?)field["required"] == true ? ", required" : "")}) {Words.Text(field["label"])}");
        if (detail["script"] is { } script)
            AnsiConsole.Write(new Panel(new Text(Words.Text(script["text"]))) { Header = new PanelHeader(Markup.Escape(Words.Text(script["subject"] ?? script["name"]))) });
        return ExitCodes.Ok;
    }
}
