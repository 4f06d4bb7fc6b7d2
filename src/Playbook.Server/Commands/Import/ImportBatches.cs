using System.CommandLine;
using System.Globalization;
using Playbook.Sales.Import;
using Playbook.Storage.Import;

namespace Playbook.Server.Commands.Import;

/// <summary><c>playbook import list</c> and <c>playbook import undo BATCH</c>.</summary>
internal static class ImportBatches
{
    public static Command List()
    {
        var database = SharedOptions.Database;
        var json = new Option<bool>("--json") { Description = "Write one JSON object for a program to read." };
        var command = new Command("list", "List the imports, the latest first.") { database, json };
        command.SetAction((parsed, cancellation) => ImportFaults.Guarded(async () =>
        {
            using var owned = OwnedDatabase.ToRead(parsed.GetValue(database)!);
            var batches = await new Importer(owned.Factory, TimeProvider.System).Batches(cancellation);
            if (parsed.GetValue(json))
                JsonOutput.Write(new { batches });
            else if (batches.Count == 0)
                Console.Out.WriteLine("Nothing was imported yet.");
            else
                ConsoleTable.Write(["Batch", "When (UTC)", "By", "Rows", "Files", "Undone"], [.. batches.Select(Row)]);
            return ExitCodes.Ok;
        }));
        return command;
    }

    public static Command Undo()
    {
        var batch = new Argument<string>("BATCH") { Description = "The batch as import and import list name it; its first letters are enough where they are its alone." };
        var database = SharedOptions.Database;
        var json = new Option<bool>("--json") { Description = "Write one JSON object for a program to read." };
        var command = new Command("undo", "Take an import back: what it created goes, what it changed is as before. All of it or nothing.") { batch, database, json };
        command.SetAction((parsed, cancellation) => ImportFaults.Guarded(() => Undo(parsed.GetValue(batch)!, parsed.GetValue(database)!, parsed.GetValue(json), cancellation)));
        return command;
    }

    private static async Task<int> Undo(string name, string path, bool json, CancellationToken cancellation)
    {
        // Undoing makes no database: where there is none, there is nothing to undo.
        OwnedDatabase.ToRead(path).Dispose();
        using var owned = await OwnedDatabase.ToWrite(path, cancellation);
        var importer = new Importer(owned.Factory, TimeProvider.System);
        var id = Find(name, await importer.Batches(cancellation));
        var undone = await Terminal.WithProgress($"undoing {id:N}", _ => importer.Undo(id, Environment.UserName, cancellation));
        if (json)
            JsonOutput.Write(undone);
        else if (undone.Undone)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Batch {id:N} is undone: {undone.Removed:N0} records removed, {undone.Restored:N0} restored."));
        else
        {
            foreach (var conflict in undone.Conflicts)
                Terminal.Error($"{conflict.Kind} {conflict.Name}: {conflict.Cause} {conflict.Cure}");
            Terminal.Error($"Batch {id:N} was not undone; nothing was changed.");
        }

        return undone.Undone ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static Guid Find(string name, IReadOnlyList<ImportBatch> batches)
    {
        var letters = name.Replace("-", "", StringComparison.Ordinal);
        var found = letters.Length < 4 ? [] : batches.Where(batch => batch.Id.ToString("N").StartsWith(letters, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count switch
        {
            1 => found[0].Id,
            0 => throw new ImportException(new ImportFailure(name, "There is no such batch.", "See them with: playbook import list")),
            _ => throw new ImportException(new ImportFailure(name, $"{found.Count} batches begin like this.", "Write more of it; see them with: playbook import list")),
        };
    }

    private static string[] Row(ImportBatch batch) =>
    [
        batch.Id.ToString("N"),
        batch.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        batch.By,
        batch.Files.Sum(file => file.Counts.Rows).ToString("N0", CultureInfo.InvariantCulture),
        string.Join(", ", batch.Files.Select(file => file.File)),
        batch.UndoneAt is { } at ? $"{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} by {batch.UndoneBy}" : "",
    ];
}
