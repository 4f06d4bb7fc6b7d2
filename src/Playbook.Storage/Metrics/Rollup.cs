using Playbook.Engine.Runs;
using Playbook.Sales.Metrics;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Writing;

namespace Playbook.Storage.Metrics;

/// <summary>
/// Keeps the count of what happened, per day: reads the turns after the last one counted, adds them up, and writes the sums
/// with how far it has come in one transaction. A day's turns cost the same whether a year stands before them or not, and
/// everything can be counted again from the beginning.
/// </summary>
public sealed class Rollup : IDisposable
{
    private const int TurnsAtOnce = 4000;
    private const int TouchDaysAtOnce = 31;

    private const string SelectTurns = """
        SELECT j.Seq, j.Revision, j.At, j.Body, r.Id, r.DefinitionId, r.SubjectId
        FROM Journal j JOIN Runs r ON r.Number = j.Run WHERE j.Seq > ?1 ORDER BY j.Seq LIMIT ?2
        """;

    private const string SelectTask = "SELECT ActivityId, Role, json_extract(Request, '$.channel'), CreatedAt, DueAt FROM Tasks WHERE Id = ?1";

    private readonly ReadPool _reads;
    private readonly StoreWriter _writer;
    private readonly SemaphoreSlim _one = new(1, 1);
    private long _counted;

    internal Rollup(ReadPool reads, StoreWriter writer)
    {
        _reads = reads;
        _writer = writer;
    }

    /// <summary>How much of the history has been counted, from 0 to 1.</summary>
    public double Progress => Last() is > 0 and var last ? Math.Min(1, (double)Interlocked.Read(ref _counted) / last) : 1;

    /// <summary>Counts what has happened since the last time; how many turns that were.</summary>
    /// <param name="zone">Where days begin; where it is another than the last time, everything is counted again.</param>
    /// <param name="cancellationToken">Ends between two batches; what is counted stays so.</param>
    public async Task<long> Refresh(TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(zone);
        await _one.WaitAsync(cancellationToken);
        try
        {
            var after = await Write(tables => Begin(tables.Rollup, zone.Id));
            Interlocked.Exchange(ref _counted, after);
            while (await Write(tables => tables.Rollup.CountTouches(zone, TouchDaysAtOnce)) == TouchDaysAtOnce)
                cancellationToken.ThrowIfCancellationRequested();
            var tally = new EventTally(zone);
            for (var turns = 0L; ; cancellationToken.ThrowIfCancellationRequested())
            {
                tally.Clear();
                var (read, until) = Read(tally, after);
                if (read == 0)
                    return turns;
                if (!await Write(tables => tables.Rollup.Add(tally, zone.Id, after, until)))
                    throw new InvalidOperationException("Somebody else counts the history of this database at the same time.");
                Interlocked.Exchange(ref _counted, after = until);
                turns += read;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Forgets the count, so that the next refresh begins with the first turn.</summary>
    public async Task Forget(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        await _one.WaitAsync();
        try
        {
            await Write(tables =>
            {
                tables.Rollup.Begin(zone.Id);
                return true;
            });
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static long Begin(RollupTables tables, string zone)
    {
        if (tables.CountedUntil(zone) is { } until)
            return until;
        tables.Begin(zone);
        return 0;
    }

    private (int Read, long Until) Read(EventTally tally, long after) => _reads.Read((tally, after), static (connection, wanted) =>
    {
        var tasks = connection.Prepare(SelectTask);
        var rows = connection.Prepare(SelectTurns).Bind(1, wanted.after).Bind(2, TurnsAtOnce).Rows(row =>
        {
            wanted.tally.Add(row.Text(5), row.Text(6), Journal.Read(row.Guid(4), row.Int64(1), row.Time(2), row.Blob(3)), id => Task(tasks, id));
            return row.Int64(0);
        });
        return (rows.Count, rows.Count == 0 ? wanted.after : rows[^1]);
    });

    private static DoneTask? Task(Statement select, string id) =>
        select.Bind(1, id).Rows(row => new DoneTask(row.Text(0), row.Text(1), row.TextOrNull(2), row.Time(3), row.TimeOrNull(4))) is [var task] ? task : null;

    private long Last() => _reads.Read(0, static (connection, _) => connection.Prepare("SELECT coalesce(max(Seq), 0) FROM Journal").Rows(row => row.Int64(0))[0]);

    private ValueTask<T> Write<T>(Func<WriteTables, T> write)
    {
        var request = new WriteRequest<T>(write);
        _writer.Enqueue(request);
        return request.Result();
    }
}
