using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Storage;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Opportunities;

/// <summary>All that is known of a sale.</summary>
/// <param name="Runs">With the name of their playbook, newest first.</param>
/// <param name="Tasks">Open ones first.</param>
public sealed record OpportunityView(
    Opportunity Opportunity, Account? Account, Contact? Contact, string? Owner, string? Product, IReadOnlyList<(RunSummary Run, string Playbook)> Runs, IReadOnlyList<TaskItem> Tasks);

/// <summary>Reads a sale with its way through the playbooks.</summary>
public sealed class OpportunityDesk(IDbContextFactory<PlaybookDb> databases, RunStore store, DefinitionStore definitions)
{
    private const int Most = 100;

    /// <summary>Null where there is no such sale.</summary>
    public async Task<OpportunityView?> Load(Guid id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Opportunities.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken) is not { } sale)
            return null;
        var names = (await definitions.List(cancellationToken: cancellationToken)).ToDictionary(version => version.DefinitionId, version => version.Name);
        var subject = id.ToString("D");
        return new(
            sale,
            await database.Accounts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == sale.AccountId, cancellationToken),
            await database.Contacts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == sale.ContactId, cancellationToken),
            await database.Reps.AsNoTracking().Where(one => one.Id == sale.OwnerId).Select(one => one.Name).SingleOrDefaultAsync(cancellationToken),
            await database.Products.AsNoTracking().Where(one => one.Id == sale.ProductId).Select(one => one.Name).SingleOrDefaultAsync(cancellationToken),
            [.. store.Queries.List(new RunFilter { SubjectId = subject }, 0, Most).Select(run => (run, names.GetValueOrDefault(run.DefinitionId, run.DefinitionId)))],
            [.. store.Tasks.List(new TaskFilter { State = null, SubjectId = subject }, 0, Most).OrderBy(task => task.CompletedAt is not null).ThenByDescending(task => task.CompletedAt ?? task.CreatedAt)]);
    }
}
