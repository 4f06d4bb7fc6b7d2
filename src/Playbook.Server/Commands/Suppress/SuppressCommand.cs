using System.CommandLine;
using System.Text.Json.Nodes;
using Playbook.Sales.Consent;
using Playbook.Sales.Import;
using Playbook.Sales.Sending;
using Playbook.Server.Api.Suppressions;
using Playbook.Server.Commands.Client;
using Playbook.Server.Host;
using Playbook.Storage.Import;

namespace Playbook.Server.Commands.Suppress;

/// <summary><c>playbook suppress import FILE</c>: takes a list of people in who must not be contacted. Only hashes leave this process.</summary>
internal static class SuppressCommand
{
    private static readonly Argument<string> ListFile = new("file") { Description = "A CSV file with a column email, phone, profile or domain, or name with address (and postcode, city)" };
    private static readonly Option<string?> List = new("--list") { Description = "The list's name: robinson, dnc, tps, or one of your own" };
    private static readonly Option<string?> Scope = new("--channel") { Description = "Only this channel; everything where it is not named" };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, for people to read" };
    private static readonly Option<string?> Country = new("--country") { Description = "The country of numbers without a country's code, such as DK" };

    public static Command Build() => new("suppress", "Keeps people from being contacted")
    {
        new Command("import", "Takes a suppression list in from a CSV file") { ListFile, List, Scope, Reason, Country }.WithAction(Run),
    };

    private static async Task<int> Run(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var table = await Read(parsed.GetValue(ListFile)!, cancellationToken);
        var entries = SuppressionRows.Read(table, parsed.GetValue(Country)).ToList();
        if (entries.Count == 0)
            throw new HostException(ExitCodes.InvalidInput, $"{table.File} names nobody: it needs a column email, phone, profile or domain, or name and address. Its columns are: {string.Join(", ", table.Header)}.");
        long added = 0;
        var parts = entries.Chunk(SuppressionsApi.MostAtOnce).ToList();
        for (var part = 0; part < parts.Count; part++)
        {
            var answer = await server.Post("/api/suppressions", new JsonObject
            {
                ["list"] = parsed.GetValue(List), ["scope"] = parsed.GetValue(Scope), ["reason"] = parsed.GetValue(Reason), ["by"] = Environment.UserName,
                ["complete"] = parsed.GetValue(List) is not null && part == parts.Count - 1, ["rows"] = table.Rows.Count,
                ["entries"] = new JsonArray([.. parts[part].Select(entry => new JsonObject { ["kind"] = entry.Kind.ToString(), ["key"] = entry.Key })]),
            }, cancellationToken);
            added += (long)answer["added"]!;
        }

        if (parsed.GetValue(SharedOptions.Json))
            Words.Print(new JsonObject { ["rows"] = table.Rows.Count, ["entries"] = entries.Count, ["added"] = added });
        else
            Words.Say($"{table.Rows.Count} rows, {entries.Count} entries, {added} of them new{(parsed.GetValue(List) is { } list ? $"; the list '{list}' is of today" : "")}.");
        return ExitCodes.Ok;
    }

    private static async Task<ImportTable> Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await CsvFile.Read(path, cancellationToken);
        }
        catch (ImportException failure)
        {
            throw new HostException(ExitCodes.InvalidInput, failure.Message, failure);
        }
    }
}
