using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Opportunities;

namespace Playbook.Storage.Crm;

public enum OpportunitySort
{
    Name,
    Value,
    Closes,
    Updated,
}

/// <summary>Which sales to show, and in which order.</summary>
/// <param name="Search">Part of the sale's or the company's name.</param>
public sealed record OpportunityChoice(
    string? Search = null, Guid? OwnerId = null, string? Phase = null, OpportunityStatus? Status = null, OpportunitySort Sort = OpportunitySort.Updated, bool Descending = true);

/// <summary>A sale in the list.</summary>
public sealed record OpportunityRow(
    Guid Id, string Name, string? Account, Guid? AccountId, string? Contact, Guid? ContactId, string? Owner, string Phase, string? Stage, string Status, double? Value, string? ClosesOn, long UpdatedAt, int Runs);

/// <summary>Finds sales.</summary>
public sealed class OpportunitySearch(IDbContextFactory<PlaybookDb> databases)
{
    private const string Select = """
        SELECT o.Id, o.Name, a.Name AS Account, o.AccountId, c.Name AS Contact, o.ContactId, r.Name AS Owner, o.Phase, o.Stage, o.Status, o.Value, o.ClosesOn, o.UpdatedAt,
            (SELECT count(*) FROM Runs x WHERE x.SubjectId <> '' AND x.SubjectId = lower(o.Id) AND x.Status = 0) AS Runs
        FROM p JOIN Opportunities o ON o.Id = p.Id LEFT JOIN Accounts a ON a.Id = o.AccountId LEFT JOIN Contacts c ON c.Id = o.ContactId LEFT JOIN Reps r ON r.Id = o.OwnerId
        """;

    public async Task<ListPage<OpportunityRow>> Find(OpportunityChoice choice, string? place = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(choice);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var order = choice.Sort switch
        {
            OpportunitySort.Value => new ListOrder("coalesce(o.Value, -1)"),
            OpportunitySort.Closes => new ListOrder("coalesce(o.ClosesOn, '')"),
            OpportunitySort.Updated => new ListOrder("o.UpdatedAt"),
            _ => new ListOrder("o.Name", "COLLATE NOCASE"),
        };
        return await RecordList.Page<OpportunityRow>(database, "Opportunities o", Conditions(choice), order, choice.Descending, place, Select, row => (choice.Sort switch
        {
            OpportunitySort.Value => row.Value ?? -1,
            OpportunitySort.Closes => row.ClosesOn ?? "",
            OpportunitySort.Updated => row.UpdatedAt,
            _ => row.Name,
        }, row.Id.ToString("D").ToUpperInvariant()), cancellationToken);
    }

    /// <summary>All that match, at most ten thousand.</summary>
    public async Task<IReadOnlyList<Guid>> Ids(OpportunityChoice choice, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(choice);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RecordList.Ids(database, "Opportunities o", Conditions(choice), cancellationToken);
    }

    private static ListConditions Conditions(OpportunityChoice choice)
    {
        var conditions = new ListConditions();
        if (!string.IsNullOrWhiteSpace(choice.Search))
            conditions.Add("""(o.Name LIKE @ ESCAPE '\' OR o.AccountId IN (SELECT Id FROM Accounts WHERE Name LIKE @ ESCAPE '\') OR o.ContactId IN (SELECT Id FROM Contacts WHERE Name LIKE @ ESCAPE '\'))""", ListConditions.Containing(choice.Search));
        if (choice.OwnerId is { } owner)
            conditions.Add("o.OwnerId = @", owner.ToString("D").ToUpperInvariant());
        if (!string.IsNullOrEmpty(choice.Phase))
            conditions.Add("o.Phase = @", choice.Phase);
        if (choice.Status is { } status)
            conditions.Add("o.Status = @", status.ToString());
        return conditions;
    }
}
