using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Playbook.Sales.Import;

namespace Playbook.Storage.Import;

/// <summary>
/// Writes a batch's rows and changes by prepared commands: they are most of what an import writes, and nobody tracks them.
/// </summary>
internal static class ImportJournal
{
    public static async Task Write(PlaybookDb database, Guid batchId, ImportPlan plan, CancellationToken cancellationToken)
    {
        await using var rows = Prepare<ImportedRow>(database, nameof(ImportedRow.BatchId), nameof(ImportedRow.File), nameof(ImportedRow.Line),
            nameof(ImportedRow.Outcome), nameof(ImportedRow.RecordId), nameof(ImportedRow.Cells), nameof(ImportedRow.Problems));
        foreach (var file in plan.Files)
            foreach (var row in file.Rows.Where(row => row.Outcome != RowOutcome.Unchanged))
                await rows.Insert(cancellationToken, batchId, file.File, row.Line, row.Outcome, row.RecordId,
                    RecordJson.Write(row.Cells), row.Problems.Count == 0 ? null : RecordJson.Write(row.Problems));

        await using var changes = Prepare<ImportedChange>(database, nameof(ImportedChange.BatchId), nameof(ImportedChange.Kind),
            nameof(ImportedChange.RecordId), nameof(ImportedChange.Before), nameof(ImportedChange.After));
        foreach (var change in plan.Changes)
            await changes.Insert(cancellationToken, batchId, change.Kind, change.Id,
                change.Before is null ? null : RecordJson.WriteRecord(change.Before), RecordJson.WriteRecord(change.After));
    }

    private static Inserter Prepare<T>(PlaybookDb database, params string[] properties)
    {
        var type = database.Model.FindEntityType(typeof(T))!;
        var command = database.Database.GetDbConnection().CreateCommand();
        command.Transaction = database.Database.CurrentTransaction!.GetDbTransaction();
        var mappings = new List<RelationalTypeMapping>();
        foreach (var name in properties)
        {
            var mapping = type.FindProperty(name)!.GetRelationalTypeMapping();
            var parameter = mapping.CreateParameter(command, "@p" + mappings.Count, null, nullable: true);
            command.Parameters.Add(parameter);
            mappings.Add(mapping);
        }
        command.CommandText = $"INSERT INTO \"{type.GetTableName()}\" ({string.Join(", ", properties.Select(name => $"\"{name}\""))}) "
            + $"VALUES ({string.Join(", ", mappings.Select((_, at) => "@p" + at))})";
        return new(command, mappings);
    }

    private sealed class Inserter(DbCommand command, List<RelationalTypeMapping> mappings) : IAsyncDisposable
    {
        public async Task Insert(CancellationToken cancellationToken, params object?[] values)
        {
            for (var at = 0; at < values.Length; at++)
                command.Parameters[at].Value = values[at] is { } value && mappings[at].Converter is { } converter
                    ? converter.ConvertToProvider(value)
                    : values[at] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => command.DisposeAsync();
    }
}
