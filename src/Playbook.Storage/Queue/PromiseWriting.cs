using Playbook.Sales.Queue;
using Playbook.Storage.Runs;
using SQLitePCL;

namespace Playbook.Storage.Queue;

/// <summary>Writes promises on the writer's connection, in its transaction.</summary>
internal sealed class PromiseWriting(sqlite3 connection, WriterFaults? faults) : IDisposable
{
    private readonly Statement _add = new(connection, """
        INSERT INTO Promises (Id, ContactId, TaskId, Text, At, MadeAt, "By") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (Id) DO NOTHING
        """, faults);

    private readonly Statement _kept = new(connection, "UPDATE Promises SET KeptAt = ?2, KeptBy = ?3 WHERE Id = ?1 AND KeptAt IS NULL AND WithdrawnAt IS NULL", faults);
    private readonly Statement _withdrawn = new(connection, "UPDATE Promises SET WithdrawnAt = ?2, WithdrawnBy = ?3 WHERE Id = ?1 AND KeptAt IS NULL AND WithdrawnAt IS NULL", faults);

    private readonly Statement _done = new(connection, """
        UPDATE Promises SET KeptAt = ?2, KeptBy = ?3 WHERE ContactId = ?1 AND KeptAt IS NULL AND WithdrawnAt IS NULL AND At <= ?4 AND MadeAt < ?2
        """, faults);

    internal bool Add(Promise promise) => _add.Bind(1, DeskTable.Text(promise.Id)).Bind(2, DeskTable.Text(promise.ContactId)).Bind(3, promise.TaskId).Bind(4, promise.Text)
        .Bind(5, promise.At.UtcTicks).Bind(6, promise.MadeAt.UtcTicks).Bind(7, promise.By).Execute() == 1;

    internal bool Settle(Guid id, bool isKept, string? by, DateTimeOffset at) => (isKept ? _kept : _withdrawn).Bind(1, DeskTable.Text(id)).Bind(2, at.UtcTicks).Bind(3, by).Execute() == 1;

    /// <summary>Somebody did something for the contact: that keeps what was promised for about now.</summary>
    internal int Done(Guid contact, string? by, DateTimeOffset at) =>
        _done.Bind(1, DeskTable.Text(contact)).Bind(2, at.UtcTicks).Bind(3, by).Bind(4, (at + Promise.Grace).UtcTicks).Execute();

    public void Dispose()
    {
        _add.Dispose();
        _kept.Dispose();
        _withdrawn.Dispose();
        _done.Dispose();
    }
}
