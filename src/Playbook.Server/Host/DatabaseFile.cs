using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Playbook.Server.Commands;
using Playbook.Storage;

namespace Playbook.Server.Host;

/// <summary>Makes the database ready for use: creates it where it is missing, brings it up to date where it is older.</summary>
internal static class DatabaseFile
{
    public static async Task Prepare(IDbContextFactory<PlaybookDb> databases, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            if (database.Database.GetMigrations().Any())
                await database.Database.MigrateAsync(cancellationToken);
            else
                await database.Database.EnsureCreatedAsync(cancellationToken);
            await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        }
        catch (SqliteException fault)
        {
            throw new HostException(ExitCodes.Storage, Describe(path, fault), fault);
        }
    }

    private static string Describe(string path, SqliteException fault) => fault.SqliteErrorCode switch
    {
        8 => $"The database {path} is read-only. Give the account that runs Playbook the right to write to the file and its folder.",
        13 => $"The disk that holds {path} is full. Free some space and start again.",
        14 => $"The database {path} cannot be opened. Check that its folder exists and that the account that runs Playbook may write there.",
        11 or 26 => $"The file {path} is damaged or is no Playbook database. Restore it from the latest backup, or name another file with --database.",
        _ => $"The database {path} cannot be used: {fault.Message}.",
    };
}
