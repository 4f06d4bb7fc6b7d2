using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Playbook.Storage.Channels;

/// <summary>What the operator decided about a channel.</summary>
public sealed class ChannelRecord
{
    public required string Id { get; init; }

    public bool IsDisabled { get; set; }

    /// <summary>All settings, secrets included, encrypted; null where it was never set up.</summary>
    public string? Settings { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}

internal sealed class ChannelTable : IEntityTypeConfiguration<ChannelRecord>
{
    public void Configure(EntityTypeBuilder<ChannelRecord> builder)
    {
        builder.ToTable("Channels");
        builder.HasKey(channel => channel.Id);
    }
}
