using Playbook.Sales.Import;

namespace Playbook.Storage.Import;

/// <summary>Finds the files of an import and reads them all, before anything else is done.</summary>
internal static class ImportFiles
{
    public static async Task<(List<MappedTable> Tables, List<PassedOver> PassedOver)> Read(
        IReadOnlyList<string> paths, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var failures = new List<ImportFailure>();
        var files = Find(paths, failures);
        var tables = new List<MappedTable>();
        var passedOver = new List<PassedOver>();
        var unused = new HashSet<string>(options.Map.Keys, StringComparer.OrdinalIgnoreCase);
        foreach (var (path, inFolder) in files)
        {
            try
            {
                var table = await CsvFile.Read(path, cancellationToken);
                unused.RemoveWhere(theirs => table.Header.Any(column => string.Equals(column.Trim(), theirs.Trim(), StringComparison.OrdinalIgnoreCase)));
                if (ColumnMapping.Find(table.File, table.Header, options.Map) is { } mapping)
                    tables.Add(new(table, mapping));
                else if (inFolder)
                    passedOver.Add(new(table.File, Unknown(table), UnknownCure));
                else
                    failures.Add(new(table.File, Unknown(table), UnknownCure));
                progress?.Report(new("reading", table.File, tables.Count + passedOver.Count, files.Count));
            }
            catch (ImportException failure)
            {
                failures.AddRange(failure.Failures);
            }
        }
        // With a file unread, a column that is not found may well be in that file.
        if (failures.Count == 0)
            CheckMap(options, tables, unused, failures);
        if (failures.Count == 0 && tables.Count == 0)
            failures.Add(new(string.Join(", ", paths), "There is nothing here that can be imported.", UnknownCure));
        return failures.Count == 0 ? (tables, passedOver) : throw new ImportException(failures);
    }

    private const string UnknownCure = "It should hold accounts, contacts, opportunities, products or sales teams. Map its columns with --map \"their column=our field\".";

    private static string Unknown(ImportTable table) =>
        $"Its columns ({string.Join(", ", table.Header.Take(8))}) are none that we know.";

    private static List<(string Path, bool InFolder)> Find(IReadOnlyList<string> paths, List<ImportFailure> failures)
    {
        var files = new List<(string, bool)>();
        if (paths.Count == 0)
            failures.Add(new("import", "No file is named.", "Name the files, or a folder of them."));
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add((path, false));
                continue;
            }
            var found = Directory.EnumerateFiles(path)
                .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".csv" or ".tsv" or ".txt")
                .Order(StringComparer.Ordinal).ToList();
            if (found.Count == 0)
                failures.Add(new(path, "The folder has no CSV files.", "Put .csv, .tsv or .txt files there, or name another folder."));
            files.AddRange(found.Select(file => (file, true)));
        }
        return files;
    }

    private static void CheckMap(ImportOptions options, List<MappedTable> tables, HashSet<string> unused, List<ImportFailure> failures)
    {
        foreach (var theirs in unused)
        {
            var near = Closest.Find(theirs, tables.SelectMany(table => table.Table.Header));
            failures.Add(new("--map", $"No file has a column \"{theirs}\".", near is null ? "Write it as the header has it." : $"Did you mean \"{near}\"?"));
        }
        var fields = Enum.GetValues<ImportKind>().SelectMany(ImportFields.For).Select(field => field.Name).Distinct().ToList();
        foreach (var (theirs, ours) in options.Map)
            if (ours.Length > 0 && !fields.Exists(field => NameKey.Of(field) == NameKey.Of(ours)))
            {
                var near = Closest.Find(ours, fields);
                failures.Add(new("--map", $"We have no field \"{ours}\" for \"{theirs}\".", near is null ? $"The fields are {string.Join(", ", fields)}." : $"Did you mean \"{near}\"?"));
            }
    }
}
