using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Playbook.Sales.Contacts;
using Playbook.Storage;

namespace Playbook.Server.Pages.Contacts;

/// <summary>What became of a form that was saved.</summary>
/// <param name="Contact">As it is now.</param>
/// <param name="Conflicts">What others wrote in the same fields meanwhile; nothing was saved then.</param>
/// <param name="Refusal">Why nothing was saved; null where it was.</param>
public sealed record SavedContact(Contact? Contact, IReadOnlyDictionary<string, string> Conflicts, string? Refusal = null)
{
    public bool IsSaved => Refusal is null && Conflicts.Count == 0;
}

/// <summary>Saves a contact's form. Two people who edit at once keep both their fields; in the same field, the later one chooses.</summary>
public sealed class ContactSaving(IDbContextFactory<PlaybookDb> databases, TimeProvider clock, IStringLocalizer<Texts> L)
{
    public async Task<SavedContact> Save(ContactEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Contacts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == edit.Base.Id, cancellationToken) is not { } now)
            return new(null, NoConflicts, L["This contact is gone: it was erased, or its import was taken back."]);
        if (edit.ConflictsWith(now) is { Count: > 0 } conflicts)
            return new(now, conflicts);
        var after = edit.Over(now);
        if (after == now)
            return new(now, NoConflicts);
        if (after.NaturalKey != now.NaturalKey && await database.Contacts.AsNoTracking().FirstOrDefaultAsync(one => one.NaturalKey == after.NaturalKey && one.Id != now.Id, cancellationToken) is { } other)
            return new(now, NoConflicts, after.Email is null ? L["{0} has this name at the same company already. Is it the same person? Then keep one of the two.", other.Name] : L["{0} has this e-mail address already. Is it the same person? Then keep one of the two.", other.Name]);
        // A moment later than before in any case: the moment tells one state from the next.
        after = after with { UpdatedAt = clock.GetUtcNow() is var at && at > now.UpdatedAt ? at : now.UpdatedAt.AddTicks(1) };
        database.Update(after);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(after, NoConflicts);
    }

    private static readonly IReadOnlyDictionary<string, string> NoConflicts = new Dictionary<string, string>();
}
