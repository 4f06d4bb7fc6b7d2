using Playbook.Sales.Metrics;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Reading;

namespace Playbook.Storage.Metrics;

/// <summary>Figures of sales, counted from the opportunities each time they are asked for. Needs a migrated database.</summary>
public sealed class SalesFigures
{
    // A sale is up to two things that happened: it was begun, and it was won or lost.
    private const string Happened = """
        WITH happened AS (
            SELECT OwnerId, ProductId, EngagedOn AS Day, 1 AS Begun, 0 AS Won, 0 AS Lost, 0.0 AS Value, 0.0 AS Days
            FROM Opportunities WHERE EngagedOn IS NOT NULL
            UNION ALL
            SELECT OwnerId, ProductId, ClosesOn, 0, Status = 'Won', Status = 'Lost',
                CASE WHEN Status = 'Won' THEN coalesce(Value, 0) ELSE 0 END,
                CASE WHEN Status = 'Won' THEN coalesce(julianday(ClosesOn) - julianday(EngagedOn), 0) ELSE 0 END
            FROM Opportunities WHERE Status <> 'Open' AND ClosesOn IS NOT NULL)
        """;

    private static readonly string Cohort = $"""
        SELECT {QuarterOf("EngagedOn")}, count(*), sum(Status = 'Won'), sum(Status = 'Lost'),
            sum(CASE WHEN Status = 'Won' THEN coalesce(Value, 0) ELSE 0 END)
        FROM Opportunities WHERE EngagedOn IS NOT NULL GROUP BY 1 ORDER BY 1
        """;

    private readonly ReadPool _reads;

    internal SalesFigures(ReadPool reads) => _reads = reads;

    /// <summary>A figure for each group that there is, sorted by the groups' names; one for everything where no group is named.</summary>
    /// <param name="groups">What to sort by, each once.</param>
    /// <param name="first">Only what happened from this day on; null for all.</param>
    /// <param name="last">Only what happened until this day; null for all.</param>
    public IReadOnlyList<SalesFigure> By(IReadOnlyList<SalesGroup> groups, DateOnly? first = null, DateOnly? last = null) =>
        _reads.Read((groups, first, last), static (connection, asked) => connection.Prepare(Sql(asked.groups))
            .Bind(1, Text(asked.first)).Bind(2, Text(asked.last))
            .Rows(row =>
            {
                var at = asked.groups.Count;
                return new SalesFigure([.. Enumerable.Range(0, at).Select(row.Text)], row.Int64(at), row.Int64(at + 1), row.Int64(at + 2), row.Double(at + 3), row.Double(at + 4));
            }));

    /// <summary>What became of the sales begun in each quarter, oldest first.</summary>
    public IReadOnlyList<SalesCohort> Cohorts() => _reads.Read(0, static (connection, _) => connection.Prepare(Cohort)
        .Rows(row => new SalesCohort(row.Text(0), row.Int64(1), row.Int64(2), row.Int64(3), row.Double(4))));

    private static string Sql(IReadOnlyList<SalesGroup> groups)
    {
        var names = groups.Select(group => group switch
        {
            SalesGroup.Rep => "coalesce((SELECT Name FROM Reps r WHERE r.Id = h.OwnerId), '')",
            SalesGroup.Product => "coalesce((SELECT Name FROM Products p WHERE p.Id = h.ProductId), '')",
            _ => QuarterOf("h.Day"),
        });
        var places = string.Join(", ", Enumerable.Range(1, groups.Count));
        return $"""
            {Happened}
            SELECT {string.Concat(names.Select(name => name + ", "))}sum(Begun), sum(Won), sum(Lost), sum(Value), sum(Days)
            FROM happened h WHERE (?1 IS NULL OR h.Day >= ?1) AND (?2 IS NULL OR h.Day <= ?2)
            {(groups.Count == 0 ? "HAVING count(*) > 0" : $"GROUP BY {places} ORDER BY {places}")}
            """;
    }

    private static string QuarterOf(string day) => $"substr({day}, 1, 4) || '-Q' || ((CAST(substr({day}, 6, 2) AS INTEGER) + 2) / 3)";

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
