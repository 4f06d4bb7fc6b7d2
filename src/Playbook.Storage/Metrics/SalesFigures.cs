using Playbook.Sales.Forecasts;
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

    private static readonly string CohortSql = $"""
        SELECT {QuarterOf("EngagedOn")}, count(*), sum(Status = 'Won'), sum(Status = 'Lost'),
            sum(CASE WHEN Status = 'Won' THEN coalesce(Value, 0) ELSE 0 END)
        FROM Opportunities WHERE EngagedOn IS NOT NULL GROUP BY 1 ORDER BY 1
        """;

    private const string EnrolledWithoutSale = """
        UNION ALL SELECT m.Day FROM MetricMarks m LEFT JOIN Opportunities o ON o.Id = upper(m.Subject)
        WHERE m.What = 'won' AND (o.Id IS NULL OR o.Status <> 'Won') AND NOT EXISTS (SELECT 1 FROM Opportunities s WHERE s.ContactId = upper(m.Subject) AND s.Status = 'Won')
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
    public IReadOnlyList<SalesCohort> Cohorts() => _reads.Read(0, static (connection, _) => connection.Prepare(CohortSql)
        .Rows(row => new SalesCohort(row.Text(0), row.Int64(1), row.Int64(2), row.Int64(3), row.Double(4))));

    /// <summary>Open sales, and what they would bring.</summary>
    public (long Count, double Value) Open() => _reads.Read(0, static (connection, _) => connection
        .Prepare("SELECT count(*), coalesce(sum(Value), 0) FROM Opportunities WHERE Status = 'Open'").Rows(row => (row.Int64(0), row.Double(1)))[0]);

    /// <summary>Sales begun in these days, and how many of them are won by now.</summary>
    public (long Begun, long Won) Cohort(DateOnly first, DateOnly last) => _reads.Read((first, last), static (connection, asked) => connection
        .Prepare("SELECT count(*), coalesce(sum(Status = 'Won'), 0) FROM Opportunities WHERE EngagedOn BETWEEN ?1 AND ?2")
        .Bind(1, Text(asked.first)).Bind(2, Text(asked.last)).Rows(row => (row.Int64(0), row.Int64(1)))[0]);

    /// <summary>
    /// How long each sale took that was open at some time in these days, until it was won or lost; of one still open on the last
    /// day, how long it has been.
    /// </summary>
    public IReadOnlyList<(double Days, bool Ended)> Durations(DateOnly first, DateOnly last) => _reads.Read((first, last), static (connection, asked) => connection
        .Prepare("""
            SELECT julianday(min(coalesce(CASE WHEN Status <> 'Open' THEN ClosesOn END, ?2), ?2)) - julianday(EngagedOn), Status <> 'Open' AND ClosesOn <= ?2
            FROM Opportunities WHERE EngagedOn <= ?2 AND (Status = 'Open' OR ClosesOn >= ?1)
            """)
        .Bind(1, Text(asked.first)).Bind(2, Text(asked.last)).Rows(row => (Math.Max(0, row.Double(0)), row.Int32(1) == 1)));

    /// <summary>
    /// New clients by the week's Monday: accounts (or else contacts) with their first won sale, and subjects of runs that came to
    /// enrollment without a won sale of theirs. Weeks without any are left out.
    /// </summary>
    public IReadOnlyList<(DateOnly Monday, long Clients)> NewClients(DateOnly first, DateOnly last) => _reads.Read((first, last), static (connection, asked) => connection
        .Prepare($"""
            SELECT Day - Day % 7, count(*) FROM (
                SELECT CAST(julianday(min(ClosesOn)) - 1721425.5 AS INTEGER) AS Day FROM Opportunities
                WHERE Status = 'Won' AND ClosesOn IS NOT NULL GROUP BY coalesce(AccountId, ContactId, Id)
                {(DayQueries.Exists(connection) ? EnrolledWithoutSale : "")})
            WHERE Day BETWEEN ?1 AND ?2 GROUP BY 1 ORDER BY 1
            """)
        .Bind(1, asked.first.DayNumber).Bind(2, asked.last.DayNumber).Rows(row => (DateOnly.FromDayNumber(row.Int32(0)), row.Int64(1))));

    /// <summary>Sales begun, by the week's Monday.</summary>
    public IReadOnlyDictionary<DateOnly, long> Begun(DateOnly first, DateOnly last) => _reads.Read((first, last), static (connection, asked) => connection
        .Prepare("SELECT CAST(julianday(EngagedOn) - 1721425.5 AS INTEGER) / 7 * 7, count(*) FROM Opportunities WHERE EngagedOn BETWEEN ?1 AND ?2 GROUP BY 1")
        .Bind(1, Text(asked.first)).Bind(2, Text(asked.last)).Rows(row => (Week: DateOnly.FromDayNumber(row.Int32(0)), Count: row.Int64(1))).ToDictionary(week => week.Week, week => week.Count));

    /// <summary>What was won, by the week's Monday.</summary>
    public IReadOnlyDictionary<DateOnly, double> WonValue(DateOnly first, DateOnly last) => _reads.Read((first, last), static (connection, asked) => connection
        .Prepare("""
            SELECT CAST(julianday(ClosesOn) - 1721425.5 AS INTEGER) / 7 * 7, sum(coalesce(Value, 0)) FROM Opportunities WHERE Status = 'Won' AND ClosesOn BETWEEN ?1 AND ?2 GROUP BY 1
            """)
        .Bind(1, Text(asked.first)).Bind(2, Text(asked.last)).Rows(row => (Week: DateOnly.FromDayNumber(row.Int32(0)), Value: row.Double(1))).ToDictionary(week => week.Week, week => week.Value));

    /// <summary>What each client (an account, or a contact without one) brought, by name, the most first.</summary>
    public IReadOnlyList<(string Client, double Value)> WonByClient(DateOnly first, DateOnly last) => _reads.Read((first, last), static (connection, asked) => connection
        .Prepare("""
            SELECT coalesce(a.Name, c.Name, o.Name), sum(coalesce(o.Value, 0)) FROM Opportunities o
            LEFT JOIN Accounts a ON a.Id = o.AccountId LEFT JOIN Contacts c ON c.Id = o.ContactId
            WHERE o.Status = 'Won' AND o.ClosesOn BETWEEN ?1 AND ?2 GROUP BY coalesce(o.AccountId, o.ContactId, o.Id) ORDER BY 2 DESC
            """)
        .Bind(1, Text(asked.first)).Bind(2, Text(asked.last)).Rows(row => (row.Text(0), row.Double(1))));

    /// <summary>
    /// All sales as forecasts see them. Their stages are what their runs came to, with the day; the stage in the record is only that
    /// of today, and for a closed sale gives away how it ended.
    /// </summary>
    public IReadOnlyList<Deal> Deals() => _reads.Read(0, static (connection, _) =>
    {
        var moves = !DayQueries.Exists(connection) ? null : connection
            .Prepare("SELECT o.Id, m.Day, substr(m.What, 7) FROM Opportunities o JOIN MetricMarks m ON m.Subject = lower(o.Id) AND m.What >= 'phase:' AND m.What < 'phase;' ORDER BY m.At")
            .Rows(row => (Id: row.Text(0), Move: new StageMove(DateOnly.FromDayNumber(row.Int32(1)), row.Text(2)))).ToLookup(one => one.Id, one => one.Move, StringComparer.Ordinal);
        return connection
            .Prepare("""
                SELECT coalesce((SELECT Name FROM Products p WHERE p.Id = o.ProductId), ''), o.Id, EngagedOn, CASE WHEN Status <> 'Open' THEN ClosesOn END, Status = 'Won', coalesce(Value, 0)
                FROM Opportunities o WHERE EngagedOn IS NOT NULL AND (Status = 'Open' OR ClosesOn IS NOT NULL)
                """)
            .Rows(row => new Deal(row.Text(0), "", Day(row.Text(2)), row.TextOrNull(3) is { } closed ? Day(closed) : null, row.Int32(4) == 1, row.Int32(4) == 1 ? row.Double(5) : 0) { Moves = moves is null ? [] : [.. moves[row.Text(1)]] });
    });

    /// <summary>Customers by the month of their first won sale: how many, and how many bought again within 1, 3, 6 and 12 months of it.</summary>
    public IReadOnlyList<ClientCohort> ClientCohorts() => _reads.Read(0, static (connection, _) => connection
        .Prepare("""
            WITH bought AS (SELECT coalesce(AccountId, ContactId) AS Client, ClosesOn AS Day FROM Opportunities WHERE Status = 'Won' AND ClosesOn IS NOT NULL AND coalesce(AccountId, ContactId) IS NOT NULL),
            first AS (SELECT Client, min(Day) AS Day FROM bought GROUP BY Client),
            again AS (SELECT f.Client, f.Day, (SELECT min(b.Day) FROM bought b WHERE b.Client = f.Client AND b.Day > f.Day) AS Next FROM first f)
            SELECT substr(Day, 1, 7), count(*), sum(Next <= date(Day, '+1 month')), sum(Next <= date(Day, '+3 months')), sum(Next <= date(Day, '+6 months')), sum(Next <= date(Day, '+12 months'))
            FROM again GROUP BY 1 ORDER BY 1
            """)
        .Rows(row => new ClientCohort(row.Text(0), row.Int64(1), row.Int64(2), row.Int64(3), row.Int64(4), row.Int64(5))));

    /// <summary>Each client (an account, or a contact without one) with the first won sale and the day of the next.</summary>
    public IReadOnlyList<ClientReturn> Returns() => _reads.Read(0, static (connection, _) => connection
        .Prepare("""
            WITH bought AS (
                SELECT coalesce(AccountId, ContactId) AS Client, ClosesOn AS Day, OwnerId, ProductId,
                    row_number() OVER (PARTITION BY coalesce(AccountId, ContactId) ORDER BY ClosesOn, Id) AS Turn
                FROM Opportunities WHERE Status = 'Won' AND ClosesOn IS NOT NULL AND coalesce(AccountId, ContactId) IS NOT NULL)
            SELECT coalesce((SELECT Name FROM Reps WHERE Id = b.OwnerId), ''), coalesce((SELECT Name FROM Products WHERE Id = b.ProductId), ''), b.Day,
                (SELECT min(n.Day) FROM bought n WHERE n.Client = b.Client AND n.Day > b.Day)
            FROM bought b WHERE b.Turn = 1 ORDER BY b.Day
            """)
        .Rows(row => new ClientReturn(row.Text(0), row.Text(1), Day(row.Text(2)), row.TextOrNull(3) is { } next ? Day(next) : null)));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

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
