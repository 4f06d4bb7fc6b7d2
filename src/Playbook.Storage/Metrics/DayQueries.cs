using Playbook.Sales.Metrics;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Reading;

namespace Playbook.Storage.Metrics;

/// <summary>Sums over the count. Everything is 0 before the first refresh of <see cref="Rollup"/>.</summary>
public sealed class DayQueries
{
    private readonly ReadPool _reads;

    internal DayQueries(ReadPool reads) => _reads = reads;

    /// <summary>A sum for each combination of the parts that there is, in their order; one for everything where no part is named.</summary>
    public IReadOnlyList<DaySum> Sums(DayQuestion question, params IReadOnlyList<DayPart> parts)
    {
        ArgumentNullException.ThrowIfNull(question);
        return _reads.Read((question, parts), static (connection, asked) =>
        {
            if (!Exists(connection))
                return [];
            var question = asked.question;
            return connection.Prepare(Sql(asked.parts))
                .Bind(1, (long)question.Fact).Bind(2, question.First.DayNumber).Bind(3, question.Last.DayNumber)
                .Bind(4, question.Playbook).Bind(5, question.Step).Bind(6, question.Outcome).Bind(7, question.Rep).Bind(8, question.Channel).Bind(9, question.Role)
                .Rows(row => Sum(row, asked.parts.Count));
        });
    }

    /// <summary>The first and the last day on which anything happened; null where nothing has.</summary>
    public (DateOnly First, DateOnly Last)? Span() => _reads.Read(0, static (connection, _) =>
    {
        if (!Exists(connection))
            return ((DateOnly, DateOnly)?)null;
        var found = connection.Prepare("""
            SELECT min(first), max(last) FROM (SELECT min(Day) AS first, max(Day) AS last FROM MetricDays WHERE Fact = 1 UNION ALL SELECT min(Day), max(Day) FROM MetricDays WHERE Fact = 4
            UNION ALL SELECT min(Day), max(Day) FROM MetricDays WHERE Fact = 6)
            """).Rows(row => row.IsNull(0) ? ((int, int)?)null : (row.Int32(0), row.Int32(1)));
        return found is [{ } days] ? (DateOnly.FromDayNumber(days.Item1), DateOnly.FromDayNumber(days.Item2)) : null;
    });

    internal static bool Exists(ReadConnection connection) =>
        connection.Prepare("SELECT 1 FROM sqlite_master WHERE name = 'MetricState'").Rows(row => row.Int32(0)).Count > 0;

    private static DaySum Sum(Statement row, int parts) =>
        new([.. Enumerable.Range(0, parts).Select(row.Text)], new DayCount(row.Int64(parts), row.Int64(parts + 1), row.Int64(parts + 2)));

    private static string Sql(IReadOnlyList<DayPart> parts)
    {
        // Day 0 was a Monday.
        var columns = parts.Select(part => part switch { DayPart.Day => "Day", DayPart.Week => "Day - Day % 7", _ => part.ToString() }).ToList();
        var places = string.Join(", ", Enumerable.Range(1, parts.Count));
        return $"""
            SELECT {string.Concat(columns.Select(column => column + ", "))}sum(Count), sum(Late), sum(Seconds)
            FROM MetricDays WHERE Fact = ?1 AND Day BETWEEN ?2 AND ?3
                AND (?4 IS NULL OR Playbook = ?4) AND (?5 IS NULL OR Step = ?5) AND (?6 IS NULL OR Outcome = ?6)
                AND (?7 IS NULL OR Rep = ?7) AND (?8 IS NULL OR Channel = ?8) AND (?9 IS NULL OR Role = ?9)
            {(parts.Count == 0 ? "HAVING count(*) > 0" : $"GROUP BY {places} ORDER BY {places}")}
            """;
    }
}
