using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Playbook.Storage.Metrics;

/// <summary>
/// The tables of the count, as SQL and outside the EF Core model: they hold nothing that cannot be counted again, so a new shape
/// is a new <see cref="Shape"/> and a new count, not a migration.
/// </summary>
internal static class RollupSchema
{
    /// <summary>Of the tables and of what is counted into them; another number has everything counted again.</summary>
    internal const int Shape = 1;

    private const int Triggers = 3;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS MetricState (Id INTEGER PRIMARY KEY CHECK (Id = 1), Shape INTEGER NOT NULL, Zone TEXT NOT NULL, Seq INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS MetricDays (
            Fact INTEGER NOT NULL, Day INTEGER NOT NULL, Playbook TEXT NOT NULL, Step TEXT NOT NULL, Outcome TEXT NOT NULL,
            Rep TEXT NOT NULL, Role TEXT NOT NULL, Channel TEXT NOT NULL, Count INTEGER NOT NULL, Late INTEGER NOT NULL, Seconds INTEGER NOT NULL,
            PRIMARY KEY (Fact, Day, Playbook, Step, Outcome, Rep, Role, Channel)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS MetricMarks (
            Subject TEXT NOT NULL, What TEXT NOT NULL, At INTEGER NOT NULL, Day INTEGER NOT NULL, PRIMARY KEY (Subject, What)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS IX_MetricMarks_What_Day ON MetricMarks (What, Day);
        """;

    // Touches are changed after they were written (a permit becomes a message that went), and rows move when the file is
    // rewritten: so what is remembered is the days (UTC) on which something changed, and those are counted anew.
    private const string TouchDays = """
        CREATE TABLE IF NOT EXISTS MetricTouchDays (Day INTEGER PRIMARY KEY);
        CREATE INDEX IF NOT EXISTS IX_MetricTouches_At ON Touches (At);
        CREATE TRIGGER IF NOT EXISTS MetricTouchAdded AFTER INSERT ON Touches WHEN NEW.Kind <> 'Permitted'
        BEGIN INSERT OR IGNORE INTO MetricTouchDays VALUES (NEW.At / 864000000000); END;
        CREATE TRIGGER IF NOT EXISTS MetricTouchChanged AFTER UPDATE OF Kind, At, Channel, RepId, Direction ON Touches
        BEGIN INSERT OR IGNORE INTO MetricTouchDays VALUES (NEW.At / 864000000000), (OLD.At / 864000000000); END;
        CREATE TRIGGER IF NOT EXISTS MetricTouchGone AFTER DELETE ON Touches WHEN OLD.Kind <> 'Permitted'
        BEGIN INSERT OR IGNORE INTO MetricTouchDays VALUES (OLD.At / 864000000000); END;
        """;

    /// <summary>Makes what is missing; whether the database keeps touches.</summary>
    internal static bool Create(SqliteConnection connection)
    {
        Execute(connection, Tables);
        if (Count(connection, "name = 'Touches' AND type = 'table'") == 0)
            return false;
        // A migration that makes the table of touches anew takes the triggers with it: what came since was not noted.
        var isNoted = Count(connection, "name LIKE 'MetricTouch%' AND type = 'trigger'") == Triggers;
        Execute(connection, TouchDays);
        if (!isNoted)
            Execute(connection, "INSERT OR IGNORE INTO MetricTouchDays SELECT DISTINCT At / 864000000000 FROM Touches WHERE Kind <> 'Permitted'");
        return true;
    }

    private static long Count(SqliteConnection connection, string where)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_master WHERE {where}";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        if (raw.sqlite3_exec(connection.Handle, sql) is var code && code != raw.SQLITE_OK)
            throw new Runs.SqliteFault(code, raw.sqlite3_errmsg(connection.Handle).utf8_to_string());
    }
}
