using Microsoft.EntityFrameworkCore;

namespace Playbook.Storage.Crm;

/// <summary>Where contacts stand, as the list tells them apart.</summary>
public enum ContactStanding
{
    Any,

    /// <summary>Agreed to get e-mail.</summary>
    Consent,
    NoConsent,

    /// <summary>Asked to be left alone.</summary>
    Stopped,

    /// <summary>No playbook is under way for them.</summary>
    Idle,

    /// <summary>Nobody has been in touch with them yet.</summary>
    Untouched,
}

public enum ContactSort
{
    Name,
    Updated,
    Score,
}

/// <summary>Which contacts to show, and in which order.</summary>
/// <param name="Search">Part of a name, an address or a company's name.</param>
/// <param name="Country">Two letters.</param>
/// <param name="Playbook">Only those for whom it is under way, by themselves or by a sale.</param>
public sealed record ContactChoice(
    string? Search = null, Guid? OwnerId = null, string? Country = null, ContactStanding Standing = ContactStanding.Any, string? Playbook = null, ContactSort Sort = ContactSort.Name, bool Descending = false);

/// <summary>A contact in the list.</summary>
/// <param name="Runs">How many playbooks are under way for them.</param>
/// <param name="TouchedAt">When somebody was last in touch, in ticks; null for never.</param>
public sealed record ContactRow(
    Guid Id, string Name, string? Title, string? Email, string? Phone, string? Country, double? Score, bool ConsentEmail, bool DoNotContact, string? Account, Guid? AccountId, string? Owner, int Runs, long? TouchedAt, long UpdatedAt);

/// <summary>Finds contacts, however many there are.</summary>
public sealed class ContactSearch(IDbContextFactory<PlaybookDb> databases)
{
    private const string Select = """
        SELECT c.Id, c.Name, c.Title, c.Email, c.Phone, c.Country, c.Score, c.ConsentEmail, c.DoNotContact, a.Name AS Account, c.AccountId, r.Name AS Owner,
            (SELECT count(*) FROM Runs x WHERE x.SubjectId <> '' AND x.SubjectId = lower(c.Id) AND x.Status = 0)
            + (SELECT count(*) FROM Opportunities o JOIN Runs x ON x.SubjectId <> '' AND x.SubjectId = lower(o.Id) AND x.Status = 0 WHERE o.ContactId = c.Id) AS Runs,
            (SELECT max(t.At) FROM Touches t WHERE t.ContactId IS NOT NULL AND t.ContactId = c.Id) AS TouchedAt, c.UpdatedAt
        FROM p JOIN Contacts c ON c.Id = p.Id LEFT JOIN Accounts a ON a.Id = c.AccountId LEFT JOIN Reps r ON r.Id = c.OwnerId
        """;

    public async Task<ListPage<ContactRow>> Find(ContactChoice choice, string? place = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(choice);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var order = choice.Sort switch
        {
            ContactSort.Updated => new ListOrder("c.UpdatedAt"),
            ContactSort.Score => new ListOrder("coalesce(c.Score, -1)"),
            _ => new ListOrder("c.Name", "COLLATE NOCASE"),
        };
        return await RecordList.Page<ContactRow>(database, "Contacts c", Conditions(choice), order, choice.Descending, place, Select, row => (choice.Sort switch
        {
            ContactSort.Updated => row.UpdatedAt,
            ContactSort.Score => row.Score ?? -1,
            _ => row.Name,
        }, row.Id.ToString("D").ToUpperInvariant()), cancellationToken);
    }

    /// <summary>All that match, at most ten thousand: for what is done with many at once.</summary>
    public async Task<IReadOnlyList<Guid>> Ids(ContactChoice choice, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(choice);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RecordList.Ids(database, "Contacts c", Conditions(choice), cancellationToken);
    }

    /// <summary>The countries that contacts are in, most first.</summary>
    public async Task<IReadOnlyList<string>> Countries(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Database.SqlQueryRaw<string>("SELECT Country AS Value FROM Contacts WHERE Country IS NOT NULL GROUP BY Country ORDER BY count(*) DESC LIMIT 30").ToListAsync(cancellationToken);
    }

    private static string UnderWay(string only) => $"""
        SELECT upper(x.SubjectId) FROM Runs x WHERE x.SubjectKind = 'contact' AND x.SubjectId <> '' AND x.Status = 0 {only}
        UNION SELECT o.ContactId FROM Runs x JOIN Opportunities o ON o.Id = upper(x.SubjectId) WHERE x.SubjectKind = 'opportunity' AND x.SubjectId <> '' AND x.Status = 0 AND o.ContactId IS NOT NULL {only}
        """;

    private static ListConditions Conditions(ContactChoice choice)
    {
        var conditions = new ListConditions();
        if (!string.IsNullOrWhiteSpace(choice.Search))
            conditions.Add("""(c.Name LIKE @ ESCAPE '\' OR c.Email LIKE @ ESCAPE '\' OR c.AccountId IN (SELECT Id FROM Accounts WHERE Name LIKE @ ESCAPE '\'))""", ListConditions.Containing(choice.Search));
        if (choice.OwnerId is { } owner)
            conditions.Add("c.OwnerId = @", owner.ToString("D").ToUpperInvariant());
        if (!string.IsNullOrEmpty(choice.Country))
            conditions.Add("c.Country = @", choice.Country);
        if (!string.IsNullOrEmpty(choice.Playbook))
            conditions.Add($"c.Id IN ({UnderWay("AND x.DefinitionId = @")})", choice.Playbook);
        _ = choice.Standing switch
        {
            ContactStanding.Consent => conditions.Add("c.ConsentEmail = 1 AND c.DoNotContact = 0"),
            ContactStanding.NoConsent => conditions.Add("c.ConsentEmail = 0 AND c.DoNotContact = 0"),
            ContactStanding.Stopped => conditions.Add("c.DoNotContact = 1"),
            ContactStanding.Idle => conditions.Add($"c.Id NOT IN ({UnderWay("")})"),
            ContactStanding.Untouched => conditions.Add("NOT EXISTS (SELECT 1 FROM Touches t WHERE t.ContactId IS NOT NULL AND t.ContactId = c.Id)"),
            _ => conditions,
        };
        return conditions;
    }
}
