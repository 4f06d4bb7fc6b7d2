using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Subjects;
using Playbook.Storage;

namespace Playbook.Server.Subjects;

/// <summary>A contact or an opportunity as a search shows it.</summary>
/// <param name="More">What tells it from others: the account, the stage.</param>
public sealed record FoundSubject(string Kind, string Id, string Name, string? More);

/// <summary>Finds contacts and opportunities by what people remember of them.</summary>
public sealed class SubjectSearch(IDbContextFactory<PlaybookDb> databases)
{
    /// <summary>At most <paramref name="most"/> of each kind, by name.</summary>
    public async Task<IReadOnlyList<FoundSubject>> Find(string words, int most = 6, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        var pattern = $"%{words.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var contacts = await (
            from contact in database.Contacts.AsNoTracking().Where(contact => EF.Functions.Like(contact.Name, pattern, "\\") || (contact.Email != null && EF.Functions.Like(contact.Email, pattern, "\\")))
            from account in database.Accounts.Where(account => account.Id == contact.AccountId).DefaultIfEmpty()
            orderby contact.Name
            select new { contact.Id, contact.Name, contact.Email, Account = account == null ? null : account.Name }).Take(most).ToListAsync(cancellationToken);
        var opportunities = await (
            from opportunity in database.Opportunities.AsNoTracking().Where(opportunity => EF.Functions.Like(opportunity.Name, pattern, "\\"))
            orderby opportunity.Name
            select new { opportunity.Id, opportunity.Name, opportunity.Stage }).Take(most).ToListAsync(cancellationToken);
        return
        [
            .. contacts.Select(contact => new FoundSubject(SubjectFacts.ContactKind, contact.Id.ToString("D"), contact.Name, contact.Account ?? contact.Email)),
            .. opportunities.Select(opportunity => new FoundSubject(SubjectFacts.OpportunityKind, opportunity.Id.ToString("D"), opportunity.Name, opportunity.Stage)),
        ];
    }
}
