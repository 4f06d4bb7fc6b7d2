using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Subjects;
using Playbook.Storage;

namespace Playbook.Server.Pages.Runs;

/// <summary>The names of those whom runs are about.</summary>
public sealed class RunNames(IDbContextFactory<PlaybookDb> databases)
{
    private const int MostFound = 40;

    /// <summary>By kind and id; whoever is gone is missing.</summary>
    public async Task<IReadOnlyDictionary<(string Kind, string Id), string>> Of(IEnumerable<(string Kind, string Id)> subjects, CancellationToken cancellationToken = default)
    {
        var wanted = subjects.Distinct().Select(subject => (subject.Kind, subject.Id, Record: Guid.TryParse(subject.Id, out var id) ? id : Guid.Empty)).ToList();
        var contacts = wanted.Where(subject => subject.Kind == SubjectFacts.ContactKind).Select(subject => subject.Record).ToList();
        var opportunities = wanted.Where(subject => subject.Kind == SubjectFacts.OpportunityKind).Select(subject => subject.Record).ToList();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var names = new Dictionary<Guid, string>();
        foreach (var contact in await database.Contacts.AsNoTracking().Where(contact => contacts.Contains(contact.Id)).Select(contact => new { contact.Id, contact.Name }).ToListAsync(cancellationToken))
            names[contact.Id] = contact.Name;
        foreach (var opportunity in await database.Opportunities.AsNoTracking().Where(opportunity => opportunities.Contains(opportunity.Id)).Select(opportunity => new { opportunity.Id, opportunity.Name }).ToListAsync(cancellationToken))
            names[opportunity.Id] = opportunity.Name;
        return wanted.Where(subject => names.ContainsKey(subject.Record)).ToDictionary(subject => (subject.Kind, subject.Id), subject => names[subject.Record]);
    }

    /// <summary>Whoever has the words in their name: contacts first, then sales.</summary>
    public async Task<IReadOnlyList<string>> Find(string words, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var pattern = $"%{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        var contacts = await database.Contacts.AsNoTracking().Where(contact => EF.Functions.Like(contact.Name, pattern, "\\") || EF.Functions.Like(contact.Email!, pattern, "\\")).OrderBy(contact => contact.Name).Select(contact => contact.Id).Take(MostFound).ToListAsync(cancellationToken);
        var opportunities = await database.Opportunities.AsNoTracking().Where(opportunity => EF.Functions.Like(opportunity.Name, pattern, "\\")).OrderBy(opportunity => opportunity.Name).Select(opportunity => opportunity.Id).Take(MostFound).ToListAsync(cancellationToken);
        return [.. contacts.Concat(opportunities).Select(id => id.ToString())];
    }
}
