using Playbook.Sales.Metrics;
using Playbook.Storage.Runs.Reading;

namespace Playbook.Storage.Metrics;

/// <summary>How the steps of a playbook fare, and when people work, from the tasks that playbooks gave to them. Needs a migrated database.</summary>
public sealed class HeatQueries
{
    private const double MillisecondsOfDay = 86_400_000;

    private readonly ReadPool _reads;

    internal HeatQueries(ReadPool reads) => _reads = reads;

    /// <summary>The steps that people did or have to do.</summary>
    /// <param name="playbook">Its definition's id.</param>
    /// <param name="from">Tasks given from then on are counted …</param>
    /// <param name="until">… until then; what is open is open for as long as that.</param>
    public IReadOnlyList<StepHeat> Of(string playbook, DateTimeOffset from, DateTimeOffset until) => _reads.Read((playbook, from, until), static (connection, asked) =>
    {
        var visits = connection.Prepare("""
            SELECT t.ActivityId, t.CreatedAt, coalesce(t.CompletedAt, ?3), t.Status <> 0,
                r.FinishedAt IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM Tasks later WHERE later.SubjectId = t.SubjectId AND later.SubjectId <> '' AND later.Number > t.Number)
                AND NOT EXISTS (SELECT 1 FROM Tasks later WHERE t.SubjectId = '' AND later.Run = t.Run AND later.Number > t.Number)
            FROM Tasks t JOIN Runs r ON r.Number = t.Run
            WHERE t.DefinitionId = ?1 AND t.CreatedAt BETWEEN ?2 AND ?3 ORDER BY t.Number
            """)
            .Bind(1, asked.playbook).Bind(2, asked.from).Bind(3, asked.until)
            .Rows(row => new StepVisit(row.Text(0), Math.Max(0, row.Int64(2) - row.Int64(1)) / MillisecondsOfDay, row.Int32(3) == 1, row.Int32(4) == 1));
        var here = connection.Prepare("""
            SELECT t.ActivityId, count(*), sum(CASE t.SubjectKind
                WHEN 'opportunity' THEN (SELECT coalesce(o.Value, 0) FROM Opportunities o WHERE o.Id = upper(t.SubjectId) AND o.Status = 'Open')
                WHEN 'contact' THEN (SELECT sum(coalesce(o.Value, 0)) FROM Opportunities o WHERE o.ContactId = upper(t.SubjectId) AND o.Status = 'Open') END)
            FROM Tasks t WHERE t.DefinitionId = ?1 AND t.Status = 0 GROUP BY t.ActivityId
            """)
            .Bind(1, asked.playbook).Rows(row => (Step: row.Text(0), Count: row.Int64(1), Value: row.IsNull(2) ? 0 : row.Double(2)))
            .ToDictionary(step => step.Step, step => (step.Count, step.Value), StringComparer.Ordinal);
        return StepHeat.Of(visits, here);
    });

    /// <summary>When each rep did tasks; those of nobody named are left out.</summary>
    public IReadOnlyList<(string Rep, DateTimeOffset At)> Done(DateTimeOffset from, DateTimeOffset until) => _reads.Read((from, until), static (connection, asked) => connection
        .Prepare("""SELECT "By", CompletedAt FROM Tasks WHERE Status = 1 AND CompletedAt BETWEEN ?1 AND ?2 AND coalesce("By", '') <> '' """)
        .Bind(1, asked.from).Bind(2, asked.until).Rows(row => (row.Text(0), row.Time(1))));
}
