using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Reps;
using Playbook.Storage;
using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>Links that make a member, or renew a member's password: each works once, and only for a while.</summary>
internal sealed class Invitations(IDbContextFactory<PlaybookDb> databases, MemberBook book, Audit audit, AccessClock clock)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(7);
    public static readonly TimeSpan RenewalGoodFor = TimeSpan.FromHours(24);

    /// <summary>The path of the link; it is shown once and cannot be found again.</summary>
    public async Task<string> Invite(string whom, IReadOnlyList<string> roles, Guid? repId, string by, CancellationToken cancellationToken = default)
    {
        if (roles.Count == 0 || roles.Except(AccessRole.All, StringComparer.Ordinal).Any())
            throw new ArgumentException($"An invitation gives at least one of the roles {string.Join(", ", AccessRole.All)}.", nameof(roles));
        var path = await Keep(whom, null, new RoleSet(roles), repId, by, GoodFor, cancellationToken);
        await audit.Note("invited somebody", whom, string.Join(", ", roles));
        return path;
    }

    /// <summary>The path of a link by which a member takes a new password.</summary>
    public async Task<string> Renew(Guid memberId, string by, CancellationToken cancellationToken = default)
    {
        var member = book.Find(memberId) ?? throw new InvalidOperationException("That member is not there any more.");
        var path = await Keep(member.Name, memberId, RoleSet.None, null, by, RenewalGoodFor, cancellationToken);
        await audit.Note("made a link for a new password", member.Name);
        return path;
    }

    /// <summary>Null where the link is none, has run out or was used.</summary>
    public async Task<Invitation?> Find(string secret, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Open(database, secret, cancellationToken);
    }

    /// <summary>Those that are open, for whoever invites.</summary>
    public async Task<IReadOnlyList<Invitation>> All(CancellationToken cancellationToken = default)
    {
        var now = clock.Now;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Invitations.AsNoTracking().Where(invitation => invitation.UsedAt == null && invitation.ExpiresAt > now).OrderByDescending(invitation => invitation.CreatedAt).ToListAsync(cancellationToken);
    }

    public async Task Withdraw(Guid id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Invitations.AsNoTracking().SingleOrDefaultAsync(invitation => invitation.Id == id, cancellationToken) is not { } withdrawn)
            return;
        await database.Invitations.Where(invitation => invitation.Id == id).ExecuteDeleteAsync(cancellationToken);
        await audit.Note("withdrew an invitation", withdrawn.For);
    }

    /// <summary>Uses the link up; the member's id, or the reasons why it could not be. Nothing is used up then.</summary>
    public async Task<(Guid? Id, IReadOnlyList<string> Faults)> Accept(MemberUsers users, PlaybookDb database, string secret, string name, string email, string password, CancellationToken cancellationToken = default)
    {
        // Writing from the start: of two who use the link at once, the second finds it used.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await Open(database, secret, cancellationToken) is not { } invitation)
            return (null, [Gone]);
        var now = clock.Now;
        var (id, faults) = invitation.MemberId is { } renewed ? await Renewed(users, renewed, password) : await Made(users, invitation, name, email, password);
        if (faults.Count > 0)
            return (null, faults);
        if (await database.Invitations.Where(kept => kept.Id == invitation.Id && kept.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(kept => kept.UsedAt, now), cancellationToken) == 0)
            return (null, [Gone]);
        await transaction.CommitAsync(cancellationToken);
        await book.Load(cancellationToken);
        return (id, []);
    }

    public const string Gone = "This link was used, has run out, or never was one. Ask for another.";

    private static async Task<(Guid, IReadOnlyList<string>)> Renewed(MemberUsers users, Guid memberId, string password)
    {
        if (await users.FindByIdAsync(memberId.ToString()) is not { DisabledAt: null } member)
            return (memberId, [Gone]);
        // A new stamp: whoever is signed in with the old password is not any more.
        var removed = await users.RemovePasswordAsync(member);
        var added = removed.Succeeded ? await users.AddPasswordAsync(member, password) : removed;
        if (!added.Succeeded)
            return (memberId, [.. added.Errors.Select(error => error.Description)]);
        member.AccessFailedCount = 0;
        member.LockoutEnd = null;
        await users.UpdateAsync(member);
        return (memberId, []);
    }

    // Roles and rep are the inviter's choice: nothing of what the form brings is looked at for them.
    private async Task<(Guid, IReadOnlyList<string>)> Made(MemberUsers users, Invitation invitation, string name, string email, string password)
    {
        var now = clock.Now;
        var member = new Member { Id = Guid.CreateVersion7(now), Name = name, UserName = email, Email = email, Roles = invitation.Roles, RepId = invitation.RepId, CreatedAt = now, LockoutEnabled = true };
        var made = await users.CreateAsync(member, password);
        return (member.Id, [.. made.Errors.Where(error => error.Code != "DuplicateUserName").Select(error => error.Code == "DuplicateEmail" ? "This e-mail address cannot be used here. Take another, or sign in." : error.Description)]);
    }

    private async Task<Invitation?> Open(PlaybookDb database, string secret, CancellationToken cancellationToken)
    {
        var (hash, now) = (Secret.Hash(secret), clock.Now);
        return await database.Invitations.AsNoTracking().SingleOrDefaultAsync(invitation => invitation.Hash == hash && invitation.UsedAt == null && invitation.ExpiresAt > now, cancellationToken);
    }

    private async Task<string> Keep(string whom, Guid? memberId, RoleSet roles, Guid? repId, string by, TimeSpan goodFor, CancellationToken cancellationToken)
    {
        var (now, secret) = (clock.Now, Secret.New());
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // A second link for the same member takes the place of the first.
        if (memberId is { } id)
            await database.Invitations.Where(old => old.MemberId == id && old.UsedAt == null).ExecuteDeleteAsync(cancellationToken);
        database.Add(new Invitation { Id = Guid.CreateVersion7(now), Hash = Secret.Hash(secret), MemberId = memberId, For = whom, Roles = roles, RepId = repId, By = by, CreatedAt = now, ExpiresAt = now + goodFor });
        await database.SaveChangesAsync(cancellationToken);
        return $"{DoorPaths.Invitation}/{secret}";
    }
}
