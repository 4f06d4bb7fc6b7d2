using System.Buffers;
using Playbook.Sales.Queue;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Json;
using SQLitePCL;

namespace Playbook.Storage.Queue;

/// <summary>Writes who took, put off and answered what, on the writer's connection and in its transaction.</summary>
internal sealed class DeskTable(sqlite3 connection, WriterFaults? faults) : IDisposable
{
    // EF Core reads these tables: ids are text in capitals, enums their names, times ticks.
    private readonly Statement _hold = new(connection, """
        INSERT INTO HeldAnswers (TaskId, "Key", Outcome, Fields, "By", HeldAt, TakeAt, MailSubject, MailText)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE EXISTS (SELECT 1 FROM Tasks WHERE Id = ?1 AND Status = 0)
        ON CONFLICT (TaskId) DO NOTHING
        """, faults);

    private readonly Statement _drop = new(connection, """DELETE FROM HeldAnswers WHERE TaskId = ?1 AND "Key" = ?2""", faults);
    private readonly Statement _postpone = new(connection, """UPDATE HeldAnswers SET TakeAt = ?3, Trouble = ?4 WHERE TaskId = ?1 AND "Key" = ?2""", faults);

    private readonly Statement _move = new(connection, """
        UPDATE Tasks SET Owner = ?2, SnoozedUntil = ?3 WHERE Id = ?1 AND Status = 0 AND Owner IS ?4 AND SnoozedUntil IS ?5
        """, faults);

    private readonly Statement _note = new(connection, """
        INSERT INTO TaskMoves (Id, TaskId, Kind, At, "By", OwnerBefore, OwnerAfter, SnoozedBefore, SnoozedAfter, Why, Batch) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """, faults);

    /// <summary>False where the task is closed or an answer to it is held already.</summary>
    internal bool Hold(HeldAnswer answer)
    {
        var fields = new ArrayBufferWriter<byte>();
        EffectJson.WriteValues(answer.Fields, fields);
        return _hold.Bind(1, answer.TaskId).Bind(2, answer.Key).Bind(3, answer.Outcome).BindUtf8(4, fields.WrittenSpan).Bind(5, answer.By)
            .Bind(6, answer.HeldAt.UtcTicks).Bind(7, answer.TakeAt.UtcTicks).Bind(8, answer.Written?.Subject).Bind(9, answer.Written?.Text).Execute() == 1;
    }

    internal bool Drop(string taskId, string key) => _drop.Bind(1, taskId).Bind(2, key).Execute() == 1;

    internal bool Postpone(string taskId, string key, DateTimeOffset until, string trouble) =>
        _postpone.Bind(1, taskId).Bind(2, key).Bind(3, until.UtcTicks).Bind(4, trouble).Execute() == 1;

    /// <summary>False, and nothing written, where the task is closed or no longer as the move says it was before.</summary>
    internal bool Move(TaskMove move)
    {
        if (_move.Bind(1, move.TaskId).Bind(2, move.OwnerAfter).Bind(3, move.SnoozedAfter).Bind(4, move.OwnerBefore).Bind(5, move.SnoozedBefore).Execute() == 0)
            return false;
        Note(move);
        return true;
    }

    internal void Note(TaskMove move) => _note.Bind(1, Text(move.Id)).Bind(2, move.TaskId).Bind(3, move.Kind.ToString()).Bind(4, move.At.UtcTicks).Bind(5, move.By)
        .Bind(6, move.OwnerBefore).Bind(7, move.OwnerAfter).Bind(8, move.SnoozedBefore?.UtcTicks).Bind(9, move.SnoozedAfter?.UtcTicks)
        .Bind(10, move.Why).Bind(11, move.Batch is { } batch ? Text(batch) : null).Execute();

    public void Dispose()
    {
        _hold.Dispose();
        _drop.Dispose();
        _postpone.Dispose();
        _move.Dispose();
        _note.Dispose();
    }

    internal static string Text(Guid id) => id.ToString("D").ToUpperInvariant();
}
