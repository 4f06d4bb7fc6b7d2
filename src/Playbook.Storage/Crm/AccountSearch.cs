using Microsoft.EntityFrameworkCore;

namespace Playbook.Storage.Crm;

/// <summary>Which companies to show.</summary>
/// <param name="Search">Part of the name.</param>
public sealed record AccountChoice(string? Search = null, string? Sector = null, string? Country = null, bool ByValue = false, bool Descending = false);

/// <summary>A company in the list.</summary>
/// <param name="Won">What was sold to it in all.</param>
public sealed record AccountRow(Guid Id, string Name, string? Sector, string? Country, string? Location, int? Employees, double? Revenue, int Contacts, int OpenSales, double Won);

/// <summary>Finds companies.</summary>
public sealed class AccountSearch(IDbContextFactory<PlaybookDb> databases)
{
    private const string Select = """
        SELECT a.Id, a.Name, a.Sector, a.Country, a.Location, a.Employees, a.Revenue,
            (SELECT count(*) FROM Contacts c WHERE c.AccountId = a.Id) AS Contacts,
            (SELECT count(*) FROM Opportunities o WHERE o.AccountId = a.Id AND o.Status = 'Open') AS OpenSales,
            (SELECT coalesce(sum(o.Value), 0.0) FROM Opportunities o WHERE o.AccountId = a.Id AND o.Status = 'Won') AS Won
        FROM p JOIN Accounts a ON a.Id = p.Id
        """;

    public async Task<ListPage<AccountRow>> Find(AccountChoice choice, string? place = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(choice);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var conditions = new ListConditions();
        if (!string.IsNullOrWhiteSpace(choice.Search))
            conditions.Add("""a.Name LIKE @ ESCAPE '\'""", ListConditions.Containing(choice.Search));
        if (!string.IsNullOrEmpty(choice.Sector))
            conditions.Add("a.Sector = @", choice.Sector);
        if (!string.IsNullOrEmpty(choice.Country))
            conditions.Add("a.Country = @", choice.Country);
        var order = choice.ByValue ? new ListOrder("coalesce(a.Revenue, -1)") : new ListOrder("a.Name", "COLLATE NOCASE");
        return await RecordList.Page<AccountRow>(
            database, "Accounts a", conditions, order, choice.Descending, place, Select,
            row => (choice.ByValue ? row.Revenue ?? -1 : row.Name, row.Id.ToString("D").ToUpperInvariant()), cancellationToken);
    }

    public async Task<IReadOnlyList<string>> Sectors(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Accounts.AsNoTracking().Where(account => account.Sector != null).Select(account => account.Sector!).Distinct().OrderBy(sector => sector).ToListAsync(cancellationToken);
    }
}
