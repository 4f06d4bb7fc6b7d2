using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Playbook.Storage.Runs.Schema;

/// <summary>
/// The run store's tables for the shared EF Core model: <c>modelBuilder.ApplyRunTables()</c>. Must say the same as
/// <see cref="RunSchema"/>; a test compares the two.
/// </summary>
public static class RunTables
{
    public static ModelBuilder ApplyRunTables(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model
            .ApplyConfiguration(new Runs())
            .ApplyConfiguration(new Pauses())
            .ApplyConfiguration(new Journal())
            .ApplyConfiguration(new Tasks())
            .ApplyConfiguration(new Outbox())
            .ApplyConfiguration(new Waits());
    }

    private static PropertyBuilder<DateTimeOffset> InMilliseconds(this PropertyBuilder<DateTimeOffset> property) =>
        property.HasConversion(new ValueConverter<DateTimeOffset, long>(
            time => time.ToUnixTimeMilliseconds(),
            milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)));

    private static PropertyBuilder<DateTimeOffset?> InMilliseconds(this PropertyBuilder<DateTimeOffset?> property) =>
        property.HasConversion(new ValueConverter<DateTimeOffset, long>(
            time => time.ToUnixTimeMilliseconds(),
            milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)));

    private sealed class Runs : IEntityTypeConfiguration<RunRow>
    {
        public void Configure(EntityTypeBuilder<RunRow> builder)
        {
            builder.ToTable("Runs").HasKey(run => run.Number);
            builder.Property(run => run.Number).ValueGeneratedNever();
            builder.Property(run => run.Id).HasConversion(new ValueConverter<Guid, byte[]>(
                id => id.ToByteArray(true),
                bytes => new Guid(bytes, true)));
            // The store's own statements write numbers; the rest of the database has enums as text.
            builder.Property(run => run.Status).HasConversion<int>();
            builder.Property(run => run.SubStatus).HasConversion<int>();
            builder.Property(run => run.CreatedAt).InMilliseconds();
            builder.Property(run => run.UpdatedAt).InMilliseconds();
            builder.Property(run => run.FinishedAt).InMilliseconds();
            builder.Property(run => run.DueAt).InMilliseconds();
            builder.HasIndex(run => run.Id).IsUnique();
            builder.HasIndex(run => new { run.DefinitionId, run.Status, run.SubStatus });
            builder.HasIndex(run => new { run.Status, run.SubStatus });
            builder.HasIndex(run => run.SubjectId).HasFilter("SubjectId <> ''");
            builder.HasIndex(run => run.OpenIncidents).HasFilter("OpenIncidents > 0");
        }
    }

    private sealed class Journal : IEntityTypeConfiguration<JournalRow>
    {
        public void Configure(EntityTypeBuilder<JournalRow> builder)
        {
            builder.ToTable("Journal").HasKey(entry => entry.Seq);
            builder.Property(entry => entry.Seq).ValueGeneratedNever();
            builder.Property(entry => entry.At).InMilliseconds();
        }
    }

    private sealed class Pauses : IEntityTypeConfiguration<PauseRow>
    {
        public void Configure(EntityTypeBuilder<PauseRow> builder)
        {
            builder.ToTable("Pauses").HasKey(pause => pause.Run);
            builder.Property(pause => pause.Run).ValueGeneratedNever();
            builder.Property(pause => pause.At).InMilliseconds();
        }
    }

    private sealed class Tasks : IEntityTypeConfiguration<TaskRow>
    {
        public void Configure(EntityTypeBuilder<TaskRow> builder)
        {
            builder.ToTable("Tasks").HasKey(task => task.Number);
            builder.Property(task => task.Number).ValueGeneratedNever();
            builder.Property(task => task.Status).HasConversion<int>();
            builder.Property(task => task.CreatedAt).InMilliseconds();
            builder.Property(task => task.DueAt).InMilliseconds();
            builder.Property(task => task.CompletedAt).InMilliseconds();
            builder.Property(task => task.SnoozedUntil).InMilliseconds();
            // EF Core first takes Id for the key and forgets that it is required when the key is another.
            builder.Property(task => task.Id).IsRequired();
            builder.HasIndex(task => task.Id).IsUnique();
            builder.HasIndex(task => new { task.Role, task.DueAt }).HasFilter("Status = 0");
            builder.HasIndex(task => task.SubjectId).HasFilter("SubjectId <> ''");
        }
    }

    private sealed class Outbox : IEntityTypeConfiguration<OutboxRow>
    {
        public void Configure(EntityTypeBuilder<OutboxRow> builder)
        {
            builder.ToTable("Outbox").HasKey(item => item.Seq);
            builder.Property(item => item.Seq).ValueGeneratedNever();
            builder.Property(item => item.Status).HasConversion<int>();
            builder.Property(item => item.CreatedAt).InMilliseconds();
            builder.Property(item => item.NotBefore).InMilliseconds();
            builder.Property(item => item.DoneAt).InMilliseconds();
            builder.Property(item => item.Id).IsRequired();
            builder.HasIndex(item => item.Id).IsUnique();
            builder.Property(item => item.FailingSince).InMilliseconds();
            builder.Property(item => item.Channel).HasDefaultValue("");
            builder.Property(item => item.Faults).HasDefaultValue(0);
            builder.HasIndex(item => new { item.Channel, item.NotBefore }).HasFilter("Status < 2");
            builder.HasIndex(item => item.Status).HasFilter("Status = 4");
            builder.HasIndex(item => item.Run).HasFilter("Kind = 'SendMessage'");
        }
    }

    private sealed class Waits : IEntityTypeConfiguration<WaitRow>
    {
        public void Configure(EntityTypeBuilder<WaitRow> builder)
        {
            builder.ToTable("Waits").HasKey(wait => wait.Number);
            builder.Property(wait => wait.Number).ValueGeneratedNever();
            builder.HasIndex(wait => new { wait.Kind, wait.Key, wait.Run });
        }
    }
}
