using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Sales.Subjects;
using Playbook.Storage;

namespace Playbook.Server.Subjects;

/// <summary>Looks up what is known now of whom a run is about.</summary>
public sealed class SubjectLookup(IDbContextFactory<PlaybookDb> databases, string? company)
{
    /// <summary>The subject with fresh facts; as it came where its record is gone.</summary>
    public async ValueTask<Subject> Refresh(Subject subject) => await Find(subject.Kind, subject.Id) ?? subject;

    /// <summary>Null where there is no such record.</summary>
    public async ValueTask<Subject?> Find(string kind, string id)
    {
        if (!Guid.TryParse(id, out var recordId))
            return null;
        await using var database = await databases.CreateDbContextAsync();
        return kind switch
        {
            SubjectFacts.ContactKind => await Contact(database, recordId),
            SubjectFacts.OpportunityKind => await Opportunity(database, recordId),
            _ => null,
        };
    }

    private async Task<Subject?> Contact(PlaybookDb database, Guid id)
    {
        var found = await (
            from contact in database.Contacts.AsNoTracking().Where(contact => contact.Id == id)
            from account in database.Accounts.Where(account => account.Id == contact.AccountId).DefaultIfEmpty()
            from parent in database.Accounts.Where(parent => parent.Id == account!.ParentId).DefaultIfEmpty()
            from owner in database.Reps.Where(owner => owner.Id == contact.OwnerId).DefaultIfEmpty()
            select new { contact, account, parent, owner }).SingleOrDefaultAsync();
        return found is null ? null : SubjectFacts.OfContact(found.contact, new SubjectRecords
        {
            Account = found.account, Parent = found.parent, Owner = found.owner, Company = company,
        });
    }

    private async Task<Subject?> Opportunity(PlaybookDb database, Guid id)
    {
        var found = await (
            from opportunity in database.Opportunities.AsNoTracking().Where(opportunity => opportunity.Id == id)
            from contact in database.Contacts.Where(contact => contact.Id == opportunity.ContactId).DefaultIfEmpty()
            from account in database.Accounts.Where(account => account.Id == opportunity.AccountId).DefaultIfEmpty()
            from parent in database.Accounts.Where(parent => parent.Id == account!.ParentId).DefaultIfEmpty()
            from product in database.Products.Where(product => product.Id == opportunity.ProductId).DefaultIfEmpty()
            from owner in database.Reps.Where(owner => owner.Id == opportunity.OwnerId).DefaultIfEmpty()
            select new { opportunity, contact, account, parent, product, owner }).SingleOrDefaultAsync();
        return found is null ? null : SubjectFacts.OfOpportunity(found.opportunity, new SubjectRecords
        {
            Contact = found.contact, Account = found.account, Parent = found.parent, Product = found.product, Owner = found.owner, Company = company,
        });
    }
}
