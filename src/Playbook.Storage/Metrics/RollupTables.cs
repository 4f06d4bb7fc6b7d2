using Microsoft.Data.Sqlite;
using Playbook.Sales.Metrics;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Metrics;

/// <summary>Writes the count on the writer's connection, in its transaction, together with how far it has come.</summary>
internal sealed class RollupTables : IDisposable
{
    private const string TicksOfDay = "864000000000";

    private readonly Statement _state;
    private readonly Statement _keep;
    private readonly Statement _day;
    private readonly Statement _mark;
    private readonly Statement _variants;
    private readonly Statement[] _forget;
    private readonly Statement? _touchDays;
    private readonly Statement? _touchDaysDone;
    private readonly Statement? _clearTouches;
    private readonly Statement? _countTouches;
    private readonly Statement? _allTouchDays;

    internal RollupTables(SqliteConnection connection, WriterFaults? faults)
    {
        var hasTouches = RollupSchema.Create(connection);
        var handle = connection.Handle!;
        _state = new(handle, "SELECT Seq FROM MetricState WHERE Shape = ?1 AND Zone = ?2");
        _keep = new(handle, "INSERT INTO MetricState (Id, Shape, Zone, Seq) VALUES (1, ?1, ?2, ?3) ON CONFLICT (Id) DO UPDATE SET Shape = ?1, Zone = ?2, Seq = ?3", faults);
        _day = new(handle, """
            INSERT INTO MetricDays (Fact, Day, Playbook, Step, Outcome, Rep, Role, Channel, Count, Late, Seconds) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ON CONFLICT DO UPDATE SET Count = Count + excluded.Count, Late = Late + excluded.Late, Seconds = Seconds + excluded.Seconds
            """, faults);
        _mark = new(handle, "INSERT INTO MetricMarks (Subject, What, At, Day) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET At = excluded.At, Day = excluded.Day WHERE excluded.At < At", faults);
        _variants = new(handle, "SELECT What FROM MetricMarks WHERE Subject = ?1 AND What >= 'variant:' AND What < 'variant;'");
        _forget = [new(handle, "DELETE FROM MetricDays", faults), new(handle, "DELETE FROM MetricMarks", faults)];
        if (!hasTouches)
            return;
        _touchDays = new(handle, "SELECT Day FROM MetricTouchDays ORDER BY Day LIMIT ?1");
        _touchDaysDone = new(handle, "DELETE FROM MetricTouchDays WHERE Day = ?1", faults);
        _allTouchDays = new(handle, $"INSERT OR IGNORE INTO MetricTouchDays SELECT DISTINCT At / {TicksOfDay} FROM Touches WHERE Kind <> 'Permitted'", faults);
        _clearTouches = new(handle, $"DELETE FROM MetricDays WHERE Fact = {(int)DayFact.Touch} AND Day = ?1", faults);
        _countTouches = new(handle, $"""
            INSERT INTO MetricDays (Fact, Day, Playbook, Step, Outcome, Rep, Role, Channel, Count, Late, Seconds)
            SELECT {(int)DayFact.Touch}, ?1, '', Direction, Kind, coalesce(RepId, ''), '', Channel, count(*), 0, 0
            FROM Touches WHERE At >= ?2 AND At < ?3 AND Kind <> 'Permitted' GROUP BY Direction, Kind, RepId, Channel
            """, faults);
    }

    /// <summary>The last turn that was counted; null where the count has to begin anew.</summary>
    internal long? CountedUntil(string zone) => _state.Bind(1, RollupSchema.Shape).Bind(2, zone).Rows(row => row.Int64(0)) is [var seq] ? seq : null;

    /// <summary>Forgets the count.</summary>
    internal void Begin(string zone)
    {
        foreach (var forget in _forget)
            forget.Execute();
        _allTouchDays?.Execute();
        _keep.Bind(1, RollupSchema.Shape).Bind(2, zone).Bind(3, 0).Execute();
    }

    /// <param name="tally">What was counted.</param>
    /// <param name="zone">In which zone.</param>
    /// <param name="after">The turn after which the count was to begin: where it is another by now, somebody else has counted.</param>
    /// <param name="until">The last turn in it.</param>
    internal bool Add(EventTally tally, string zone, long after, long until)
    {
        if (CountedUntil(zone) != after)
            return false;
        foreach (var (key, count) in tally.Days)
            _day.Bind(1, (long)key.Fact).Bind(2, key.Day).Bind(3, key.Playbook).Bind(4, key.Step).Bind(5, key.Outcome).Bind(6, key.Rep).Bind(7, key.Role).Bind(8, key.Channel)
                .Bind(9, count.Count).Bind(10, count.Late).Bind(11, count.Seconds).Execute();
        foreach (var mark in tally.Marks)
        {
            Put(mark);
            if (Mark.IsAnswer(mark.What))
                foreach (var variant in _variants.Bind(1, mark.SubjectId).Rows(row => row.Text(0)))
                    Put(mark with { What = Mark.After(Mark.ExperimentOf(variant)!, mark.What) });
        }

        _keep.Bind(1, RollupSchema.Shape).Bind(2, zone).Bind(3, until).Execute();
        return true;
    }

    /// <summary>Counts the touches of some of the days on which they changed; how many such days there were.</summary>
    internal int CountTouches(TimeZoneInfo zone, int atMost)
    {
        if (_touchDays is null)
            return 0;
        var changed = _touchDays.Bind(1, atMost).Rows(row => row.Int64(0));
        foreach (var day in changed.SelectMany(day => Local(day, zone)).Distinct())
        {
            _clearTouches!.Bind(1, day.DayNumber).Execute();
            _countTouches!.Bind(1, day.DayNumber).Bind(2, Begins(day, zone)).Bind(3, Begins(day.AddDays(1), zone)).Execute();
        }

        foreach (var day in changed)
            _touchDaysDone!.Bind(1, day).Execute();
        return changed.Count;
    }

    public void Dispose()
    {
        foreach (var statement in (Statement?[])[_state, _keep, _day, _mark, _variants, .. _forget, _touchDays, _touchDaysDone, _clearTouches, _countTouches, _allTouchDays])
            statement?.Dispose();
    }

    private void Put(Mark mark) => _mark.Bind(1, mark.SubjectId).Bind(2, mark.What).Bind(3, mark.At).Bind(4, mark.Day).Execute();

    /// <summary>The days here that a day in UTC has a part in.</summary>
    private static IEnumerable<DateOnly> Local(long utcDay, TimeZoneInfo zone)
    {
        var begins = new DateTimeOffset(utcDay * TimeSpan.TicksPerDay, TimeSpan.Zero);
        var (first, last) = (Day(begins), Day(begins.AddDays(1).AddTicks(-1)));
        for (var day = first; day <= last; day = day.AddDays(1))
            yield return day;

        DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
    }

    private static long Begins(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // Where clocks go forward at midnight, the day begins with the first moment that there is.
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).UtcTicks;
    }
}
