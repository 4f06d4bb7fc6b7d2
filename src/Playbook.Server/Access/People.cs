using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Reps;
using Playbook.Storage;
using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>The members, for those who may change them.</summary>
internal sealed class People(IDbContextFactory<PlaybookDb> databases, MemberBook book, CurrentPerson person, Audit audit, AccessClock clock)
{
    public async Task<IReadOnlyList<Member>> All(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Members.AsNoTracking().OrderBy(member => member.Name).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Rep>> Reps(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Reps.AsNoTracking().OrderBy(rep => rep.Name).ToListAsync(cancellationToken);
    }

    /// <exception cref="InvalidOperationException">It would lock everybody out; the message is for people.</exception>
    public Task SetRoles(Guid id, IReadOnlyList<string> roles, CancellationToken cancellationToken = default)
    {
        if (roles.Count == 0 || roles.Except(AccessRole.All, StringComparer.Ordinal).Any())
            throw new InvalidOperationException("A member has at least one role. Disable the account to keep somebody out.");
        return Change(id, member =>
        {
            var before = member.Roles.ToString();
            member.Roles = new RoleSet(AccessRole.All.Where(roles.Contains));
            return ("changed somebody's roles", $"{before} → {member.Roles}");
        }, cancellationToken);
    }

    public Task SetDisabled(Guid id, bool isDisabled, CancellationToken cancellationToken = default) => Change(id, member =>
    {
        member.DisabledAt = isDisabled ? clock.Now : null;
        return (isDisabled ? "disabled an account" : "enabled an account", "");
    }, cancellationToken);

    public Task LinkTo(Guid id, Guid? repId, CancellationToken cancellationToken = default) => Change(id, member =>
    {
        member.RepId = repId;
        return ("linked somebody to a rep", repId?.ToString() ?? "none");
    }, cancellationToken);

    private async Task Change(Guid id, Func<Member, (string What, string Detail)> change, CancellationToken cancellationToken)
    {
        if (!person.Can(Permission.People))
            throw new InvalidOperationException("Only an administrator changes who may come in.");
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            var member = await database.Members.SingleOrDefaultAsync(member => member.Id == id, cancellationToken) ?? throw new InvalidOperationException("That member is not there any more.");
            var (what, detail) = change(member);
            await database.SaveChangesAsync(cancellationToken);
            var others = await database.Members.AsNoTracking().Where(other => other.DisabledAt == null).Select(other => other.Roles).ToListAsync(cancellationToken);
            if (!others.Exists(roles => roles.Has(AccessRole.Admin)))
                throw new InvalidOperationException("Somebody must remain who may change this. Make another member an administrator first.");
            await transaction.CommitAsync(cancellationToken);
            await audit.Note(what, member.Name, detail);
        }

        await book.Load(cancellationToken);
    }
}
