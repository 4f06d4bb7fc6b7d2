namespace Playbook.Sales.Import;

/// <summary>A table together with what it is.</summary>
public sealed record MappedTable(ImportTable Table, ColumnMapping Mapping);

/// <summary>
/// Decides what an import comes to: the same tables and the same book give the same plan, and nothing is written.
/// A preview is a plan that nobody carries out.
/// </summary>
public static class ImportPlanner
{
    public static ImportPlan Plan(
        IEnumerable<MappedTable> tables, CrmBook book, ImportOptions options, TimeProvider time, IProgress<ImportProgress>? progress = null)
    {
        var planning = new Planning(book, options, time);
        var files = new List<FileReport>();
        foreach (var table in tables.OrderBy(table => table.Mapping.Kind))
        {
            planning.Begin(table.Table.File);
            files.Add(PlanFile(table, planning, progress));
        }
        return new(files, planning.Changes);
    }

    private static FileReport PlanFile(MappedTable mapped, Planning planning, IProgress<ImportProgress>? progress)
    {
        var (table, mapping) = mapped;
        var notes = new List<string>([.. table.Notes, .. mapping.Notes]);
        var order = planning.Options.DateOrder ?? OrderOf(table, mapping, notes);
        var decimalComma = table.Delimiter == ';';
        var readers = table.Rows.Select(row => Reader(row, mapping, decimalComma, order)).ToList();
        var rows = new List<RowReport>(readers.Count);
        foreach (var report in Plan(readers, mapping.Kind, planning))
        {
            rows.Add(report);
            if (rows.Count % 500 == 0 || rows.Count == readers.Count)
                progress?.Report(new("checking", table.File, rows.Count, readers.Count));
        }
        return new FileReport
        {
            File = table.File,
            Kind = mapping.Kind,
            Encoding = table.Encoding,
            Delimiter = table.Delimiter,
            Hash = table.Hash,
            Columns = mapping.Columns,
            Notes = notes,
            Counts = ImportCounts.Of(rows),
            WithWarnings = rows.Count(row => row.Outcome is not (RowOutcome.Rejected or RowOutcome.SkippedDuplicate) && row.Problems.Count > 0),
            Problems = Summarise(rows),
            AlsoCreated = planning.AlsoCreated,
            Rows = rows,
            FirstRows = [.. rows.Where(row => row.Cells.Count >= table.Header.Count).Take(planning.Options.PreviewRows).Select(row => RowReader.AsMapped(mapping, row))],
        };
    }

    private static IEnumerable<RowReport> Plan(List<RowReader> rows, ImportKind kind, Planning planning)
    {
        if (kind == ImportKind.Accounts)
            return AccountRows.Plan(rows, planning);
        Func<RowReader, Planning, RowReport> plan = kind switch
        {
            ImportKind.Products => ProductRows.Plan,
            ImportKind.Teams => TeamRows.Plan,
            ImportKind.Contacts => ContactRows.Plan,
            _ => OpportunityRows.Plan,
        };
        return rows.Select(row => row.IsRejected ? row.Report(RowOutcome.Rejected, "", null) : plan(row, planning));
    }

    private static RowReader Reader(ImportRow row, ColumnMapping mapping, bool decimalComma, DateOrder order)
    {
        var reader = new RowReader(mapping, row, decimalComma, order);
        if (row.Broken is not null)
            reader.Problems.Add(row.Broken);
        return reader;
    }

    private static DateOrder OrderOf(ImportTable table, ColumnMapping mapping, List<string> notes)
    {
        var days = new[] { ImportField.EngagedOn, ImportField.ClosesOn }
            .Select(mapping.IndexOf).OfType<int>()
            .SelectMany(at => table.Rows.Where(row => row.Broken is null).Select(row => row.Cells[at]))
            .ToList();
        var order = DateText.OrderOf(days);
        if (order is null && days.Find(DateText.IsAmbiguous) is { } example)
            notes.Add($"Dates such as {example} could be read two ways; the day was taken to come first. Say so if the month does.");
        return order ?? DateOrder.DayFirst;
    }

    private static List<ProblemSummary> Summarise(IEnumerable<RowReport> rows) =>
    [
        .. rows.SelectMany(row => row.Problems.Select(problem => (row.Line, problem)))
            .GroupBy(entry => (entry.problem.Severity, entry.problem.Column, entry.problem.Cause, entry.problem.Cure))
            .Select(group => new ProblemSummary(group.Key.Severity, group.Key.Column, group.Key.Cause, group.Key.Cure, group.Count(), group.Min(entry => entry.Line)))
            .OrderByDescending(summary => summary.Severity).ThenByDescending(summary => summary.Rows),
    ];
}
