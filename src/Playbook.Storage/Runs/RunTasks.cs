using Playbook.Abstractions;
using Playbook.Storage.Runs.Json;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Schema;
using Playbook.Storage.Runs.Writing;

namespace Playbook.Storage.Runs;

/// <summary>Reads what people are asked to do, and who took it. Opening and closing tasks is the runs' own business.</summary>
public sealed partial class RunTasks
{
    private const string Select = """
        SELECT t.Id, r.Id, t.DefinitionId, t.ActivityId, t.Role, t.Title, t.Owner, t.EscalatedFrom, t.CreatedAt, t.DueAt, t.Status,
            t.Outcome, t."By", t.CompletedAt, t.SubjectKind, t.SubjectId, t.Request, t.Fields
        FROM Tasks t JOIN Runs r ON r.Number = t.Run
        """;

    private readonly ReadPool _reads;
    private readonly StoreWriter _writer;

    internal RunTasks(ReadPool reads, StoreWriter writer)
    {
        _reads = reads;
        _writer = writer;
    }

    public TaskItem? Get(string taskId) => _reads.Read(taskId, static (connection, id) =>
        connection.Prepare($"{Select} WHERE t.Id = ?1").Bind(1, id).Rows(Item) is [var task] ? task : null);

    /// <summary>Tasks that match, earliest due first, those without a due time last.</summary>
    public IReadOnlyList<TaskItem> List(TaskFilter filter, int skip, int take)
    {
        var conditions = Where(filter);
        return _reads.Read((conditions, skip, take), static (connection, wanted) =>
        {
            var count = wanted.conditions.Count;
            var sql = $"{Select}{wanted.conditions.Where} ORDER BY t.DueAt IS NULL, t.DueAt, t.Number LIMIT ?{count + 1} OFFSET ?{count + 2}";
            return wanted.conditions.Bind(connection.Prepare(sql)).Bind(count + 1, wanted.take).Bind(count + 2, wanted.skip).Rows(Item);
        });
    }

    public long Count(TaskFilter filter) => _reads.Read(Where(filter), static (connection, conditions) =>
        conditions.Bind(connection.Prepare($"SELECT count(*) FROM Tasks t{conditions.Where}")).Rows(row => row.Int64(0))[0]);

    /// <summary>Open tasks by role.</summary>
    public IReadOnlyList<TaskCount> CountByRole() => _reads.Read(0, static (connection, _) => connection
        .Prepare("SELECT Role, count(*), count(*) - count(Owner) FROM Tasks WHERE Status = 0 GROUP BY Role ORDER BY Role")
        .Rows(row => new TaskCount(row.Text(0), row.Int64(1), row.Int64(2))));

    /// <summary>
    /// Gives an open task to <paramref name="owner"/> (null for nobody). False where it is no longer open, or belongs to
    /// somebody other than <paramref name="before"/>: two reps who reach for it at once do not both get it.
    /// </summary>
    public ValueTask<bool> Assign(string taskId, string? owner, string? before = null)
    {
        var request = new WriteRequest<bool>(tables => tables.Tasks.Assign(taskId, owner, before));
        _writer.Enqueue(request);
        return request.Result();
    }

    private static Conditions Where(TaskFilter filter)
    {
        var conditions = new Conditions();
        // Written out, not as a value, so that SQLite can choose the index over open tasks.
        if (filter.State is { } state)
            conditions.Always(state switch { TaskState.Open => "t.Status = 0", TaskState.Completed => "t.Status = 1", _ => "t.Status = 2" });
        if (filter.Unowned)
            conditions.Always("t.Owner IS NULL");
        return conditions
            .With("t.Role =", filter.Role)
            .With("t.Owner =", filter.Owner)
            .With("t.DefinitionId =", filter.DefinitionId)
            .With("t.SubjectId <> '' AND t.SubjectId =", filter.SubjectId);
    }

    private static TaskItem Item(Statement row) => new(
        row.Text(0), row.Guid(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.TextOrNull(6), row.TextOrNull(7), row.Time(8),
        row.TimeOrNull(9), (TaskState)row.Int32(10), row.TextOrNull(11), row.TextOrNull(12), row.TimeOrNull(13), row.Text(14), row.Text(15),
        (Effect.OpenTask)EffectJson.Read(row.Blob(16)),
        row.IsNull(17) ? new Dictionary<string, object?>() : EffectJson.ReadValues(row.Blob(17)));
}
