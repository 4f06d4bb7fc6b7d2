using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Import;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Products;
using Playbook.Sales.Reps;

namespace Playbook.Storage.Import;

/// <summary>All records in memory, which is what finding duplicates among them needs.</summary>
internal static class BookStore
{
    public static async Task<CrmBook> Load(PlaybookDb database, CancellationToken cancellationToken)
    {
        var book = new CrmBook();
        await Fill(book.Products, database.Products, cancellationToken);
        await Fill(book.Teams, database.Teams, cancellationToken);
        await Fill(book.Reps, database.Reps, cancellationToken);
        await Fill(book.Accounts, database.Accounts, cancellationToken);
        await Fill(book.Contacts, database.Contacts, cancellationToken);
        await Fill(book.Opportunities, database.Opportunities, cancellationToken);
        return book;
    }

    public static object? Get(CrmBook book, RecordKind kind, Guid id) => kind switch
    {
        RecordKind.Product => book.Products.Get(id),
        RecordKind.Team => book.Teams.Get(id),
        RecordKind.Rep => book.Reps.Get(id),
        RecordKind.Account => book.Accounts.Get(id),
        RecordKind.Contact => book.Contacts.Get(id),
        RecordKind.Opportunity => book.Opportunities.Get(id),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of record."),
    };

    public static IEnumerable<object> All(CrmBook book) =>
        Enumerable.Empty<object>().Concat(book.Products.All).Concat(book.Teams.All).Concat(book.Reps.All)
            .Concat(book.Accounts.All).Concat(book.Contacts.All).Concat(book.Opportunities.All);

    public static (Guid Id, string Name, DateTimeOffset UpdatedAt) Label(object record) => record switch
    {
        Product product => (product.Id, product.Name, product.UpdatedAt),
        Team team => (team.Id, team.Name, team.UpdatedAt),
        Rep rep => (rep.Id, rep.Name, rep.UpdatedAt),
        Account account => (account.Id, account.Name, account.UpdatedAt),
        Contact contact => (contact.Id, contact.Name, contact.UpdatedAt),
        Opportunity opportunity => (opportunity.Id, opportunity.ExternalId ?? opportunity.Name, opportunity.UpdatedAt),
        _ => throw new ArgumentException($"{record.GetType().Name} is no record of the book.", nameof(record)),
    };

    /// <summary>The other records that this one cannot do without.</summary>
    public static IEnumerable<Guid> References(object record)
    {
        Guid?[] ids = record switch
        {
            Rep rep => [rep.ManagerId, rep.TeamId],
            Account account => [account.ParentId],
            Contact contact => [contact.AccountId, contact.OwnerId],
            Opportunity opportunity => [opportunity.AccountId, opportunity.ContactId, opportunity.ProductId, opportunity.OwnerId],
            _ => [],
        };
        return ids.OfType<Guid>();
    }

    private static async Task Fill<T>(Shelf<T> shelf, IQueryable<T> records, CancellationToken cancellationToken)
        where T : class
    {
        await foreach (var record in records.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            shelf.Put(record);
    }
}
