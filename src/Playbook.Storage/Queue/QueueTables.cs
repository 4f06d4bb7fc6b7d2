using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Playbook.Sales.Queue;
using Playbook.Sales.Reps;

namespace Playbook.Storage.Queue;

/// <summary>An answer that can still be taken back; gone as soon as the run has heard it.</summary>
public sealed class HeldAnswerRow
{
    public required string TaskId { get; init; }
    public required string Key { get; init; }
    public required string Outcome { get; init; }

    /// <summary>What was written down, as JSON.</summary>
    public required string Fields { get; init; }

    public string? By { get; init; }
    public DateTimeOffset HeldAt { get; init; }
    public DateTimeOffset TakeAt { get; init; }
    public string? Trouble { get; init; }

    /// <summary>The subject line of the message that goes with it.</summary>
    public string? MailSubject { get; init; }

    /// <summary>The message that goes with it; null where none does.</summary>
    public string? MailText { get; init; }
}

internal sealed class HeldAnswerTable : IEntityTypeConfiguration<HeldAnswerRow>
{
    public void Configure(EntityTypeBuilder<HeldAnswerRow> builder) => builder.ToTable("HeldAnswers").HasKey(row => row.TaskId);
}

internal sealed class TaskMoveTable : IEntityTypeConfiguration<TaskMove>
{
    public void Configure(EntityTypeBuilder<TaskMove> builder)
    {
        builder.ToTable("TaskMoves");
        builder.Property(move => move.Id).ValueGeneratedNever();
        builder.HasIndex(move => move.TaskId);
        builder.HasIndex(move => move.Batch).HasFilter("Batch IS NOT NULL");
    }
}

internal sealed class PromiseTable : IEntityTypeConfiguration<Promise>
{
    public void Configure(EntityTypeBuilder<Promise> builder)
    {
        builder.ToTable("Promises");
        builder.Property(promise => promise.Id).ValueGeneratedNever();
        builder.HasIndex(promise => promise.ContactId);
        builder.HasIndex(promise => promise.At).HasFilter("KeptAt IS NULL AND WithdrawnAt IS NULL");
    }
}

internal sealed class ChangeRequestTable : IEntityTypeConfiguration<ChangeRequest>
{
    public void Configure(EntityTypeBuilder<ChangeRequest> builder)
    {
        builder.ToTable("ChangeRequests");
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.HasIndex(request => request.DefinitionId);
    }
}

internal sealed class AbsenceTable : IEntityTypeConfiguration<Absence>
{
    public void Configure(EntityTypeBuilder<Absence> builder)
    {
        builder.ToTable("Absences");
        builder.Property(absence => absence.Id).ValueGeneratedNever();
        builder.HasIndex(absence => absence.Until);
    }
}
