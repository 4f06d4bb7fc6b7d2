using Microsoft.Data.Sqlite;

namespace Playbook.Storage.Runs.Schema;

/// <summary>
/// The run store's tables as SQL, for a database that no migration has touched: tests, benchmarks and simulation do not
/// pay for EF Core. Names of indexes are those that EF Core gives, so that either may come first.
/// </summary>
internal static class RunSchema
{
    private const string Sql = """
        CREATE TABLE IF NOT EXISTS "Runs" (
            "Number" INTEGER NOT NULL CONSTRAINT "PK_Runs" PRIMARY KEY,
            "Id" BLOB NOT NULL,
            "Revision" INTEGER NOT NULL,
            "DefinitionId" TEXT NOT NULL,
            "DefinitionVersionId" TEXT NOT NULL,
            "DefinitionVersion" INTEGER NOT NULL,
            "Status" INTEGER NOT NULL,
            "SubStatus" INTEGER NOT NULL,
            "SubjectKind" TEXT NOT NULL,
            "SubjectId" TEXT NOT NULL,
            "Name" TEXT NULL,
            "CorrelationId" TEXT NULL,
            "CreatedAt" INTEGER NOT NULL,
            "UpdatedAt" INTEGER NOT NULL,
            "FinishedAt" INTEGER NULL,
            "DueAt" INTEGER NULL,
            "OpenTasks" INTEGER NOT NULL,
            "OpenWaits" INTEGER NOT NULL,
            "OpenIncidents" INTEGER NOT NULL,
            "LastJournal" INTEGER NOT NULL,
            "State" BLOB NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS "IX_Runs_Id" ON "Runs" ("Id");
        CREATE INDEX IF NOT EXISTS "IX_Runs_DefinitionId_Status_SubStatus" ON "Runs" ("DefinitionId", "Status", "SubStatus");
        CREATE INDEX IF NOT EXISTS "IX_Runs_Status_SubStatus" ON "Runs" ("Status", "SubStatus");
        CREATE INDEX IF NOT EXISTS "IX_Runs_SubjectId" ON "Runs" ("SubjectId") WHERE SubjectId <> '';
        CREATE INDEX IF NOT EXISTS "IX_Runs_OpenIncidents" ON "Runs" ("OpenIncidents") WHERE OpenIncidents > 0;

        CREATE TABLE IF NOT EXISTS "Pauses" (
            "Run" INTEGER NOT NULL CONSTRAINT "PK_Pauses" PRIMARY KEY,
            "At" INTEGER NOT NULL,
            "By" TEXT NULL,
            "Why" TEXT NULL);

        CREATE TABLE IF NOT EXISTS "Journal" (
            "Seq" INTEGER NOT NULL CONSTRAINT "PK_Journal" PRIMARY KEY,
            "Run" INTEGER NOT NULL,
            "Previous" INTEGER NOT NULL,
            "Revision" INTEGER NOT NULL,
            "At" INTEGER NOT NULL,
            "Body" BLOB NOT NULL);

        CREATE TABLE IF NOT EXISTS "Tasks" (
            "Number" INTEGER NOT NULL CONSTRAINT "PK_Tasks" PRIMARY KEY,
            "Id" TEXT NOT NULL,
            "Run" INTEGER NOT NULL,
            "DefinitionId" TEXT NOT NULL,
            "ActivityId" TEXT NOT NULL,
            "Role" TEXT NOT NULL,
            "Title" TEXT NOT NULL,
            "Owner" TEXT NULL,
            "EscalatedFrom" TEXT NULL,
            "CreatedAt" INTEGER NOT NULL,
            "DueAt" INTEGER NULL,
            "Status" INTEGER NOT NULL,
            "Outcome" TEXT NULL,
            "By" TEXT NULL,
            "CompletedAt" INTEGER NULL,
            "SubjectKind" TEXT NOT NULL,
            "SubjectId" TEXT NOT NULL,
            "Request" TEXT NOT NULL,
            "Fields" TEXT NULL,
            "SnoozedUntil" INTEGER NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS "IX_Tasks_Id" ON "Tasks" ("Id");
        CREATE INDEX IF NOT EXISTS "IX_Tasks_Role_DueAt" ON "Tasks" ("Role", "DueAt") WHERE Status = 0;
        CREATE INDEX IF NOT EXISTS "IX_Tasks_SubjectId" ON "Tasks" ("SubjectId") WHERE SubjectId <> '';

        CREATE TABLE IF NOT EXISTS "Outbox" (
            "Seq" INTEGER NOT NULL CONSTRAINT "PK_Outbox" PRIMARY KEY,
            "Id" TEXT NOT NULL,
            "Run" INTEGER NOT NULL,
            "ActivityId" TEXT NOT NULL,
            "BookmarkId" TEXT NULL,
            "Kind" TEXT NOT NULL,
            "Body" TEXT NOT NULL,
            "Status" INTEGER NOT NULL,
            "CreatedAt" INTEGER NOT NULL,
            "NotBefore" INTEGER NOT NULL,
            "Attempts" INTEGER NOT NULL,
            "Reason" TEXT NULL,
            "DoneAt" INTEGER NULL,
            "Result" TEXT NULL,
            "Channel" TEXT NOT NULL DEFAULT '',
            "Faults" INTEGER NOT NULL DEFAULT 0,
            "FailingSince" INTEGER NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS "IX_Outbox_Id" ON "Outbox" ("Id");
        CREATE INDEX IF NOT EXISTS "IX_Outbox_Channel_NotBefore" ON "Outbox" ("Channel", "NotBefore") WHERE Status < 2;
        CREATE INDEX IF NOT EXISTS "IX_Outbox_Status" ON "Outbox" ("Status") WHERE Status = 4;
        CREATE INDEX IF NOT EXISTS "IX_Outbox_Run" ON "Outbox" ("Run") WHERE Kind = 'SendMessage';

        CREATE TABLE IF NOT EXISTS "Waits" (
            "Number" INTEGER NOT NULL CONSTRAINT "PK_Waits" PRIMARY KEY,
            "Kind" INTEGER NOT NULL,
            "Key" TEXT NOT NULL,
            "Run" INTEGER NOT NULL,
            "BookmarkId" TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS "IX_Waits_Kind_Key_Run" ON "Waits" ("Kind", "Key", "Run");
        """;

    internal static void Create(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"BEGIN IMMEDIATE; {Sql} COMMIT;";
        command.ExecuteNonQuery();
    }
}
