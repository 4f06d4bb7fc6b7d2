using Playbook.Sales.Accounts;

namespace Playbook.Sales.Import;

internal static class AccountRows
{
    /// <summary>
    /// In two passes: a subsidiary may stand before its parent, and a parent's row may turn out to be bad.
    /// </summary>
    public static IEnumerable<RowReport> Plan(IReadOnlyList<RowReader> rows, Planning planning)
    {
        var first = rows.Select(row => (row, report: row.IsRejected ? null : Store(row, planning))).ToList();
        foreach (var (row, report) in first)
        {
            if (report is null || report.Outcome is RowOutcome.Rejected or RowOutcome.SkippedDuplicate)
                yield return report ?? row.Report(RowOutcome.Rejected, "", null);
            else
                yield return LinkParent(row, report, planning);
        }
    }

    public static string KeyOf(string name) => NameKey.OrName(NameKey.OfCompany(name), name);

    private static RowReport Store(RowReader row, Planning planning)
    {
        var shelf = planning.Book.Accounts;
        var name = row.Text(ImportField.FullName);
        var sector = SectorOf(row, planning);
        var year = row.Whole(ImportField.YearEstablished, 1000, 2200);
        var revenue = row.Number(ImportField.Revenue);
        var employees = row.Whole(ImportField.Employees, 0, 100_000_000);
        var location = row.Text(ImportField.Location);
        row.Text(ImportField.Parent);
        if (name is null)
            row.Reject(ImportField.FullName, null, "The account has no name.", "Name it.");
        if (name is null || row.IsRejected)
            return row.Report(RowOutcome.Rejected, name ?? "", null);

        var key = KeyOf(name);
        if (planning.IsDuplicate(row, RecordKind.Account, key, name))
            return row.Report(RowOutcome.SkippedDuplicate, name, shelf.Find(key)?.Id);

        var known = shelf.Find(key);
        Planning.WarnOfSpelling(row, name, known?.Name);
        var account = known ?? new Account { Id = planning.NewId(), Name = name, NameKey = key, CreatedAt = planning.Now, UpdatedAt = planning.Now };
        account = account with
        {
            Sector = sector ?? account.Sector,
            YearEstablished = year ?? account.YearEstablished,
            Revenue = revenue ?? account.Revenue,
            Employees = employees ?? account.Employees,
            Location = location ?? account.Location,
            Country = location is null ? account.Country : CountryOf(row, ImportField.Location, location) ?? account.Country,
        };
        Save(account, planning);
        return row.Report(RowOutcome.Unchanged, name, account.Id);
    }

    private static RowReport LinkParent(RowReader row, RowReport report, Planning planning)
    {
        var shelf = planning.Book.Accounts;
        var account = shelf.Get(report.RecordId)!;
        if (row.Text(ImportField.Parent) is { } text)
        {
            if (shelf.Find(KeyOf(text)) is not { } parent)
                row.Warn(ImportField.Parent, text, $"There is no account called \"{text}\".",
                    "It was stored without a parent. Import the parent, then this file again.", planning.Suggest(RecordKind.Account, text, shelf, other => other.Name));
            else if (IsBelow(parent, account.Id, shelf))
                row.Warn(ImportField.Parent, text, "The account would be its own parent.", "It was stored without a parent. Correct the parent.");
            else
            {
                if (NameKey.SpeltDifferently(text, parent.Name))
                {
                    row.LinkGuessed = true;
                    row.Warn(ImportField.Parent, text, $"The account is spelt \"{parent.Name}\" elsewhere.", "It was linked to that one.", parent.Name);
                }
                Save(account with { ParentId = parent.Id }, planning);
            }
        }
        return report with { Outcome = Planning.Outcome(row, planning.OutcomeOf(account.Id)) };
    }

    private static bool IsBelow(Account account, Guid above, Shelf<Account> shelf)
    {
        for (var at = account; at is not null; at = shelf.Get(at.ParentId))
            if (at.Id == above)
                return true;
        return false;
    }

    private static void Save(Account account, Planning planning) =>
        planning.Save(RecordKind.Account, planning.Book.Accounts, account, record => record with { UpdatedAt = planning.Now });

    private static string? SectorOf(RowReader row, Planning planning)
    {
        if (row.Text(ImportField.Sector) is not { } sector)
            return null;
        if (Sector.Correct(sector, planning.Options.Sectors) is not { } meant)
            return sector;
        row.Warn(ImportField.Sector, sector, $"The sector \"{sector}\" is probably a misspelling.", $"It was stored as \"{meant}\". Correct the file, or name the sector among your own.", meant);
        return meant;
    }

    public static string? CountryOf(RowReader row, string field, string place)
    {
        if (Country.Find(place) is { } code)
            return code;
        var meant = Country.Correct(place);
        row.Warn(field, place, $"There is no country called \"{place}\".",
            meant is null ? "It was stored as a place only. Write the country's name or its two letters." : $"It was taken for \"{meant}\". Correct the file.", meant);
        return meant is null ? null : Country.Find(meant);
    }
}
