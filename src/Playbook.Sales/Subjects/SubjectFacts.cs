using System.Globalization;
using Playbook.Abstractions;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Products;
using Playbook.Sales.Reps;

namespace Playbook.Sales.Subjects;

/// <summary>The records from which a subject's facts are made. All may be missing but the one the run is about.</summary>
public sealed record SubjectRecords
{
    public Contact? Contact { get; init; }
    public Account? Account { get; init; }

    /// <summary>The account's parent.</summary>
    public Account? Parent { get; init; }

    public Opportunity? Opportunity { get; init; }
    public Product? Product { get; init; }

    /// <summary>The rep whom the opportunity belongs to.</summary>
    public Rep? Owner { get; init; }

    /// <summary>The rep who speaks; <see cref="Owner"/> where there is none.</summary>
    public Rep? Rep { get; init; }

    /// <summary>The role in which the rep speaks; the first one that they hold where there is none.</summary>
    public string? Role { get; init; }

    /// <summary>Our own company's name.</summary>
    public string? Company { get; init; }
}

/// <summary>
/// What expressions and scripts may see of a subject. Every name is always there, with null for what we do not know, so
/// that a script may ask for <c>account.name</c> of somebody who has no account.
/// </summary>
public static class SubjectFacts
{
    public const string ContactKind = "contact";
    public const string OpportunityKind = "opportunity";

    public static Subject OfContact(Contact contact, SubjectRecords records) =>
        new(ContactKind, Id(contact.Id), All(records with { Contact = contact }));

    public static Subject OfOpportunity(Opportunity opportunity, SubjectRecords records) =>
        new(OpportunityKind, Id(opportunity.Id), All(records with { Opportunity = opportunity }));

    private static Dictionary<string, object?> All(SubjectRecords records) => new()
    {
        ["contact"] = Facts(records.Contact, records.Account),
        ["account"] = Facts(records.Account, records.Parent),
        ["opportunity"] = Facts(records.Opportunity, records.Product, records.Owner),
        ["rep"] = Facts(records.Rep ?? records.Owner, records.Role, records.Company),
    };

    private static Dictionary<string, object?> Facts(Contact? contact, Account? account) => new()
    {
        ["id"] = Id(contact?.Id),
        ["name"] = contact?.Name,
        ["first_name"] = contact?.FirstName,
        ["last_name"] = contact?.LastName,
        ["email"] = contact?.Email,
        ["phone"] = contact?.Phone,
        ["title"] = contact?.Title,
        ["language"] = contact?.Language,
        ["country"] = contact?.Country,
        ["time_zone"] = contact?.TimeZone,
        // A "do not contact" must not look like a consent to a script that only asks for the consent.
        ["consent_email"] = contact is null ? null : contact.ConsentEmail && !contact.DoNotContact,
        ["do_not_contact"] = contact?.DoNotContact,
        ["is_consumer"] = contact?.IsConsumer,
        ["linkedin"] = contact?.LinkedIn,
        ["score"] = contact?.Score,
        ["street"] = contact?.Street,
        ["postal_code"] = contact?.PostalCode,
        ["city"] = contact?.City,
        ["region"] = contact?.Region,
        ["address"] = contact is null ? null : PostalAddress.Of(contact, account?.Name),
    };

    private static Dictionary<string, object?> Facts(Account? account, Account? parent) => new()
    {
        ["id"] = Id(account?.Id),
        ["name"] = account?.Name,
        ["sector"] = account?.Sector,
        ["employees"] = (long?)account?.Employees,
        ["revenue"] = (double?)account?.Revenue,
        ["country"] = account?.Country,
        ["parent"] = parent?.Name,
    };

    private static Dictionary<string, object?> Facts(Opportunity? opportunity, Product? product, Rep? owner) => new()
    {
        ["id"] = Id(opportunity?.Id),
        ["name"] = opportunity?.Name,
        ["product"] = product?.Name,
        ["value"] = (double?)opportunity?.Value,
        ["phase"] = opportunity?.Phase,
        ["stage"] = opportunity?.Stage,
        ["engaged_on"] = Day(opportunity?.EngagedOn),
        ["closes_on"] = Day(opportunity?.ClosesOn),
        ["owner"] = owner?.Name,
    };

    private static Dictionary<string, object?> Facts(Rep? rep, string? role, string? company) => new()
    {
        ["id"] = Id(rep?.Id),
        ["name"] = rep?.Name,
        ["first_name"] = rep?.Name.Split(' ', 2)[0],
        ["email"] = rep?.Email,
        ["phone"] = rep?.Phone,
        ["role"] = rep is null ? null : role ?? rep.Roles.FirstOrDefault(),
        ["company"] = company,
    };

    private static string Id(Guid id) => id.ToString("D");

    private static string? Id(Guid? id) => id?.ToString("D");

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
