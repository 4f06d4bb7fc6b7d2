using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Playbook.Sales.Reps;

namespace Playbook.Storage.Access;

internal sealed class MemberTable : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable("Members");
        builder.Property(member => member.Id).ValueGeneratedNever();
        builder.Property(member => member.ConcurrencyStamp).IsConcurrencyToken();
        builder.HasIndex(member => member.NormalizedUserName).IsUnique();
        builder.HasIndex(member => member.NormalizedEmail).IsUnique();
        builder.HasOne<Rep>().WithMany().HasForeignKey(member => member.RepId).OnDelete(DeleteBehavior.SetNull);
        // Nobody is called, and no second factor is asked for.
        builder.Ignore(member => member.PhoneNumber).Ignore(member => member.PhoneNumberConfirmed).Ignore(member => member.TwoFactorEnabled).Ignore(member => member.EmailConfirmed);
    }
}

/// <summary>Which account of the company's own directory a member signs in with.</summary>
internal sealed class MemberLoginTable : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder)
    {
        builder.ToTable("MemberLogins");
        builder.HasKey(login => new { login.LoginProvider, login.ProviderKey });
        builder.HasOne<Member>().WithMany().HasForeignKey(login => login.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MemberSessionTable : IEntityTypeConfiguration<MemberSession>
{
    public void Configure(EntityTypeBuilder<MemberSession> builder)
    {
        builder.ToTable("MemberSessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.HasOne<Member>().WithMany().HasForeignKey(session => session.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccessTokenTable : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> builder)
    {
        builder.ToTable("AccessTokens");
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.HasIndex(token => token.Hash).IsUnique();
        builder.HasOne<Member>().WithMany().HasForeignKey(token => token.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.Property(invitation => invitation.Id).ValueGeneratedNever();
        builder.HasIndex(invitation => invitation.Hash).IsUnique();
        builder.HasOne<Member>().WithMany().HasForeignKey(invitation => invitation.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.HasIndex(entry => entry.At);
    }
}
