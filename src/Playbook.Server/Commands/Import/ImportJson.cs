using Playbook.Sales.Import;

namespace Playbook.Server.Commands.Import;

/// <summary>An import's report for a program. Rows are only those with problems.</summary>
internal static class ImportJson
{
    public static void Write(ImportReport report, bool all)
    {
        var problems = ImportPrinter.Problems(report).ToList();
        JsonOutput.Write(new
        {
            report.BatchId,
            report.At,
            report.Counts,
            files = report.Files.Select(file => new { file.File, file.Kind, file.Encoding, delimiter = file.Delimiter.ToString(), file.Hash, file.Columns, file.Notes, file.Counts, file.WithWarnings, file.AlsoCreated, file.Problems }),
            report.PassedOver,
            rowsWithProblems = problems.Count,
            rows = problems.Take(all ? int.MaxValue : ImportPrinter.FirstProblems).Select(p => new { p.File.File, p.Row.Line, p.Row.Outcome, p.Row.Subject, p.Row.RecordId, p.Row.Problems, p.Row.Cells }),
        });
    }
}
