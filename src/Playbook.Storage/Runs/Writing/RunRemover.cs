using Playbook.Engine.Runs;
using SQLitePCL;

namespace Playbook.Storage.Runs.Writing;

/// <summary>Deletes runs that have ended, with all that belongs to them and nothing else.</summary>
internal sealed class RunRemover(sqlite3 connection, HeadCache heads, RunTable runs, WriterFaults? faults) : IDisposable
{
    // The history is a chain, and ids of tasks and outbox items begin with their run's: neither table has an index by run.
    private readonly Statement _journal = new(connection, """
        WITH RECURSIVE turn (Seq, Previous) AS (
            SELECT Seq, Previous FROM Journal WHERE Seq = ?1
            UNION ALL
            SELECT j.Seq, j.Previous FROM turn t JOIN Journal j ON j.Seq = t.Previous)
        DELETE FROM Journal WHERE Seq IN (SELECT Seq FROM turn) AND Run = ?2
        """, faults);

    private readonly Statement _tasks = new(connection, "DELETE FROM Tasks WHERE Id >= ?1 AND Id < ?2 AND Run = ?3", faults);
    private readonly Statement _outbox = new(connection, "DELETE FROM Outbox WHERE Id >= ?1 AND Id < ?2 AND Run = ?3", faults);
    private readonly Statement _pause = new(connection, "DELETE FROM Pauses WHERE Run = ?1", faults);
    private readonly Statement _run = new(connection, "DELETE FROM Runs WHERE Number = ?1", faults);
    private readonly Statement _unsent = new(connection, "SELECT 1 FROM Outbox WHERE Id >= ?1 AND Id < ?2 AND Run = ?3 AND Status < 2 LIMIT 1");

    // Belongs to no run, so that nobody reads it.
    private readonly Statement _placeholder = new(connection, """
        INSERT INTO Journal (Seq, Run, Previous, Revision, At, Body)
        SELECT ?1, 0, 0, 0, 0, x'' WHERE (SELECT coalesce(max(Seq), 0) FROM Journal) < ?1
        """, faults);

    internal IReadOnlyList<RunRemoval> Remove(IReadOnlyList<Guid> ids)
    {
        var results = new RunRemoval[ids.Count];
        for (var i = 0; i < ids.Count; i++)
            results[i] = Remove(ids[i]);
        // Whoever follows the journal goes on from the last number seen: a number must not come twice, not even after a restart.
        if (results.Contains(RunRemoval.Deleted))
            _placeholder.Bind(1, runs.LastSeq).Execute();
        return results;
    }

    public void Dispose()
    {
        _journal.Dispose();
        _tasks.Dispose();
        _outbox.Dispose();
        _pause.Dispose();
        _run.Dispose();
        _unsent.Dispose();
        _placeholder.Dispose();
    }

    private RunRemoval Remove(Guid id)
    {
        if (!runs.TryFind(id, out var head))
            return RunRemoval.Unknown;
        // An ended run has no open task and no row in Waits: a commit that would leave one is refused.
        if (head.SubStatus is not (RunSubStatus.Finished or RunSubStatus.Cancelled) || head.OpenTasks + head.OpenWaits > 0)
            return RunRemoval.UnderWay;
        var (first, end) = ($"{id:N}-", $"{id:N}.");
        if (_unsent.Bind(1, first).Bind(2, end).Bind(3, head.Number).Rows(row => row.Int32(0)).Count > 0)
            return RunRemoval.StillSending;
        _journal.Bind(1, head.LastJournal).Bind(2, head.Number).Execute();
        _tasks.Bind(1, first).Bind(2, end).Bind(3, head.Number).Execute();
        _outbox.Bind(1, first).Bind(2, end).Bind(3, head.Number).Execute();
        _pause.Bind(1, head.Number).Execute();
        _run.Bind(1, head.Number).Execute();
        heads.Remove(id);
        return RunRemoval.Deleted;
    }
}
