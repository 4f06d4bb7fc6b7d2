using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Phases;

namespace Playbook.Sales.Import;

internal static class OpportunityRows
{
    public static RowReport Plan(RowReader row, Planning planning)
    {
        var book = planning.Book;
        var externalId = row.Text(ImportField.Id);
        var name = row.Text(ImportField.FullName);
        var stage = row.Text(ImportField.Stage);
        var engaged = row.Day(ImportField.EngagedOn);
        var closes = row.Day(ImportField.ClosesOn);
        var value = row.Number(ImportField.Value);
        if (externalId is null && name is null)
            row.Reject(row.Has(ImportField.Id) ? ImportField.Id : ImportField.FullName, null, "The opportunity has neither an id nor a name.", "Give one of them.");
        if (engaged > closes)
            row.Warn(ImportField.ClosesOn, row.Text(ImportField.ClosesOn), "It closes before it begins.", "It was stored as it is. Correct one of the dates.");
        var owner = planning.Link(row, ImportField.Owner, RecordKind.Rep, book.Reps, TeamRows.KeyOf, rep => rep.Name, expected: true);
        var product = planning.Link(row, ImportField.Product, RecordKind.Product, book.Products, NameKey.Of, record => record.Name, expected: true);
        var account = planning.Link(row, ImportField.Account, RecordKind.Account, book.Accounts, AccountRows.KeyOf, record => record.Name, expected: true);
        var contact = ContactOf(row, book);
        var subject = externalId ?? name ?? "";
        if (row.IsRejected)
            return row.Report(RowOutcome.Rejected, subject, null);

        var key = externalId is not null ? "#" + externalId : $"{NameKey.OrName(NameKey.Of(name!), name!)}|{account?.Id}";
        var known = book.Opportunities.Find(key);
        if (planning.IsDuplicate(row, RecordKind.Opportunity, key, subject))
            return row.Report(RowOutcome.SkippedDuplicate, subject, known?.Id);

        var opportunity = known ?? new Opportunity
        {
            Id = planning.NewId(),
            NaturalKey = key,
            ExternalId = externalId,
            Name = "",
            Phase = Phase.LeadGeneration,
            CreatedAt = planning.Now,
            UpdatedAt = planning.Now,
        };
        opportunity = opportunity with
        {
            Name = name ?? (opportunity.Name.Length > 0 ? opportunity.Name : NameFor(product?.Name, account?.Name, subject)),
            OwnerId = owner?.Id ?? opportunity.OwnerId,
            ProductId = product?.Id ?? opportunity.ProductId,
            AccountId = account?.Id ?? opportunity.AccountId,
            ContactId = contact?.Id ?? opportunity.ContactId,
            EngagedOn = engaged ?? opportunity.EngagedOn,
            ClosesOn = closes ?? opportunity.ClosesOn,
            Value = value ?? opportunity.Value,
        };
        // Only a stage that moved moves the phase: what a playbook did since must outlive the same file coming again.
        if (stage is not null && stage != opportunity.Stage)
            opportunity = Place(opportunity, stage, row, planning);
        var saved = planning.Save(RecordKind.Opportunity, book.Opportunities, opportunity, record => record with { UpdatedAt = planning.Now });
        return row.Report(Planning.Outcome(row, saved), subject, opportunity.Id);
    }

    private static Opportunity Place(Opportunity opportunity, string stage, RowReader row, Planning planning)
    {
        if (StageMap.Find(stage, planning.Options.PhaseByStage) is { } place)
            return opportunity with { Stage = stage, Phase = place.Phase, Status = place.Status };
        row.Warn(ImportField.Stage, stage, $"The stage \"{stage}\" belongs to no phase that we know.",
            $"The phase is \"{opportunity.Phase}\". Say which phase this stage is, and import again.");
        return opportunity with { Stage = stage };
    }

    private static Contact? ContactOf(RowReader row, CrmBook book)
    {
        if (row.Text(ImportField.Contact) is not { } text)
            return null;
        var found = book.Contacts.Find(ContactKey.Of(text));
        if (found is null && book.ContactsNamed(NameKey.Of(text), null) is [var only])
            found = only;
        if (found is null)
            row.Warn(ImportField.Contact, text, $"There is no single contact \"{text}\".", "It was stored without one. Import the contact, or give the e-mail address.");
        return found;
    }

    private static string NameFor(string? product, string? account, string otherwise) => (product, account) switch
    {
        (not null, not null) => $"{product} for {account}",
        (not null, null) => product,
        (null, not null) => account,
        _ => otherwise,
    };
}
