using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Sending;
using Playbook.Storage;

namespace Playbook.Server.Pages.Accounts;

/// <summary>One of us, with how much of what passes between us and a company goes through them.</summary>
public sealed record TouchShare(string Who, int Touches, double Share);

/// <summary>All that is known of a company.</summary>
/// <param name="Touches">The last ones, latest first, each with the contact's name.</param>
/// <param name="Shares">Who of us is in touch with them, most first, over the last year.</param>
public sealed record AccountView(
    Account Account, Account? Parent, IReadOnlyList<Account> Daughters, IReadOnlyList<Contact> Contacts, int ContactCount, IReadOnlyList<Opportunity> Opportunities, IReadOnlyList<(Touch Touch, string? Contact)> Touches, IReadOnlyList<TouchShare> Shares)
{
    public decimal Sold => Opportunities.Where(one => one.Status == OpportunityStatus.Won).Sum(one => one.Value ?? 0);
    public decimal Open => Opportunities.Where(one => one.Status == OpportunityStatus.Open).Sum(one => one.Value ?? 0);
}

/// <summary>Reads a company with its people and sales.</summary>
public sealed class AccountDesk(IDbContextFactory<PlaybookDb> databases, TimeProvider clock, IStringLocalizer<Texts> L)
{
    private const int Most = 100;

    /// <summary>Null where there is no such company.</summary>
    public async Task<AccountView?> Load(Guid id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Accounts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken) is not { } account)
            return null;
        var contacts = await database.Contacts.AsNoTracking().Where(one => one.AccountId == id).OrderBy(one => one.Name).Take(Most).ToListAsync(cancellationToken);
        var touches = await database.Touches.AsNoTracking().Where(touch => touch.AccountId == id && touch.Kind != TouchKind.Permitted).OrderByDescending(touch => touch.At).Take(20).ToListAsync(cancellationToken);
        var names = contacts.ToDictionary(contact => contact.Id, contact => contact.Name);
        return new(
            account,
            await database.Accounts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == account.ParentId, cancellationToken),
            await database.Accounts.AsNoTracking().Where(one => one.ParentId == id).OrderBy(one => one.Name).Take(Most).ToListAsync(cancellationToken),
            contacts, await database.Contacts.CountAsync(one => one.AccountId == id, cancellationToken),
            await database.Opportunities.AsNoTracking().Where(one => one.AccountId == id).OrderByDescending(one => one.UpdatedAt).Take(Most).ToListAsync(cancellationToken),
            [.. touches.Select(touch => (touch, touch.ContactId is { } contact ? names.GetValueOrDefault(contact) : null))],
            await Shares(database, id, cancellationToken));
    }

    // Where one person carries the whole relationship, it leaves with that person.
    private async Task<IReadOnlyList<TouchShare>> Shares(PlaybookDb database, Guid id, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow().AddDays(-365);
        var counts = await database.Touches.AsNoTracking()
            .Where(touch => touch.AccountId == id && touch.RepId != null && touch.Direction == TouchDirection.Out && touch.At > since)
            .GroupBy(touch => touch.RepId).Select(group => new { Rep = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var reps = await database.Reps.AsNoTracking().ToDictionaryAsync(rep => rep.Id, rep => rep.Name, cancellationToken);
        var all = counts.Sum(count => count.Count);
        return [.. counts.OrderByDescending(count => count.Count).Select(count => new TouchShare(reps.GetValueOrDefault(count.Rep!.Value, L["somebody who left"]), count.Count, (double)count.Count / all))];
    }
}
