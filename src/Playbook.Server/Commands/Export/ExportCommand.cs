using System.CommandLine;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Commands.Export;

/// <summary><c>playbook export [SLUG …] --to DIR</c>: writes playbooks back to disk as they were imported.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var slugs = new Argument<string[]>("SLUG") { Description = "Which playbooks; all where none is named.", Arity = ArgumentArity.ZeroOrMore };
        var to = new Option<string>("--to") { Description = "The folder to write to; each playbook gets a folder in it.", Required = true };
        var published = new Option<bool>("--published") { Description = "The published versions instead of the latest." };
        var database = SharedOptions.Database;
        var json = new Option<bool>("--json") { Description = "Write one JSON object for a program to read." };
        var command = new Command("export", "Write playbooks from the database to disk: playbook.json, scripts, scenarios.") { slugs, to, published, database, json };
        command.SetAction((parsed, cancellation) =>
            Run(parsed.GetValue(slugs) ?? [], parsed.GetValue(to)!, parsed.GetValue(published), parsed.GetValue(database)!, parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> Run(string[] slugs, string to, bool published, string path, bool json, CancellationToken cancellation)
    {
        using var database = OwnedDatabase.ToRead(path);
        var store = new DefinitionStore(database.Factory, TimeProvider.System);
        try
        {
            var written = await store.ExportFolder(to, published, slugs.Length == 0 ? null : slugs, cancellation);
            if (json)
                JsonOutput.Write(new { folder = Path.GetFullPath(to), playbooks = written });
            else
            {
                foreach (var name in written)
                    Console.Out.WriteLine(Path.Combine(to, name));
                Console.Out.WriteLine($"{written.Count} {(written.Count == 1 ? "playbook" : "playbooks")} written.");
            }

            return ExitCodes.Ok;
        }
        catch (DefinitionException fault)
        {
            Terminal.Error(fault.Message);
            return ExitCodes.InvalidInput;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Terminal.Error($"The folder {to} cannot be written to: {fault.Message}");
            return ExitCodes.Failure;
        }
        catch (Microsoft.Data.Sqlite.SqliteException fault)
        {
            Terminal.Error($"The database {path} cannot be read: {fault.Message}. Is it a Playbook database?");
            return ExitCodes.Storage;
        }
    }
}
