using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Import;

namespace Playbook.Storage.Import;

/// <summary>Says in a person's words why the database could not take an import.</summary>
internal static class DatabaseFault
{
    /// <summary>Null for a fault that nobody can cure but us: it is passed on as it came.</summary>
    public static ImportException? Explain(Exception fault)
    {
        var sqlite = fault as SqliteException ?? (fault as DbUpdateException)?.InnerException as SqliteException;
        (string Cause, string Cure)? said = sqlite?.SqliteErrorCode switch
        {
            8 => ("The database is read-only.", "Give the program the right to write to the file and its folder."),
            13 => ("The disk is full.", "Make room and import again."),
            14 => ("The database cannot be opened.", "Check that its folder exists and can be written to."),
            5 or 6 => ("The database is in use by another program.", "Close that program and import again."),
            10 => ("The disk reports a fault.", "Check the disk and the free space, then import again."),
            11 or 26 => ("The database file is damaged or is no database.", "Restore it from a backup."),
            19 => ($"Another record stands in the way ({sqlite.Message}).", "Look at the records that changed since, and try again."),
            _ => null,
        };
        return said is { } known
            ? new ImportException(new ImportFailure("database", known.Cause, $"Nothing was written. {known.Cure}"), fault)
            : null;
    }
}
