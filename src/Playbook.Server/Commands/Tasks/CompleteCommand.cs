using System.CommandLine;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;

namespace Playbook.Server.Commands.Tasks;

/// <summary><c>playbook complete</c>: says what came of a task.</summary>
internal static class CompleteCommand
{
    private static readonly Argument<string> Task = new("task") { Description = "The task's id" };
    private static readonly Argument<string> Outcome = new("outcome") { Description = "What came of it: one of the task's outcomes" };
    private static readonly Option<string[]> Field = new("--field") { Description = "A field of the form, as name=value; may be repeated" };
    private static readonly Option<string?> By = new("--by") { Description = "Who did it" };

    public static Command Build() => new Command("complete", "Completes a task") { Task, Outcome, Field, By }.WithAction(Run);

    private static async Task<int> Run(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var answer = await server.Post($"/api/tasks/{Uri.EscapeDataString(parsed.GetValue(Task)!)}/complete", new JsonObject
        {
            ["outcome"] = parsed.GetValue(Outcome), ["fields"] = Words.Pairs(parsed.GetValue(Field) ?? []), ["by"] = parsed.GetValue(By),
        }, cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
            Words.Print(answer);
        else
            Words.Say($"Done. Run {Words.Text(answer["id"])} is {Words.Text(answer["subStatus"])}{Next(answer)}.");
        return ExitCodes.Ok;
    }

    private static string Next(JsonNode answer) => answer["openTasks"] is JsonArray { Count: > 0 } tasks ? $"; next: {string.Join(", ", tasks.Select(Words.Text))}" : "";
}
