using Playbook.Engine.Runs;
using Playbook.Storage.Runs.Schema;
using SQLitePCL;

namespace Playbook.Storage.Runs.Writing;

/// <summary>Writes what people are asked to do.</summary>
internal sealed class TaskTable(sqlite3 connection, WriterFaults? faults) : IDisposable
{
    private readonly Statement _open = new(connection, """
        INSERT INTO Tasks (Number, Id, Run, DefinitionId, ActivityId, Role, Title, CreatedAt, DueAt, Status, SubjectKind, SubjectId, Request)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11, ?12)
        """, faults);

    private readonly Statement _close = new(connection, """
        UPDATE Tasks SET Status = ?2, Outcome = ?3, "By" = ?4, CompletedAt = ?5, Fields = ?6 WHERE Id = ?1 AND Status = 0
        """, faults);

    private readonly Statement _escalate = new(connection, """
        UPDATE Tasks SET EscalatedFrom = Role, Role = ?2, Owner = NULL, SnoozedUntil = NULL WHERE Id = ?1 AND Status = 0
        """, faults);

    private readonly Statement _assign = new(connection, """
        UPDATE Tasks SET Owner = ?2 WHERE Id = ?1 AND Status = 0 AND (Owner IS NULL OR Owner IS ?3)
        """, faults);

    private long _lastNumber = RunTable.Last(connection, "SELECT max(Number) FROM Tasks");

    internal void Open(TaskOpened task, long run, DateTimeOffset at, ReadOnlySpan<byte> request) => _open
        .Bind(1, ++_lastNumber).Bind(2, task.TaskId).Bind(3, run).Bind(4, task.DefinitionId).Bind(5, task.ActivityId)
        .Bind(6, task.Request.Role).Bind(7, task.Request.Title).Bind(8, at).Bind(9, task.Request.DueAt)
        .Bind(10, task.SubjectKind).Bind(11, task.SubjectId).BindUtf8(12, request).Execute();

    /// <summary>How many tasks left the queue: one, or none where it was closed before.</summary>
    internal int Close(TaskClosed task, DateTimeOffset at, ReadOnlySpan<byte> fields)
    {
        _close.Bind(1, task.TaskId).Bind(2, (long)(task.Outcome is null ? TaskState.Withdrawn : TaskState.Completed))
            .Bind(3, task.Outcome).Bind(4, task.By).Bind(5, at);
        if (fields.IsEmpty)
            _close.BindNull(6);
        else
            _close.BindUtf8(6, fields);
        return _close.Execute();
    }

    internal void Escalate(TaskEscalated task) => _escalate.Bind(1, task.TaskId).Bind(2, task.ToRole).Execute();

    /// <summary>Gives an open task to somebody, where its owner is still <paramref name="before"/> or nobody.</summary>
    internal bool Assign(string taskId, string? owner, string? before) => _assign.Bind(1, taskId).Bind(2, owner).Bind(3, before).Execute() == 1;

    public void Dispose()
    {
        _open.Dispose();
        _close.Dispose();
        _escalate.Dispose();
        _assign.Dispose();
    }
}
