using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Playbook.Sales.Consent;
using Playbook.Sales.Sending;

namespace Playbook.Storage.Sending;

// No foreign keys: what was sent stays on record where a contact is merged or an import undone, and erasing decides by itself.

internal sealed class TouchTable : IEntityTypeConfiguration<Touch>
{
    public void Configure(EntityTypeBuilder<Touch> builder)
    {
        builder.ToTable("Touches");
        builder.Property(touch => touch.Id).ValueGeneratedNever();
        builder.HasIndex(touch => touch.Key).IsUnique();
        builder.HasIndex(touch => touch.MessageKey).HasFilter("MessageKey IS NOT NULL");
        builder.HasIndex(touch => touch.ProviderId).HasFilter("ProviderId IS NOT NULL");
        builder.HasIndex(touch => new { touch.ContactId, touch.At }).HasFilter("ContactId IS NOT NULL");
        builder.HasIndex(touch => new { touch.ContactId, touch.At }, "IX_Touches_Replied").HasFilter("Kind = 'Replied' AND ContactId IS NOT NULL");
        builder.HasIndex(touch => new { touch.AccountId, touch.At }).HasFilter("AccountId IS NOT NULL");
        // Only what counts against caps.
        builder.HasIndex(touch => new { touch.Mailbox, touch.At }).HasFilter("Mailbox IS NOT NULL AND Direction = 'Out'");
        builder.HasIndex(touch => new { touch.Domain, touch.At }).HasFilter("Domain IS NOT NULL AND Direction = 'Out'");
    }
}

internal sealed class ConsentTable : IEntityTypeConfiguration<ConsentEntry>
{
    public void Configure(EntityTypeBuilder<ConsentEntry> builder)
    {
        builder.ToTable("Consents");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.HasIndex(entry => entry.ContactId);
    }
}

internal sealed class SuppressionTable : IEntityTypeConfiguration<Suppression>
{
    public void Configure(EntityTypeBuilder<Suppression> builder)
    {
        builder.ToTable("Suppressions");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.HasIndex(entry => new { entry.Key, entry.Scope }).IsUnique();
    }
}

internal sealed class SuppressionListTable : IEntityTypeConfiguration<SuppressionList>
{
    public void Configure(EntityTypeBuilder<SuppressionList> builder)
    {
        builder.ToTable("SuppressionLists");
        builder.HasKey(list => list.Name);
    }
}

internal sealed class DecisionTable : IEntityTypeConfiguration<KeptDecision>
{
    public void Configure(EntityTypeBuilder<KeptDecision> builder)
    {
        builder.ToTable("SendingDecisions");
        builder.Property(decision => decision.Id).ValueGeneratedNever();
        builder.HasIndex(decision => decision.MessageKey);
        builder.HasIndex(decision => decision.ContactId).HasFilter("ContactId IS NOT NULL");
    }
}

internal sealed class OperatorSettingTable : IEntityTypeConfiguration<OperatorSetting>
{
    public void Configure(EntityTypeBuilder<OperatorSetting> builder)
    {
        builder.ToTable("SendingSettings");
        builder.HasKey(setting => setting.Name);
    }
}

internal sealed class ErasureTable : IEntityTypeConfiguration<ErasureReceipt>
{
    public void Configure(EntityTypeBuilder<ErasureReceipt> builder)
    {
        builder.ToTable("Erasures");
        builder.Property(receipt => receipt.Id).ValueGeneratedNever();
    }
}
