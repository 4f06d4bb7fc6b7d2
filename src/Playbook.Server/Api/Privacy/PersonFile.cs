using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Accounts;
using Playbook.Sales.Consent;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Sending;
using Playbook.Server.Api.Runs;
using Playbook.Server.Api.Tasks;
using Playbook.Server.Channels;
using Playbook.Server.Definitions;
using Playbook.Server.Host;
using Playbook.Storage;
using Playbook.Storage.Runs;
using Playbook.Storage.Sending;

namespace Playbook.Server.Api.Privacy;

/// <summary>All that is stored about a person, by where it stands.</summary>
internal sealed record PersonExport(
    DateTimeOffset ExportedAt, Contact Contact, Account? Account, IReadOnlyList<Opportunity> Opportunities, IReadOnlyList<ConsentEntry> Consents, IReadOnlyList<Touch> Touches,
    IReadOnlyList<KeptDecision> Decisions, IReadOnlyList<Suppression> Suppressions, IReadOnlyList<PersonRun> Runs, IReadOnlyList<TaskRecord> Tasks, IReadOnlyList<ImportRecord> Imports,
    IReadOnlyList<Note> Notes);

/// <summary>A run about the person, with all that happened in it and what it sent.</summary>
internal sealed record PersonRun(RunItem Run, IReadOnlyDictionary<string, object?> Facts, IReadOnlyList<HistoryTurn> History, IReadOnlyList<MessageItem> Messages);

/// <summary>A task about the person, with what was written down.</summary>
internal sealed record TaskRecord(TaskSummary Task, IReadOnlyDictionary<string, object?> Details, IReadOnlyDictionary<string, object?> Answers);

/// <summary>A row of a file from which the person came.</summary>
internal sealed record ImportRecord(string File, int Line, string Cells);

/// <summary>Puts together, or erases, all that is stored about one person.</summary>
internal sealed class PersonFile(IDbContextFactory<PlaybookDb> databases, RunHost host, RunStore store, DefinitionCache definitions, ServeOptions options)
{
    private const int MostTouches = 100_000;
    private const int RunsAtOnce = 1_000;

    /// <summary>Null where there is no such contact.</summary>
    public async Task<PersonExport?> Export(Guid id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Contacts.AsNoTracking().SingleOrDefaultAsync(contact => contact.Id == id, cancellationToken) is not { } contact)
            return null;
        var opportunities = await database.Opportunities.AsNoTracking().Where(opportunity => opportunity.ContactId == id).ToListAsync(cancellationToken);
        var subjects = opportunities.Select(opportunity => opportunity.Id).Prepend(id).Select(subject => subject.ToString("D")).ToList();
        var keys = AddressKeys.Of(id, contact.Email, contact.Phone, contact.LinkedIn, contact.Country);
        return new(
            host.Clock.GetUtcNow(), contact,
            await database.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Id == contact.AccountId, cancellationToken),
            opportunities,
            store.Sending.Consents(id),
            store.Sending.TouchesOfContact(id, MostTouches),
            await database.SendingDecisions.AsNoTracking().Where(decision => decision.ContactId == id).OrderBy(decision => decision.Id).ToListAsync(cancellationToken),
            await database.Suppressions.AsNoTracking().Where(entry => keys.Contains(entry.Key)).ToListAsync(cancellationToken),
            await Runs(subjects, cancellationToken),
            [.. subjects.SelectMany(subject => store.Tasks.List(new TaskFilter { State = null, SubjectId = subject }, 0, MostTouches)).Select(task => new TaskRecord(TaskSummary.Of(task), task.Request.Details, task.Fields))],
            await database.ImportedRows.AsNoTracking().Where(row => row.RecordId == id).Select(row => new ImportRecord(row.File, row.Line, row.Cells)).ToListAsync(cancellationToken),
            await database.Notes.AsNoTracking().Where(note => note.SubjectId == id).OrderBy(note => note.At).ToListAsync(cancellationToken));
    }

    /// <summary>Null where there is no such contact. Their own runs end first; a company's runs go on without them.</summary>
    public async Task<ErasureReceipt?> Erase(Guid id, string? by, CancellationToken cancellationToken)
    {
        Contact? contact;
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
            contact = await database.Contacts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (contact is null)
            return null;
        foreach (var run in store.Queries.List(new RunFilter { SubjectId = id.ToString("D") }, 0, int.MaxValue))
            if (run.SubStatus is not (RunSubStatus.Finished or RunSubStatus.Cancelled))
                await host.Take(run.Id, new Stimulus.Cancelled("The person was erased.", by), null, CancellationToken.None);
        // Before the database forgets which they were. Where one cannot be deleted, nothing is said to be erased.
        var files = Directory.Exists(options.MessagesPath) ? EmlChannel.Erase(options.MessagesPath, store.Sending.TouchesOfContact(id, MostTouches).Select(touch => touch.MessageKey).OfType<string>()) : 0;
        // Once begun it is finished, whoever goes away meanwhile.
        return await store.Privacy.Erase(contact, host.Clock.GetUtcNow(), by, new Dictionary<string, long> { ["message files"] = files });
    }

    private async Task<List<PersonRun>> Runs(IReadOnlyList<string> subjects, CancellationToken cancellationToken)
    {
        var runs = new List<PersonRun>();
        foreach (var run in subjects.SelectMany(subject => store.Queries.List(new RunFilter { SubjectId = subject }, 0, RunsAtOnce)))
        {
            if (await host.Store.Get(run.Id, cancellationToken) is not { } state)
                continue;
            var words = new HistoryWords((await definitions.Version(state.DefinitionVersionId, cancellationToken)).Definition);
            runs.Add(new(RunItem.Of(run), state.Subject.Facts, [.. store.Queries.History(run.Id).Select(words.Tell)], [.. store.Queries.Messages(run.Id).Select(MessageItem.Of)]));
        }

        return runs;
    }
}
