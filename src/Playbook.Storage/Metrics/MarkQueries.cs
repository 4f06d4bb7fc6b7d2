using Playbook.Sales.Experiments;
using Playbook.Sales.Metrics;
using Playbook.Storage.Runs.Reading;

namespace Playbook.Storage.Metrics;

/// <summary>How subjects came from one thing to the next. Nothing before the first refresh of <see cref="Rollup"/>.</summary>
public sealed class MarkQueries
{
    private readonly ReadPool _reads;

    internal MarkQueries(ReadPool reads) => _reads = reads;

    /// <summary>To how many subjects something happened for the first time, by the week's Monday; weeks without any are left out.</summary>
    public IReadOnlyDictionary<DateOnly, long> PerWeek(string what, DateOnly first, DateOnly last) => _reads.Read((what, first, last), static (connection, asked) =>
        !DayQueries.Exists(connection) ? [] : connection.Prepare("SELECT Day - Day % 7, count(*) FROM MetricMarks WHERE What = ?1 AND Day BETWEEN ?2 AND ?3 GROUP BY 1")
            .Bind(1, asked.what).Bind(2, asked.first.DayNumber).Bind(3, asked.last.DayNumber)
            .Rows(row => (Week: DateOnly.FromDayNumber(row.Int32(0)), Count: row.Int64(1))).ToDictionary(week => week.Week, week => week.Count));

    /// <summary>To how many subjects it happened for the first time.</summary>
    public long Count(string what, DateOnly first, DateOnly last) => _reads.Read((what, first, last), static (connection, asked) =>
        !DayQueries.Exists(connection) ? 0 : connection.Prepare("SELECT count(*) FROM MetricMarks WHERE What = ?1 AND Day BETWEEN ?2 AND ?3")
            .Bind(1, asked.what).Bind(2, asked.first.DayNumber).Bind(3, asked.last.DayNumber).Rows(row => row.Int64(0))[0]);

    /// <summary>The cohort of all to whom the first of <paramref name="whats"/> happened in these days, with when the others did.</summary>
    /// <param name="whats">Marks; the first makes the cohort.</param>
    /// <param name="first">The cohort's first day.</param>
    /// <param name="last">Its last.</param>
    /// <param name="withValue">Whether to look up what the sales among them are worth.</param>
    public IReadOnlyList<Journey> Journeys(IReadOnlyList<string> whats, DateOnly first, DateOnly last, bool withValue = false)
    {
        ArgumentNullException.ThrowIfNull(whats);
        return _reads.Read((whats, first, last, withValue), static (connection, asked) =>
        {
            if (!DayQueries.Exists(connection))
                return [];
            var count = asked.whats.Count;
            var hasSales = asked.withValue && connection.Prepare("SELECT 1 FROM sqlite_master WHERE name = 'Opportunities'").Rows(row => row.Int32(0)).Count > 0;
            var others = string.Concat(Enumerable.Range(1, count - 1).Select(at => $", (SELECT m.At FROM MetricMarks m WHERE m.Subject = c.Subject AND m.What = ?{at + 1})"));
            var select = connection.Prepare($"""
                SELECT c.At{others}, {(hasSales ? "coalesce((SELECT o.Value FROM Opportunities o WHERE o.Id = upper(c.Subject)), 0)" : "0")}
                FROM MetricMarks c WHERE c.What = ?1 AND c.Day BETWEEN ?{count + 1} AND ?{count + 2}
                """);
            for (var at = 0; at < count; at++)
                select.Bind(at + 1, asked.whats[at]);
            return select.Bind(count + 1, asked.first.DayNumber).Bind(count + 2, asked.last.DayNumber)
                .Rows(row => new Journey([.. Enumerable.Range(0, count).Select(row.TimeOrNull)], row.Double(count)));
        });
    }

    /// <summary>The experiments that gave anybody a variant, with how many, by name.</summary>
    public IReadOnlyList<(string Experiment, string Variant, long Subjects)> Variants() => _reads.Read(0, static (connection, _) =>
        !DayQueries.Exists(connection) ? [] : connection.Prepare("SELECT What, count(*) FROM MetricMarks WHERE What >= 'variant:' AND What < 'variant;' GROUP BY What")
            .Rows(row => (What: row.Text(0), Count: row.Int64(1))).Select(one => (Mark.ExperimentOf(one.What)!, one.What[(one.What.LastIndexOf(':') + 1)..], one.Count)).ToList());

    /// <summary>How it went with everybody in an experiment.</summary>
    /// <param name="experiment">Its name.</param>
    /// <param name="hope">The mark that is a success.</param>
    /// <param name="assignedUntil">Only who was assigned by then: of the others it is not known yet.</param>
    public IReadOnlyList<Answer> Answers(string experiment, string hope, DateTimeOffset assignedUntil) => _reads.Read((experiment, hope, assignedUntil), static (connection, asked) =>
    {
        if (!DayQueries.Exists(connection))
            return [];
        var before = Mark.Variants(asked.experiment);
        return connection.Prepare("""
            SELECT v.What, v.At, EXISTS (SELECT 1 FROM MetricMarks s WHERE s.Subject = v.Subject AND s.What = ?3), EXISTS (SELECT 1 FROM MetricMarks s WHERE s.Subject = v.Subject AND s.What = ?4)
            FROM MetricMarks v WHERE v.What >= ?1 AND v.What < ?2 AND v.At <= ?5 ORDER BY v.At, v.Subject
            """)
            .Bind(1, before).Bind(2, before[..^1] + ";").Bind(3, Mark.After(asked.experiment, asked.hope)).Bind(4, Mark.After(asked.experiment, Mark.OptedOut)).Bind(5, asked.assignedUntil)
            .Rows(row => new Answer(row.Text(0)[before.Length..], row.Time(1), row.Int32(2) == 1, row.Int32(3) == 1));
    });
}
