using System.Text;
using Playbook.Abstractions;
using Playbook.Sales.Queue;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Json;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Writing;

namespace Playbook.Storage.Queue;

/// <summary>
/// Who took, put off, gave away and answered which task. Written by the run store's one writer; every call returns when it is
/// on disk. Needs a migrated database.
/// </summary>
public sealed class QueueBook
{
    private const string SelectHeld = """SELECT TaskId, "Key", Outcome, Fields, "By", HeldAt, TakeAt, Trouble, MailSubject, MailText FROM HeldAnswers""";
    private const string SelectMove = """SELECT Id, TaskId, Kind, At, "By", OwnerBefore, OwnerAfter, SnoozedBefore, SnoozedAfter, Why, Batch FROM TaskMoves""";

    private readonly ReadPool _reads;
    private readonly StoreWriter _writer;

    internal QueueBook(ReadPool reads, StoreWriter writer)
    {
        _reads = reads;
        _writer = writer;
    }

    /// <summary>Keeps an answer; false where the task is closed or another answer to it is held. The same answer again is kept once and true.</summary>
    public async ValueTask<bool> Hold(HeldAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var note = Note(answer, TaskMoveKind.Answered, answer.HeldAt, answer.By, answer.Outcome);
        var isNew = await Write(tables =>
        {
            if (!tables.Desk.Hold(answer))
                return false;
            tables.Desk.Note(note);
            return true;
        });
        return isNew || Held(answer.TaskId)?.Key == answer.Key;
    }

    /// <summary>The rep wants it back; false where the run has heard it.</summary>
    public ValueTask<bool> TakeBack(HeldAnswer answer, string? by, DateTimeOffset at) => DropWith(answer, Note(answer, TaskMoveKind.TakenBack, at, by, answer.Outcome));

    /// <summary>The run could not use it any more.</summary>
    public ValueTask<bool> Late(HeldAnswer answer, string why, DateTimeOffset at) => DropWith(answer, Note(answer, TaskMoveKind.Late, at, answer.By, why));

    /// <summary>The run has heard it.</summary>
    public ValueTask<bool> Heard(HeldAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Write(tables => tables.Desk.Drop(answer.TaskId, answer.Key));
    }

    /// <summary>The run cannot hear it now; it is tried again then.</summary>
    public ValueTask<bool> Postpone(HeldAnswer answer, DateTimeOffset until, string trouble)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Write(tables => tables.Desk.Postpone(answer.TaskId, answer.Key, until, trouble));
    }

    /// <summary>Every answer that no run has heard yet, the first to be taken first.</summary>
    public IReadOnlyList<HeldAnswer> Held() => _reads.Read(0, static (connection, _) => connection.Prepare($"{SelectHeld} ORDER BY TakeAt, TaskId").Rows(Answer));

    public HeldAnswer? Held(string taskId) => _reads.Read(taskId, static (connection, id) =>
        connection.Prepare($"{SelectHeld} WHERE TaskId = ?1").Bind(1, id).Rows(Answer).FirstOrDefault());

    /// <summary>Makes the moves that still fit, in one transaction; returns those that were made. One does not fit where somebody else was faster.</summary>
    public ValueTask<IReadOnlyList<TaskMove>> Move(IReadOnlyList<TaskMove> moves) => Write(tables => (IReadOnlyList<TaskMove>)[.. moves.Where(tables.Desk.Move)]);

    /// <summary>What was done with a task, newest first.</summary>
    public IReadOnlyList<TaskMove> Moves(string taskId) => _reads.Read(taskId, static (connection, id) =>
        connection.Prepare($"{SelectMove} WHERE TaskId = ?1 ORDER BY At DESC, rowid DESC").Bind(1, id).Rows(Moved));

    /// <summary>The moves that were made together.</summary>
    public IReadOnlyList<TaskMove> Moves(Guid batch) => _reads.Read(DeskTable.Text(batch), static (connection, id) =>
        connection.Prepare($"{SelectMove} WHERE Batch = ?1 AND Batch IS NOT NULL ORDER BY rowid").Bind(1, id).Rows(Moved));

    private ValueTask<bool> DropWith(HeldAnswer answer, TaskMove note) => Write(tables =>
    {
        if (!tables.Desk.Drop(answer.TaskId, answer.Key))
            return false;
        tables.Desk.Note(note);
        return true;
    });

    private static TaskMove Note(HeldAnswer answer, TaskMoveKind kind, DateTimeOffset at, string? by, string why) =>
        new() { Id = Guid.CreateVersion7(at), TaskId = answer.TaskId, Kind = kind, At = at, By = by, Why = why };

    private static HeldAnswer Answer(Statement row) => new(
        row.Text(0), row.Text(1), row.Text(2), EffectJson.ReadValues(Encoding.UTF8.GetBytes(row.Text(3))), row.TextOrNull(4), Time(row, 5), Time(row, 6))
    {
        Trouble = row.TextOrNull(7), Written = row.TextOrNull(9) is { } text ? new WrittenMessage(row.TextOrNull(8), text) : null,
    };

    private static TaskMove Moved(Statement row) => new()
    {
        Id = System.Guid.Parse(row.Text(0)), TaskId = row.Text(1), Kind = Enum.Parse<TaskMoveKind>(row.Text(2)), At = Time(row, 3), By = row.TextOrNull(4),
        OwnerBefore = row.TextOrNull(5), OwnerAfter = row.TextOrNull(6), SnoozedBefore = row.IsNull(7) ? null : Time(row, 7), SnoozedAfter = row.IsNull(8) ? null : Time(row, 8),
        Why = row.TextOrNull(9), Batch = row.IsNull(10) ? null : System.Guid.Parse(row.Text(10)),
    };

    private static DateTimeOffset Time(Statement row, int column) => new(row.Int64(column), TimeSpan.Zero);

    private ValueTask<T> Write<T>(Func<WriteTables, T> write)
    {
        var request = new WriteRequest<T>(write);
        _writer.Enqueue(request);
        return request.Result();
    }
}
