using Playbook.Engine.Runs;
using Playbook.Storage.Runs.Reading;

namespace Playbook.Storage.Runs;

/// <content>Finding runs in the many ways that Elsa's API knows.</content>
public sealed partial class RunQueries
{
    /// <summary>The runs found, in the order asked for.</summary>
    public IReadOnlyList<RunSummary> Search(RunSearch search, long skip, int take)
    {
        var order = OrderBy(search);
        return _reads.Read((search, order, skip, take), static (connection, wanted) =>
        {
            var conditions = Where(connection, wanted.search);
            var count = conditions.Count;
            // First which ones, then what they are: an index alone tells the first for most questions, and a run's row is large.
            var page = $"SELECT Number FROM Runs{conditions.Where} ORDER BY {wanted.order} LIMIT ?{count + 1} OFFSET ?{count + 2}";
            var sql = $"SELECT {Columns} FROM Runs WHERE Number IN ({page}) ORDER BY {wanted.order}";
            return conditions.Bind(connection.Prepare(sql)).Bind(count + 1, wanted.take).Bind(count + 2, wanted.skip).Rows(Summary);
        });
    }

    public long CountFound(RunSearch search) => _reads.Read(search, static (connection, wanted) =>
    {
        var conditions = Where(connection, wanted);
        return conditions.Bind(connection.Prepare($"SELECT count(*) FROM Runs{conditions.Where}")).Rows(row => row.Int64(0))[0];
    });

    private static string OrderBy(RunSearch search)
    {
        var direction = search.Ascending ? "ASC" : "DESC";
        // The number tells equals apart, so that no page shows a run twice.
        return search.Order switch
        {
            RunOrder.Updated => $"UpdatedAt {direction}, Number {direction}",
            RunOrder.Finished => $"FinishedAt {direction}, Number {direction}",
            RunOrder.Name => $"Name COLLATE NOCASE {direction}, Number {direction}",
            _ => $"Number {direction}",
        };
    }

    private static Conditions Where(ReadConnection connection, RunSearch search)
    {
        var conditions = new Conditions()
            .In("DefinitionId", search.DefinitionIds)
            .With("DefinitionVersionId =", search.DefinitionVersionId)
            .With("CorrelationId =", search.CorrelationId)
            .With("DefinitionVersion =", search.Version);
        if (search.WithIncidents is { } withIncidents)
            conditions.Always(withIncidents ? "OpenIncidents > 0" : "OpenIncidents = 0");
        if (search.Statuses.Count > 0)
            conditions.Always($"Status IN ({Numbers(search.Statuses.Select(status => (int)status))})");
        // A sub-status has one status; saying so lets the index serve.
        else if (search.SubStatuses.Count > 0)
            conditions.Always($"Status IN ({Numbers(search.SubStatuses.Select(status => (int)RunStatuses.Of(status)))})");
        if (search.SubStatuses.Count > 0)
            conditions.Always($"SubStatus IN ({Numbers(search.SubStatuses.Select(status => (int)status))})");
        foreach (var time in search.Times.Take(RunSearch.MostTimes))
            Add(conditions, time);
        if (!string.IsNullOrWhiteSpace(search.Name))
            conditions.Containing(search.Name.Trim(), "Name");
        return string.IsNullOrWhiteSpace(search.Term) ? conditions : Add(conditions, connection, search.Term.Trim());
    }

    private static Conditions Add(Conditions conditions, ReadConnection connection, string term)
    {
        // Whoever pastes a whole id is answered from the index instead of by a look at every run.
        if (Guid.TryParse(term, out var id) && connection.Prepare("SELECT 1 FROM Runs WHERE Id = ?1").Bind(1, id).Rows(row => row.Int32(0)).Count > 0)
            return conditions.With(id);
        return conditions.ContainingEither(term, ["Name", "DefinitionId", "DefinitionVersionId", "CorrelationId"], term.Replace("-", "", StringComparison.Ordinal), "hex(Id)");
    }

    private static void Add(Conditions conditions, RunTimeCondition time)
    {
        var column = time.Time switch { RunTime.UpdatedAt => "UpdatedAt", RunTime.FinishedAt => "FinishedAt", _ => "CreatedAt" };
        _ = time.Comparison switch
        {
            TimeComparison.Is => conditions.With($"{column} >=", time.From).With($"{column} <", time.End),
            TimeComparison.IsNot => conditions.Outside(column, time.From, time.End),
            TimeComparison.LessThan => conditions.With($"{column} <", time.From),
            TimeComparison.LessThanOrEqual => conditions.With($"{column} <", time.End),
            TimeComparison.GreaterThan => conditions.With($"{column} >=", time.End),
            _ => conditions.With($"{column} >=", time.From),
        };
    }

    private static string Numbers(IEnumerable<int> numbers) => string.Join(", ", numbers.Distinct().Order());
}
