using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Playbook.Storage.Inbound;

internal sealed class ChannelEventTable : IEntityTypeConfiguration<ChannelEventRow>
{
    public void Configure(EntityTypeBuilder<ChannelEventRow> builder)
    {
        builder.ToTable("ChannelEvents").HasKey(row => row.Number);
        builder.Property(row => row.Number).ValueGeneratedNever();
        builder.HasIndex(row => new { row.Channel, row.EventId }).IsUnique();
        builder.HasIndex(row => row.NotBefore).HasFilter("State = 'Waiting'");
        builder.HasIndex(row => row.Number).HasFilter("State = 'Unmatched'").HasDatabaseName("IX_ChannelEvents_Unmatched");
        builder.HasIndex(row => new { row.Address, row.At }).HasFilter("Address IS NOT NULL");
        builder.HasIndex(row => row.ContactId).HasFilter("ContactId IS NOT NULL");
    }
}

internal sealed class ChannelIncidentTable : IEntityTypeConfiguration<ChannelIncident>
{
    public void Configure(EntityTypeBuilder<ChannelIncident> builder)
    {
        builder.ToTable("ChannelIncidents");
        builder.Property(incident => incident.Id).ValueGeneratedNever();
        builder.HasIndex(incident => incident.Key).IsUnique();
        builder.HasIndex(incident => new { incident.Channel, incident.Mailbox }).HasFilter("ResolvedAt IS NULL");
    }
}

internal sealed class LinkKeyTable : IEntityTypeConfiguration<LinkKey>
{
    public void Configure(EntityTypeBuilder<LinkKey> builder)
    {
        builder.ToTable("LinkKeys");
        builder.HasKey(key => key.Number);
        builder.Property(key => key.Number).ValueGeneratedNever();
    }
}
