using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using Playbook.Sales.Calendar;
using Playbook.Sales.Consent;
using Playbook.Sales.Contacts;
using Playbook.Sales.Reps;
using Playbook.Sales.Sending;
using Playbook.Sales.Subjects;
using Playbook.Server.Pages.Runs;
using Playbook.Storage;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;
using Playbook.Storage.Sending;

namespace Playbook.Server.Pages.Contacts;

/// <summary>Reads a contact with all that hangs on them, and writes down what people say.</summary>
public sealed class ContactDesk(IDbContextFactory<PlaybookDb> databases, RunStore store, DefinitionStore definitions, TimelineWords words, RunStateWords states, TimeProvider clock, IStringLocalizer<Texts> L)
{
    private const int MostRuns = 200;

    /// <summary>Null where there is no such contact.</summary>
    /// <param name="id">Whom.</param>
    /// <param name="most">How long the timeline may be.</param>
    public async Task<ContactView?> Load(Guid id, int most = 40, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Contacts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken) is not { } contact)
            return null;
        var opportunities = await database.Opportunities.AsNoTracking().Where(one => one.ContactId == id).OrderByDescending(one => one.UpdatedAt).ToListAsync(cancellationToken);
        var names = (await definitions.List(cancellationToken: cancellationToken)).ToDictionary(version => version.DefinitionId, version => version.Name);
        var subjects = opportunities.Select(one => (Id: one.Id.ToString("D"), Name: (string?)one.Name)).Prepend((id.ToString("D"), null)).ToList();
        List<ContactRun> runs = [.. subjects
            .SelectMany(subject => store.Queries.List(new RunFilter { SubjectId = subject.Id }, 0, MostRuns).Select(run => new ContactRun(run, names.GetValueOrDefault(run.DefinitionId, run.DefinitionId), subject.Name)))
            .OrderByDescending(run => run.Run.CreatedAt)];
        List<TaskItem> tasks = [.. subjects.SelectMany(subject => store.Tasks.List(new TaskFilter { State = null, SubjectId = subject.Id }, 0, MostRuns))];
        var consents = store.Sending.Consents(id);
        var keys = AddressKeys.Of(id, contact.Email, contact.Phone, contact.LinkedIn, contact.Country);
        var timeline = await Timeline(database, id, contact.Name, runs, tasks, consents, most, cancellationToken);
        return new(
            contact,
            await database.Accounts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == contact.AccountId, cancellationToken),
            await database.Reps.AsNoTracking().SingleOrDefaultAsync(one => one.Id == contact.OwnerId, cancellationToken),
            Local(contact), opportunities, runs, [.. tasks.Where(task => task.State == Storage.Runs.Schema.TaskState.Open)],
            [.. consents.Reverse()],
            await database.Suppressions.AsNoTracking().Where(entry => keys.Contains(entry.Key)).OrderByDescending(entry => entry.At).ToListAsync(cancellationToken),
            [.. timeline.Take(most)], timeline.Count > most);
    }

    public async Task<IReadOnlyList<Rep>> Reps(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Reps.AsNoTracking().OrderBy(rep => rep.Name).ToListAsync(cancellationToken);
    }

    /// <summary>What they said about being contacted, as somebody heard or read it.</summary>
    /// <param name="act">Given, withdrawn or objected.</param>
    /// <param name="scope">A channel's id, or everything.</param>
    /// <param name="wording">In their words.</param>
    /// <param name="evidence">Where it can be looked up.</param>
    public ValueTask<bool> Record(Guid contactId, ConsentAct act, string scope, string wording, string? evidence, string? by)
    {
        var now = clock.GetUtcNow();
        return store.Sending.Record(new ConsentEntry
        {
            Id = Guid.CreateVersion7(now), ContactId = contactId, Act = act, Scope = scope, At = now, Wording = wording, Evidence = evidence, By = by, Basis = act == ConsentAct.Objected ? "objection" : "consent",
        });
    }

    private async Task<List<TimelineItem>> Timeline(
        PlaybookDb database, Guid id, string name, List<ContactRun> runs, List<TaskItem> tasks, IReadOnlyList<ConsentEntry> consents, int most, CancellationToken cancellationToken)
    {
        var touches = await database.Touches.AsNoTracking().Where(touch => touch.ContactId == id && touch.Kind != TouchKind.Permitted).OrderByDescending(touch => touch.At).Take(most + 1).ToListAsync(cancellationToken);
        // What was allowed shows as the touch that came of it.
        var decisions = await database.SendingDecisions.AsNoTracking().Where(decision => decision.ContactId == id && decision.Verdict != Verdict.Permit).OrderByDescending(decision => decision.At).Take(most + 1).ToListAsync(cancellationToken);
        var notes = await database.Notes.AsNoTracking().Where(note => note.SubjectId == id).OrderByDescending(note => note.At).Take(most + 1).ToListAsync(cancellationToken);
        return
        [
            .. touches.Select(words.Of)
                .Concat(decisions.GroupBy(decision => (decision.MessageKey, decision.RuleId)).Select(words.Of))
                .Concat(consents.Select(words.Of))
                .Concat(notes.Select(note => new TimelineItem(note.Id.ToString("N"), note.At, TimelineKind.Note, L["Note"], note.Text, note.By)))
                .Concat(tasks.Where(task => task.State == Storage.Runs.Schema.TaskState.Completed).Select(task => new TimelineItem(task.Id, task.CompletedAt!.Value, TimelineKind.Step, $"{Bare(task.Title, name)}: {task.Outcome}", Answers(task), task.By, $"/runs/{task.RunId}")))
                .Concat(runs.Select(run => new TimelineItem($"{run.Run.Id:N}-began", run.Run.CreatedAt, TimelineKind.Run, L["{0} began", run.Playbook], run.About, null, $"/runs/{run.Run.Id}")))
                .Concat(runs.Where(run => run.Run.FinishedAt is not null).Select(run => new TimelineItem($"{run.Run.Id:N}-ended", run.Run.FinishedAt!.Value, TimelineKind.Run, $"{run.Playbook}: {states.Of(run.Run.Status, run.Run.SubStatus, run.Run.OpenIncidents)}", run.About, null, $"/runs/{run.Run.Id}")))
                .OrderByDescending(item => item.At),
        ];
    }

    // On their own page nobody needs to be told whom a step was about.
    private static string Bare(string title, string name) => title.EndsWith($": {name}", StringComparison.Ordinal) ? title[..^(name.Length + 2)] : title;

    private static string? Answers(TaskItem task)
    {
        var answers = task.Fields.Where(field => field.Value is string { Length: > 0 } or bool or double or long).Select(field => $"{field.Key.Replace('_', ' ')}: {Convert.ToString(field.Value, System.Globalization.CultureInfo.InvariantCulture)}");
        return string.Join(" · ", answers) is { Length: > 0 } text ? text : null;
    }

    private string? Local(Contact contact)
    {
        if (string.IsNullOrEmpty(contact.TimeZone) && string.IsNullOrEmpty(contact.Country))
            return null;
        var zone = ContactPlace.Zone(SubjectFacts.OfContact(contact, new SubjectRecords()));
        var there = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(zone);
        return L["{0} in {1}", $"{there.Hour:00}:{there.Minute:00}", zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ')];
    }
}
