using System.Globalization;
using Playbook.Sales.Import;

namespace Playbook.Server.Commands.Import;

/// <summary>An import's report for people: the table that adds up, what is wrong in general, and the rows to look at.</summary>
internal static class ImportPrinter
{
    public const int FirstProblems = 20;

    private static readonly string[] Header = ["File", "Holds", "Rows", "Created", "Updated", "Unchanged", "Linked, spelt differently", "Duplicates skipped", "Rejected"];

    public static void Print(ImportReport report, bool all)
    {
        var rows = report.Files.Select(file => Row(file.File, file.Kind.ToString(), file.Counts)).ToList();
        rows.Add(Row("All", "", report.Counts));
        ConsoleTable.Write(Header, rows);
        foreach (var file in report.Files)
            PrintFile(file);
        foreach (var left in report.PassedOver)
            Console.Out.WriteLine($"{left.File} was left alone: {left.Cause} {left.Cure}");
        PrintRows(report, all);
        Console.Out.WriteLine(report.BatchId is { } batch
            ? $"Batch {batch:N}. Take it back with: playbook import undo {batch:N}"
            : "This was a preview; nothing was written.");
    }

    /// <summary>The rows to look at: rejected ones first, then as they stand in the files.</summary>
    public static IEnumerable<(FileReport File, RowReport Row)> Problems(ImportReport report) =>
        report.Files.SelectMany(file => file.Rows.Where(row => row.Problems.Count > 0), (file, row) => (file, row)).OrderByDescending(p => p.row.Outcome == RowOutcome.Rejected);

    private static void PrintFile(FileReport file)
    {
        var left = file.Columns.Where(column => column.Field is null).Select(column => column.Column).ToList();
        var renamed = file.Columns.Where(column => column.Field is not null && column.Field != column.Column).Select(column => $"{column.Column} → {column.Field}").ToList();
        Console.Out.WriteLine();
        Console.Out.WriteLine($"{file.File} ({file.Encoding}){(renamed.Count > 0 ? ": " + string.Join(", ", renamed) : "")}{(left.Count > 0 ? $"; left out: {string.Join(", ", left)}" : "")}");
        foreach (var note in file.Notes)
            Console.Out.WriteLine($"  note: {note}");
        foreach (var (what, count) in file.AlsoCreated)
            Console.Out.WriteLine($"  also created: {Number(count)} {(count == 1 ? what : $"{what}s")}");
        foreach (var problem in file.Problems)
            Console.Out.WriteLine($"  {Word(problem.Severity)} in {Number(problem.Rows)} {(problem.Rows == 1 ? "row" : "rows")}, first on line {problem.FirstLine}{(problem.Column is null ? "" : $", column {problem.Column}")}: {problem.Cause} {problem.Cure}");
    }

    private static void PrintRows(ImportReport report, bool all)
    {
        var problems = Problems(report).ToList();
        if (problems.Count == 0)
            return;
        Console.Out.WriteLine();
        foreach (var (file, row) in all ? problems : problems.Take(FirstProblems))
            foreach (var problem in row.Problems)
                Console.Out.WriteLine($"{file.File}:{row.Line} {Word(problem.Severity)} {row.Subject}: {problem.Cause}{(problem.Suggestion is null ? "" : $" → {problem.Suggestion}")}");
        if (!all && problems.Count > FirstProblems)
            Console.Out.WriteLine($"… and {Number(problems.Count - FirstProblems)} more rows; see them all with --all");
    }

    private static string Word(ProblemSeverity severity) => severity == ProblemSeverity.Error ? "error" : "warning";

    private static string[] Row(string file, string kind, ImportCounts counts) =>
        [file, kind, .. new[] { counts.Rows, counts.Created, counts.Updated, counts.Unchanged, counts.LinkedWithWarning, counts.SkippedDuplicate, counts.Rejected }.Select(Number)];

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
