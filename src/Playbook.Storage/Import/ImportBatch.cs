using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Playbook.Sales.Import;

namespace Playbook.Storage.Import;

/// <summary>One import: all of its files, in one transaction, to be undone as one.</summary>
public sealed record ImportBatch
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required IReadOnlyList<ImportedFile> Files { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }
    public string? UndoneBy { get; init; }
}

/// <param name="Hash">SHA-256 of the file's bytes.</param>
public sealed record ImportedFile(string File, ImportKind Kind, string Hash, ImportCounts Counts);

/// <summary>
/// A row that did something or could not: the report that outlives the screen. Rows that changed nothing are only
/// counted, so that importing every night does not fill the disk.
/// </summary>
public sealed record ImportedRow
{
    public long Id { get; init; }
    public required Guid BatchId { get; init; }
    public required string File { get; init; }
    public required int Line { get; init; }
    public required RowOutcome Outcome { get; init; }
    public required Guid? RecordId { get; init; }

    /// <summary>The cells as they came, a JSON list.</summary>
    public required string Cells { get; init; }

    /// <summary>The problems, a JSON list; null for none.</summary>
    public required string? Problems { get; init; }
}

/// <summary>What a batch did to one record: what undoing needs.</summary>
public sealed record ImportedChange
{
    public long Id { get; init; }
    public required Guid BatchId { get; init; }
    public required RecordKind Kind { get; init; }
    public required Guid RecordId { get; init; }

    /// <summary>The record as JSON; null where the batch created it.</summary>
    public required string? Before { get; init; }

    public required string After { get; init; }
}

internal sealed class ImportBatchTable : IEntityTypeConfiguration<ImportBatch>
{
    public void Configure(EntityTypeBuilder<ImportBatch> builder)
    {
        builder.ToTable("ImportBatches");
        builder.Property(batch => batch.Id).ValueGeneratedNever();
        builder.Property(batch => batch.Files).HasConversion(
            files => RecordJson.Write(files), text => RecordJson.Read<IReadOnlyList<ImportedFile>>(text));
    }
}

internal sealed class ImportedRowTable : IEntityTypeConfiguration<ImportedRow>
{
    public void Configure(EntityTypeBuilder<ImportedRow> builder)
    {
        builder.ToTable("ImportedRows");
        builder.HasIndex(row => row.BatchId);
        builder.HasOne<ImportBatch>().WithMany().HasForeignKey(row => row.BatchId);
    }
}

internal sealed class ImportedChangeTable : IEntityTypeConfiguration<ImportedChange>
{
    public void Configure(EntityTypeBuilder<ImportedChange> builder)
    {
        builder.ToTable("ImportedChanges");
        builder.HasIndex(change => change.BatchId);
        builder.HasIndex(change => change.RecordId);
        builder.HasOne<ImportBatch>().WithMany().HasForeignKey(change => change.BatchId);
    }
}
