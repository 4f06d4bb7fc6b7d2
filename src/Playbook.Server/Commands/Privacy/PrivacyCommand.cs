using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;
using Playbook.Server.Host;

namespace Playbook.Server.Commands.Privacy;

/// <summary><c>playbook privacy</c>: what a person may ask for under the GDPR.</summary>
internal static class PrivacyCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Argument<Guid> Contact = new("contact") { Description = "The contact's id" };
    private static readonly Argument<Guid> ReceiptId = new("receipt") { Description = "The receipt's id" };
    private static readonly Option<string> Out = new("--out") { Description = "The file to write, JSON", Required = true };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask" };
    private static readonly Option<Guid?> Whose = new("--contact") { Description = "Whether it was this contact" };

    public static Command Build() => new("privacy", "Gives a person their data, or erases them")
    {
        new Command("export", "Writes all that is stored about a person into a file") { Contact, Out }.WithAction(Export),
        new Command("erase", "Erases a person everywhere; hashes that keep them from being contacted stay, and a receipt") { Contact, Yes }.WithAction(Erase),
        new Command("receipt", "Shows the receipt of an erasure") { ReceiptId, Whose }.WithAction(Receipt),
    };

    private static async Task<int> Export(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var person = await server.Get($"/api/privacy/contacts/{parsed.GetValue(Contact)}", cancellationToken);
        var file = Path.GetFullPath(parsed.GetValue(Out)!);
        await File.WriteAllTextAsync(file, person.ToJsonString(Readable), cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
            Words.Print(new JsonObject { ["file"] = file });
        else
            Words.Say($"Written to {file}: {Count(person["runs"])} runs, {Count(person["touches"])} touches, {Count(person["consents"])} entries of consent, {Count(person["tasks"])} tasks.");
        return ExitCodes.Ok;
    }

    private static async Task<int> Erase(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(Contact);
        if (!parsed.GetValue(Yes))
        {
            if (Console.IsInputRedirected)
                throw new HostException(ExitCodes.Usage, "Erasing cannot be undone. Say --yes where nobody can be asked.");
            Words.Say($"This erases contact {id} everywhere and cannot be undone. Type the first eight letters of the id to go on: ");
            if (Console.ReadLine()?.Trim() is not { Length: >= 8 } typed || !id.ToString("D").StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                throw new HostException(ExitCodes.Usage, "Nothing was erased.");
        }

        Tell(await server.Post($"/api/privacy/contacts/{id}/erase", new JsonObject { ["by"] = Environment.UserName }, cancellationToken), parsed);
        return ExitCodes.Ok;
    }

    private static async Task<int> Receipt(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        Tell(await server.Get($"/api/privacy/receipts/{parsed.GetValue(ReceiptId)}{Query.Of(("contact", parsed.GetValue(Whose)?.ToString()))}", cancellationToken), parsed);
        return ExitCodes.Ok;
    }

    private static void Tell(JsonNode receipt, ParseResult parsed)
    {
        if (parsed.GetValue(SharedOptions.Json))
        {
            Words.Print(receipt);
            return;
        }

        Words.Say($"Receipt [bold]{Words.Text(receipt["receipt"])}[/]: erased on {Words.Time(receipt["at"])} UTC{(receipt["by"] is { } by ? $" by {Words.Text(by)}" : "")}.");
        if (receipt["isThatContact"] is { } isThat)
            Words.Say($"{((bool)isThat ? "It is the receipt of that contact." : "It is the receipt of somebody else.")}");
        foreach (var (table, count) in receipt["removed"] as JsonObject ?? [])
            Words.Say($"  {table}: {Words.Text(count)}");
    }

    private static int Count(JsonNode? list) => (list as JsonArray)?.Count ?? 0;
}
