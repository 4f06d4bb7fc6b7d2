using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Products;
using Playbook.Sales.Reps;
using Playbook.Sales.Subjects;
using Playbook.Storage;
using Playbook.Storage.Crm;

namespace Playbook.Server.Subjects;

/// <summary>Looks up what is known now of whom a run is about.</summary>
public sealed class SubjectLookup(SubjectRows rows, IDbContextFactory<PlaybookDb> databases, string? company)
{
    // Compiled once: a message, a step and a turn each ask it.
    private static readonly Func<PlaybookDb, Guid, Task<Found?>> OpportunityById = EF.CompileAsyncQuery((PlaybookDb database, Guid id) => (
        from opportunity in database.Opportunities.AsNoTracking().Where(opportunity => opportunity.Id == id)
        from contact in database.Contacts.Where(contact => contact.Id == opportunity.ContactId).DefaultIfEmpty()
        from account in database.Accounts.Where(account => account.Id == opportunity.AccountId).DefaultIfEmpty()
        from parent in database.Accounts.Where(parent => parent.Id == account!.ParentId).DefaultIfEmpty()
        from product in database.Products.Where(product => product.Id == opportunity.ProductId).DefaultIfEmpty()
        from owner in database.Reps.Where(owner => owner.Id == opportunity.OwnerId).DefaultIfEmpty()
        select new Found { Opportunity = opportunity, Contact = contact, Account = account, Parent = parent, Product = product, Owner = owner }).SingleOrDefault());

    /// <summary>The subject with fresh facts; as it came where its record is gone.</summary>
    public async ValueTask<Subject> Refresh(Subject subject) => await Find(subject.Kind, subject.Id) ?? subject;

    /// <summary>Null where there is no such record.</summary>
    public async ValueTask<Subject?> Find(string kind, string id)
    {
        if (!Guid.TryParse(id, out var recordId))
            return null;
        return kind switch
        {
            SubjectFacts.ContactKind => Contact(recordId),
            SubjectFacts.OpportunityKind => await Opportunity(recordId),
            _ => null,
        };
    }

    private Subject? Contact(Guid id) => rows.OfContact(id) is { } found ? SubjectFacts.OfContact(found.Contact!, found with { Company = company }) : null;

    private async Task<Subject?> Opportunity(Guid id)
    {
        await using var database = await databases.CreateDbContextAsync();
        return await OpportunityById(database, id) is { } found
            ? SubjectFacts.OfOpportunity(found.Opportunity!, new SubjectRecords
            {
                Contact = found.Contact, Account = found.Account, Parent = found.Parent, Product = found.Product, Owner = found.Owner, Company = company,
            })
            : null;
    }

    /// <summary>A record with those that it is tied to.</summary>
    private sealed class Found
    {
        public Opportunity? Opportunity { get; init; }
        public Contact? Contact { get; init; }
        public Account? Account { get; init; }
        public Account? Parent { get; init; }
        public Product? Product { get; init; }
        public Rep? Owner { get; init; }
    }
}
