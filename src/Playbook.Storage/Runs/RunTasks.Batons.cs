namespace Playbook.Storage.Runs;

public sealed partial class RunTasks
{
    // The task that a baton opens is the only one with a packet.
    private const string IsBaton = """instr(CAST(t.Request AS TEXT), '"packet"') > 0""";

    /// <summary>Batons that wait for an answer, soonest due first.</summary>
    public IReadOnlyList<TaskItem> OpenBatons(int most) => _reads.Read(most, static (connection, wanted) =>
        connection.Prepare($"{Select} WHERE t.Status = 0 AND {IsBaton} ORDER BY t.DueAt IS NULL, t.DueAt, t.Number LIMIT ?1").Bind(1, wanted).Rows(Item));

    /// <summary>Batons that were passed since then and are answered or ran out, newest first.</summary>
    public IReadOnlyList<TaskItem> AnsweredBatons(DateTimeOffset since, int most) => _reads.Read((since, most), static (connection, wanted) =>
        connection.Prepare($"{Select} WHERE t.Status <> 0 AND t.CreatedAt > ?1 AND {IsBaton} ORDER BY t.Number DESC LIMIT ?2").Bind(1, wanted.since).Bind(2, wanted.most).Rows(Item));

    /// <summary>Who did the last step in the same run before a task was opened; null where nobody did one.</summary>
    public string? DoneBefore(TaskItem task)
    {
        ArgumentNullException.ThrowIfNull(task);
        // Tasks are named after their run: the index over ids finds them.
        return _reads.Read((First: $"{task.RunId:N}-", End: $"{task.RunId:N}.", task.CreatedAt), static (connection, wanted) => connection
            .Prepare("""SELECT t."By" FROM Tasks t WHERE t.Id >= ?1 AND t.Id < ?2 AND t.Status = 1 AND t.CompletedAt <= ?3 AND t."By" IS NOT NULL ORDER BY t.CompletedAt DESC LIMIT 1""")
            .Bind(1, wanted.First).Bind(2, wanted.End).Bind(3, wanted.CreatedAt).Rows(row => row.Text(0)).FirstOrDefault());
    }
}
