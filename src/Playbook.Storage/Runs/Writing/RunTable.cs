using Playbook.Engine.Runs;
using SQLitePCL;

namespace Playbook.Storage.Runs.Writing;

/// <summary>What the writer needs to know of a stored run before it writes the next turn.</summary>
internal record struct RunHead(long Number, long Revision, long LastJournal, long? DueAt, RunStatus Status, RunSubStatus SubStatus, int OpenTasks, int OpenWaits, int OpenIncidents)
{
    /// <summary>The columns that <see cref="Read"/> expects.</summary>
    internal const string Columns = "Number, Revision, LastJournal, DueAt, Status, SubStatus, OpenTasks, OpenWaits, OpenIncidents";

    internal static RunHead Read(Statement row) => new(
        row.Int64(0), row.Int64(1), row.Int64(2), row.IsNull(3) ? null : row.Int64(3),
        (RunStatus)row.Int32(4), (RunSubStatus)row.Int32(5), row.Int32(6), row.Int32(7), row.Int32(8));
}

/// <summary>Writes runs and their journal.</summary>
internal sealed class RunTable(sqlite3 connection, WriterFaults? faults) : IDisposable
{
    private readonly Statement _find = new(connection, $"SELECT {RunHead.Columns} FROM Runs WHERE Id = ?1", faults);

    private readonly Statement _insert = new(connection, """
        INSERT INTO Runs (Number, Id, Revision, DefinitionId, DefinitionVersionId, DefinitionVersion, Status, SubStatus, SubjectKind,
            SubjectId, Name, CorrelationId, CreatedAt, UpdatedAt, FinishedAt, DueAt, OpenTasks, OpenWaits, OpenIncidents, LastJournal, State)
        VALUES (?1, ?12, ?2, ?13, ?3, ?4, ?14, ?15, ?16, ?17, ?5, ?6, ?18, ?7, ?19, ?8, ?9, ?10, ?21, ?11, ?20)
        """, faults);

    // Naming an indexed column in SET makes SQLite rewrite its index entries even where the value stays, so the statuses
    // and the count of incidents are named only when they change.
    private readonly Statement _update = new(connection, """
        UPDATE Runs SET Revision = ?2, DefinitionVersionId = ?3, DefinitionVersion = ?4, Name = ?5, CorrelationId = ?6, UpdatedAt = ?7,
            DueAt = ?8, OpenTasks = ?9, OpenWaits = ?10, LastJournal = ?11, State = ?20
        WHERE Number = ?1 AND Revision = ?22
        """, faults);

    private readonly Statement _updateStatus = new(connection, """
        UPDATE Runs SET Revision = ?2, DefinitionVersionId = ?3, DefinitionVersion = ?4, Name = ?5, CorrelationId = ?6, UpdatedAt = ?7,
            DueAt = ?8, OpenTasks = ?9, OpenWaits = ?10, LastJournal = ?11, Status = ?14, SubStatus = ?15, FinishedAt = ?19, OpenIncidents = ?21, State = ?20
        WHERE Number = ?1 AND Revision = ?22
        """, faults);

    private readonly Statement _append = new(connection, """
        INSERT INTO Journal (Seq, Run, Previous, Revision, At, Body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """, faults);

    private long _lastNumber = Last(connection, "SELECT max(Number) FROM Runs");
    private long _lastSeq = Last(connection, "SELECT max(Seq) FROM Journal");

    /// <summary>The number of the newest turn in the journal.</summary>
    internal long LastSeq => _lastSeq;

    internal long NextNumber() => ++_lastNumber;

    internal bool TryFind(Guid id, out RunHead head)
    {
        head = default;
        if (!_find.Bind(1, id).Step())
            return false;
        head = RunHead.Read(_find);
        _find.Reset();
        return true;
    }

    internal long Append(in RunHead head, RunState state, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seq = ++_lastSeq;
        _append.Bind(1, seq).Bind(2, head.Number).Bind(3, head.LastJournal).Bind(4, state.Revision).Bind(5, at).BindBlob(6, body).Execute();
        return seq;
    }

    internal void Insert(in RunHead head, RunState state, ReadOnlySpan<byte> bytes)
    {
        BindTurn(_insert, head, state, bytes);
        BindStatus(_insert, head, state);
        _insert.Bind(12, state.Id).Bind(13, state.DefinitionId).Bind(16, state.Subject.Kind).Bind(17, state.Subject.Id).Bind(18, state.CreatedAt);
        _insert.Execute();
    }

    /// <summary>Throws <see cref="StaleHeadException"/> where the row is no longer at the revision of <paramref name="before"/>.</summary>
    internal void Update(in RunHead before, in RunHead head, RunState state, ReadOnlySpan<byte> bytes)
    {
        var statement = _update;
        if (before.Status != state.Status || before.SubStatus != state.SubStatus || before.OpenIncidents != head.OpenIncidents)
            BindStatus(statement = _updateStatus, head, state);
        BindTurn(statement, head, state, bytes);
        if (statement.Bind(22, before.Revision).Execute() == 0)
            throw new StaleHeadException();
    }

    internal static long Last(sqlite3 connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _update.Dispose();
        _updateStatus.Dispose();
        _append.Dispose();
    }

    private static void BindTurn(Statement statement, in RunHead head, RunState state, ReadOnlySpan<byte> bytes) => statement
        .Bind(1, head.Number).Bind(2, state.Revision).Bind(3, state.DefinitionVersionId).Bind(4, state.DefinitionVersion)
        .Bind(5, state.Name).Bind(6, state.CorrelationId).Bind(7, state.UpdatedAt).Bind(8, head.DueAt)
        .Bind(9, head.OpenTasks).Bind(10, head.OpenWaits).Bind(11, head.LastJournal).BindBlob(20, bytes);

    private static void BindStatus(Statement statement, in RunHead head, RunState state) => statement
        .Bind(14, (long)state.Status).Bind(15, (long)state.SubStatus).Bind(19, state.FinishedAt).Bind(21, head.OpenIncidents);
}
