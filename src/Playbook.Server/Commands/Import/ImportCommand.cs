using System.CommandLine;
using Playbook.Sales.Import;
using Playbook.Storage.Import;

namespace Playbook.Server.Commands.Import;

/// <summary><c>playbook import FOLDER|FILE …</c>: takes CSV files in as one batch, which can be undone as one.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("FOLDER|FILE") { Description = "CSV files, or folders of them: accounts, contacts, opportunities, products, sales teams.", Arity = ArgumentArity.ZeroOrMore };
        var database = SharedOptions.Database;
        var preview = new Option<bool>("--preview") { Description = "Say what would be done and write nothing." };
        var map = new Option<string[]>("--map") { Description = "Where a column goes, as \"their column=our field\"; an empty field leaves it out. May be repeated." };
        var all = new Option<bool>("--all") { Description = $"Tell of every row with a problem, not only of the first {ImportPrinter.FirstProblems}." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object for a program to read." };
        var command = new Command("import", "Take CSV files into the database. Bad rows are told of and never stop good ones.") { paths, database, preview, map, all, json };
        command.SetAction((parsed, cancellation) => ImportFaults.Guarded(async () =>
        {
            var options = new ImportOptions { By = Environment.UserName, Map = Map(parsed.GetValue(map) ?? []) };
            var request = new Request(parsed.GetValue(paths) ?? [], parsed.GetValue(database)!, options, parsed.GetValue(preview));
            var report = await Run(request, cancellation);
            if (parsed.GetValue(json))
                ImportJson.Write(report, parsed.GetValue(all));
            else
                ImportPrinter.Print(report, parsed.GetValue(all));
            return ExitCodes.Ok;
        }));
        command.Subcommands.Add(ImportBatches.List());
        command.Subcommands.Add(ImportBatches.Undo());
        return command;
    }

    private static async Task<ImportReport> Run(Request request, CancellationToken cancellation)
    {
        if (!request.IsPreview)
        {
            using var database = await OwnedDatabase.ToWrite(request.Database, cancellation);
            return await Work(new Importer(database.Factory, TimeProvider.System), request, cancellation);
        }

        if (File.Exists(request.Database))
        {
            using var database = OwnedDatabase.ToRead(request.Database);
            return await Work(new Importer(database.Factory, TimeProvider.System), request, cancellation);
        }

        // What an import into a new database would do, without leaving one behind.
        var folder = Directory.CreateTempSubdirectory("playbook-preview-").FullName;
        try
        {
            using var database = await OwnedDatabase.ToWrite(Path.Combine(folder, "preview.db"), cancellation);
            return await Work(new Importer(database.Factory, TimeProvider.System), request, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<ImportReport> Work(Importer importer, Request request, CancellationToken cancellation) =>
        Terminal.WithProgress("import", steps =>
        {
            var progress = new Steps(steps);
            return request.IsPreview
                ? importer.Preview(request.Paths, request.Options, progress, cancellation)
                : importer.Run(request.Paths, request.Options, progress, cancellation);
        });

    private static Dictionary<string, string> Map(IEnumerable<string> given)
    {
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in given.Select(ImportOptions.ParseMap))
            if (!map.TryAdd(pair.Key, pair.Value))
                throw new FormatException($"The column \"{pair.Key}\" is mapped twice. Map it once.");
        return map;
    }

    private sealed record Request(string[] Paths, string Database, ImportOptions Options, bool IsPreview);

    private sealed class Steps(IProgress<Terminal.Step> steps) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => steps.Report(new($"{value.Step} {value.File}", value.Done, value.Total));
    }
}
