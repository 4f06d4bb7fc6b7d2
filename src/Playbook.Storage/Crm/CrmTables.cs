using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Products;
using Playbook.Sales.Reps;

namespace Playbook.Storage.Crm;

// The references below have no navigation: records are plain data, and a query joins by id.

internal sealed class ContactTable : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("Contacts");
        builder.Property(contact => contact.Id).ValueGeneratedNever();
        builder.HasIndex(contact => contact.NaturalKey).IsUnique();
        // Pages that keep what they know of contacts ask what has changed since.
        builder.HasIndex(contact => contact.UpdatedAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(contact => contact.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Rep>().WithMany().HasForeignKey(contact => contact.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AccountTable : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.HasIndex(account => account.NameKey).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(account => account.ParentId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OpportunityTable : IEntityTypeConfiguration<Opportunity>
{
    public void Configure(EntityTypeBuilder<Opportunity> builder)
    {
        builder.ToTable("Opportunities");
        builder.Property(opportunity => opportunity.Id).ValueGeneratedNever();
        builder.HasIndex(opportunity => opportunity.NaturalKey).IsUnique();
        builder.HasIndex(opportunity => new { opportunity.Status, opportunity.Phase });
        builder.HasOne<Account>().WithMany().HasForeignKey(opportunity => opportunity.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Contact>().WithMany().HasForeignKey(opportunity => opportunity.ContactId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Product>().WithMany().HasForeignKey(opportunity => opportunity.ProductId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Rep>().WithMany().HasForeignKey(opportunity => opportunity.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ProductTable : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.ToTable("Products");
        builder.Property(product => product.Id).ValueGeneratedNever();
        builder.HasIndex(product => product.NameKey).IsUnique();
    }
}

internal sealed class RepTable : IEntityTypeConfiguration<Rep>
{
    public void Configure(EntityTypeBuilder<Rep> builder)
    {
        builder.ToTable("Reps");
        builder.Property(rep => rep.Id).ValueGeneratedNever();
        builder.HasIndex(rep => rep.NameKey).IsUnique();
        builder.HasOne<Rep>().WithMany().HasForeignKey(rep => rep.ManagerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Team>().WithMany().HasForeignKey(rep => rep.TeamId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TeamTable : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.ToTable("Teams");
        builder.Property(team => team.Id).ValueGeneratedNever();
        builder.HasIndex(team => team.NameKey).IsUnique();
    }
}
