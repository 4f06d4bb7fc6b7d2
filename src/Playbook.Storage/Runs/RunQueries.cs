using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Storage.Runs.Json;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Storage.Runs;

/// <summary>Reads runs, their history and their messages. Every answer holds at one moment and includes all that was committed before the call.</summary>
public sealed partial class RunQueries
{
    private const string Columns = """
        Id, DefinitionId, DefinitionVersionId, DefinitionVersion, Status, SubStatus, SubjectKind, SubjectId, Name, CorrelationId,
        CreatedAt, UpdatedAt, FinishedAt, DueAt, Revision, OpenTasks, OpenIncidents,
        EXISTS (SELECT 1 FROM Pauses WHERE Run = Runs.Number)
        """;

    // The history of a run is a chain from its newest turn backwards: an index over the journal would be one more page
    // to write per turn.
    private const string SelectHistory = """
        WITH RECURSIVE turn (Seq, Previous, Revision, At, Body) AS (
            SELECT j.Seq, j.Previous, j.Revision, j.At, j.Body FROM Runs r JOIN Journal j ON j.Seq = r.LastJournal WHERE r.Id = ?1
            UNION ALL
            SELECT j.Seq, j.Previous, j.Revision, j.At, j.Body FROM turn t JOIN Journal j ON j.Seq = t.Previous)
        SELECT Revision, At, Body FROM turn
        """;

    private const string SelectMessages = """
        SELECT o.Id, o.ActivityId, o.Body, o.Status, o.CreatedAt, o.NotBefore, o.Attempts, o.Reason, o.DoneAt, o.Result
        FROM Outbox o WHERE o.Run = (SELECT Number FROM Runs WHERE Id = ?1) AND o.Kind = 'SendMessage' ORDER BY o.Seq
        """;

    private const string SelectFeed = """
        SELECT j.Seq, j.Revision, j.At, j.Body, r.Id, r.DefinitionId, r.DefinitionVersionId, r.SubjectKind, r.SubjectId
        FROM Journal j JOIN Runs r ON r.Number = j.Run WHERE j.Seq > ?1 ORDER BY j.Seq LIMIT ?2
        """;

    private readonly ReadPool _reads;

    internal RunQueries(ReadPool reads) => _reads = reads;

    /// <summary>Runs that match, newest first.</summary>
    public IReadOnlyList<RunSummary> List(RunFilter filter, int skip, int take)
    {
        var conditions = Where(filter);
        return _reads.Read((conditions, skip, take), static (connection, wanted) =>
        {
            var count = wanted.conditions.Count;
            var sql = $"SELECT {Columns} FROM Runs{wanted.conditions.Where} ORDER BY Number DESC LIMIT ?{count + 1} OFFSET ?{count + 2}";
            return wanted.conditions.Bind(connection.Prepare(sql)).Bind(count + 1, wanted.take).Bind(count + 2, wanted.skip).Rows(Summary);
        });
    }

    public long Count(RunFilter filter) => _reads.Read(Where(filter), static (connection, conditions) =>
        conditions.Bind(connection.Prepare($"SELECT count(*) FROM Runs{conditions.Where}")).Rows(row => row.Int64(0))[0]);

    /// <summary>Runs by playbook and status; from an index alone.</summary>
    public IReadOnlyList<RunCount> CountByStatus() => _reads.Read(0, static (connection, _) => connection
        .Prepare("SELECT DefinitionId, Status, SubStatus, count(*) FROM Runs GROUP BY DefinitionId, Status, SubStatus")
        .Rows(row => new RunCount(row.Text(0), (RunStatus)row.Int32(1), (RunSubStatus)row.Int32(2), row.Int64(3))));

    /// <summary>How many runs of a playbook there are, ended ones too, on which versions, the newest first.</summary>
    public IReadOnlyList<RunsOnVersion> ByVersion(string definitionId) => _reads.Read(definitionId, static (connection, id) => connection
        .Prepare("SELECT DefinitionVersionId, DefinitionVersion, count(*) FROM Runs WHERE DefinitionId = ?1 GROUP BY DefinitionVersionId, DefinitionVersion ORDER BY DefinitionVersion DESC")
        .Bind(1, id)
        .Rows(row => new RunsOnVersion(row.Text(0), row.Int32(1), row.Int64(2))));

    /// <summary>How many runs of a playbook are under way or stand at an incident, on which versions, the newest first.</summary>
    public IReadOnlyList<RunsOnVersion> UnderWayByVersion(string definitionId) => _reads.Read(definitionId, static (connection, id) => connection
        .Prepare("SELECT DefinitionVersionId, DefinitionVersion, count(*) FROM Runs WHERE DefinitionId = ?1 AND (Status = ?2 OR OpenIncidents > 0) GROUP BY DefinitionVersionId, DefinitionVersion ORDER BY DefinitionVersion DESC")
        .Bind(1, id).Bind(2, (long)RunStatus.Running)
        .Rows(row => new RunsOnVersion(row.Text(0), row.Int32(1), row.Int64(2))));

    /// <summary>Every turn of the run, oldest first; empty where there is no such run.</summary>
    public IReadOnlyList<JournalEntry> History(Guid runId) => _reads.Read(runId, static (connection, id) =>
    {
        var turns = connection.Prepare(SelectHistory).Bind(1, id)
            .Rows(row => Journal.Read(id, row.Int64(0), row.Time(1), row.Blob(2)));
        turns.Reverse();
        return turns;
    });

    /// <summary>What the run sent or wants to send, oldest first.</summary>
    public IReadOnlyList<RunMessage> Messages(Guid runId) => _reads.Read(runId, static (connection, id) => connection
        .Prepare(SelectMessages).Bind(1, id)
        .Rows(row => new RunMessage(
            row.Text(0), row.Text(1), (Effect.SendMessage)EffectJson.Read(row.Blob(2)), (OutboxStatus)row.Int32(3), row.Time(4),
            row.Time(5), row.Int32(6), row.TextOrNull(7), row.TimeOrNull(8), row.TextOrNull(9))));

    /// <summary>When the next effect that was put off is to be tried, after <paramref name="after"/>; null where none was.</summary>
    public DateTimeOffset? NextOutboxAt(DateTimeOffset after) => _reads.Read(after, static (connection, wanted) => connection
        .Prepare("SELECT min(NotBefore) FROM Outbox WHERE Status < 2 AND NotBefore > ?1").Bind(1, wanted).Rows(row => row.TimeOrNull(0))[0]);

    /// <summary>What is held in the outbox for a person, or what is on its way (<paramref name="held"/> false), oldest first.</summary>
    /// <param name="held">Which of the two.</param>
    /// <param name="channel">Only messages over this channel; null for all effects.</param>
    /// <param name="after">Where to go on: the number of the last one had; 0 for the beginning.</param>
    /// <param name="take">How many at most.</param>
    public IReadOnlyList<OutboxEntry> Outbox(bool held, string? channel, long after, int take) => _reads.Read((held, channel, after, take), static (connection, wanted) => connection
        .Prepare(SelectOutbox(wanted.held)).Bind(1, wanted.channel).Bind(2, wanted.after).Bind(3, wanted.take)
        .Rows(row => new OutboxEntry(
            row.Int64(0), row.Text(1), row.Guid(2), row.Text(3), row.Text(4), row.Text(5), row.Int32(6) == (int)OutboxStatus.Held, row.Time(7), row.Time(8), row.Int32(9), row.TimeOrNull(10), row.TextOrNull(11))));

    /// <summary>How many there are of what <see cref="Outbox"/> lists.</summary>
    public long CountOutbox(bool held, string? channel) => _reads.Read((held, channel), static (connection, wanted) => connection
        .Prepare($"SELECT count(*) FROM Outbox WHERE {Undone(wanted.held)} AND (?1 IS NULL OR Channel = ?1)").Bind(1, wanted.channel).Rows(row => row.Int64(0))[0]);

    /// <summary>Turns of all runs after the one numbered <paramref name="after"/> (0 for the beginning), in the order of their commits.</summary>
    public IReadOnlyList<JournalFeedEntry> Feed(long after, int max) => _reads.Read((after, max), static (connection, wanted) => connection
        .Prepare(SelectFeed).Bind(1, wanted.after).Bind(2, wanted.max)
        .Rows(row => new JournalFeedEntry(
            row.Int64(0), row.Text(5), row.Text(6), row.Text(7), row.Text(8),
            Journal.Read(row.Guid(4), row.Int64(1), row.Time(2), row.Blob(3)))));

    private static string SelectOutbox(bool held) => $"""
        SELECT o.Seq, o.Id, r.Id, o.ActivityId, o.Channel, o.Kind, o.Status, o.CreatedAt, o.NotBefore, o.Faults, o.FailingSince, o.Reason
        FROM Outbox o JOIN Runs r ON r.Number = o.Run
        WHERE o.{Undone(held)} AND (?1 IS NULL OR o.Channel = ?1) AND o.Seq > ?2 ORDER BY o.Seq LIMIT ?3
        """;

    // As the indexes have it, so that they serve.
    private static string Undone(bool held) => held ? "Status = 4" : "Status < 2";

    private static Conditions Where(RunFilter filter) => Always(new Conditions(), filter)
        .With("DefinitionId =", filter.DefinitionId)
        .With("DefinitionVersionId =", filter.DefinitionVersionId)
        .With("Status =", (long?)filter.Status)
        .With("SubStatus =", (long?)filter.SubStatus)
        // The index covers only runs with a subject; SQLite uses it where the condition says so too.
        .With("SubjectId <> '' AND SubjectId =", filter.SubjectId)
        .With("SubjectKind =", filter.SubjectKind)
        .With("CorrelationId =", filter.CorrelationId);

    private static Conditions Always(Conditions conditions, RunFilter filter)
    {
        if (filter.WithIncidents)
            conditions.Always("OpenIncidents > 0");
        if (filter.Paused)
            conditions.Always("Number IN (SELECT Run FROM Pauses)");
        return conditions;
    }

    private static RunSummary Summary(Statement row) => new(
        row.Guid(0), row.Text(1), row.Text(2), row.Int32(3), (RunStatus)row.Int32(4), (RunSubStatus)row.Int32(5), row.Text(6), row.Text(7),
        row.TextOrNull(8), row.TextOrNull(9), row.Time(10), row.Time(11), row.TimeOrNull(12), row.TimeOrNull(13), row.Int64(14), row.Int32(15), row.Int32(16))
    {
        IsPaused = row.Int32(17) == 1,
    };
}
