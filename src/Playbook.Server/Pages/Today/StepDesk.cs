using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Calendar;
using Playbook.Sales.Queue;
using Playbook.Sales.Sending;
using Playbook.Server.Definitions;
using Playbook.Server.Sending;
using Playbook.Server.Workers;
using Playbook.Storage;
using Playbook.Storage.Definitions;
using Playbook.Storage.Queue;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;
using Playbook.Storage.Sending;

namespace Playbook.Server.Pages.Today;

/// <summary>Brings a step onto the screen.</summary>
internal sealed class StepDesk(
    RunTasks tasks, RunHost host, ScriptDesk scripts, DefinitionCache definitions, PolicyDesk policy, SendingLedger ledger, QueueBook book, WritingDesk writing, CallDesk calls, IDbContextFactory<PlaybookDb> databases, IStringLocalizer<Texts> L)
{
    private const int LastTouches = 5;
    private const string ObjectionScript = "objection-cards";

    /// <summary>Null where there is no such task.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="me">Who is to do it: scripts speak in their name where nobody else is named.</param>
    public async Task<Step?> Open(string taskId, string me)
    {
        if (tasks.Get(taskId) is not { } task || await host.Store.Get(task.RunId) is not { } run)
            return null;
        var subject = Speaking(run.Subject.Id.Length == 0 ? run.Subject : await host.Sources.Facts(run.Subject), me);
        var definition = (await definitions.Version(run.DefinitionVersionId)).Definition;
        var (script, problem) = await Script(task, run, subject);
        var contact = Facts(subject, "contact");
        var zone = Zone(subject);
        var channel = await writing.ChannelOf(task);
        return new Step(task, run, subject, definition.Name ?? task.DefinitionId)
        {
            Phase = definition.PlaybookProperties?["phase"] is { } phase ? phase.ToString() : Facts(subject, "opportunity")?.GetValueOrDefault("phase") as string,
            Script = script is null || channel is not null || task.Request.Channel == "email" ? [] : SpokenScript.Lines(script.Text),
            Mail = channel is null && script is not null && task.Request.Channel == "email" ? Mail(script, subject) : null,
            CanCall = await calls.CanCall(task),
            Message = channel is null ? null : Message(task, channel, script, subject),
            ScriptProblem = problem,
            Objections = task.Request.Script == ObjectionScript ? [] : await Objections(task, run, subject),
            Discovery = Discovery(task, run, definition),
            Zone = zone?.Id,
            LocalTime = zone is null ? null : Local(zone),
            Touches = Guid.TryParse(contact?.GetValueOrDefault("id") as string, out var id)
                ? [.. ledger.TouchesOfContact(id, 3 * LastTouches).Where(touch => touch.Kind != TouchKind.Permitted).Take(LastTouches)]
                : [],
            Leave = task.Request.Channel is null ? null : await policy.Look(taskId),
            Moves = book.Moves(taskId),
        };
    }

    /// <summary>Why the step cannot be done by this person any more; null where it can.</summary>
    public string? WhyGone(string taskId, string me)
    {
        if (tasks.Get(taskId) is not { } task)
            return L["The task is gone: its run was removed."];
        if (task.State == TaskState.Completed)
            return task.By == me ? L["You answered this with '{0}'. Nothing of what stands below was stored.", task.Outcome!]
                : L["{0} answered this with '{1}'. Nothing of what stands below was stored.", task.By ?? L["Somebody"], task.Outcome!];
        if (task.State == TaskState.Withdrawn)
            return L["The playbook went on without this step. Nothing of what stands below was stored."];
        if (book.Held(taskId) is { } held)
            return held.By == me ? L["You have just answered this with '{0}'. Nothing of what stands below was stored.", held.Outcome]
                : L["{0} has just answered this with '{1}'. Nothing of what stands below was stored.", held.By ?? L["Somebody"], held.Outcome];
        return task.Owner is { } owner && owner != me && book.Moves(taskId) is [{ At: var at }, ..] && host.Clock.GetUtcNow() - at < TimeSpan.FromHours(8) ? L["{0} has this step now. Nothing of what stands below was stored.", owner].Value : null;
    }

    /// <summary>The rep begins to call or write: the attempt counts where the policy permits it.</summary>
    public async Task<SendingDecision?> Begin(string taskId) => await policy.Begin(taskId);

    public async Task Report(Step step, string text, string me)
    {
        var now = host.Clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync();
        database.ChangeRequests.Add(new ChangeRequest
        {
            Id = Guid.CreateVersion7(now), DefinitionId = step.Task.DefinitionId, Version = step.Run.DefinitionVersion, ActivityId = step.Task.ActivityId, Step = step.Task.Title, Text = text, At = now, By = me,
        });
        await database.SaveChangesAsync();
    }

    /// <summary>A time as the contact's clock shows it, for what is promised to them.</summary>
    public string Local(DateTimeZone zone)
    {
        var there = Instant.FromDateTimeOffset(host.Clock.GetUtcNow()).InZone(zone);
        return L["{0} in {1}", $"{there.Hour:00}:{there.Minute:00}", zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ')];
    }

    private static Subject Speaking(Subject subject, string me)
    {
        if (Facts(subject, "rep") is not { } rep || rep.GetValueOrDefault("name") is string { Length: > 0 })
            return subject;
        var named = new Dictionary<string, object?>(rep) { ["name"] = me, ["first_name"] = me.Split(' ', 2)[0] };
        return subject with { Facts = new Dictionary<string, object?>(subject.Facts) { ["rep"] = named } };
    }

    private async Task<(MarkedScript? Script, string? Problem)> Script(TaskItem task, RunState run, Subject subject)
    {
        if (task.Request.Script is not { } name)
            return default;
        try
        {
            return (await scripts.Marked(run, subject, name), null);
        }
        catch (Exception fault) when (fault is ExpressionException or DefinitionException)
        {
            return (null, L["The script '{0}' cannot be shown: {1}", name, fault.Message].Value);
        }
    }

    private async Task<IReadOnlyList<ObjectionCard>> Objections(TaskItem task, RunState run, Subject subject)
    {
        if (task.Request.Channel is not ("phone" or "calendar"))
            return [];
        var version = await definitions.Version(run.DefinitionVersionId);
        if (version.Script(ObjectionScript, Facts(subject, "contact")?.GetValueOrDefault("language") as string) is null)
            return [];
        try
        {
            return SpokenScript.Cards((await scripts.Marked(run, subject, ObjectionScript)).Text);
        }
        catch (ExpressionException)
        {
            // The step is done without them; the playbook's own page says what is wrong with its scripts.
            return [];
        }
    }

    private static List<Discovered> Discovery(TaskItem task, RunState run, PlaybookDefinition definition)
    {
        var known = new List<Discovered>();
        for (var i = 0; i < definition.Variables.Count && i < run.Variables.Length; i++)
            if (run.Variables[i] is string { Length: > 0 } value)
                known.Add(new(Words(definition.Variables[i].Name), Readable(value)));
        if (task.Request.Details.GetValueOrDefault("category") is "qualify")
            foreach (var field in task.Request.Fields.Where(field => field.Required))
                if (!known.Exists(one => one.Label == Words(field.Name)))
                    known.Add(new(Words(field.Name), null));
        return known;
    }

    // What a date field wrote is for programs; the times are the contact's own.
    private static string Readable(string value) => DateTime.TryParseExact(value, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        ? at.ToString("d MMM HH:mm", CultureInfo.CurrentCulture)
        : value;

    private static string Words(string name) => CultureInfo.InvariantCulture.TextInfo.ToUpper(name[0]) + name[1..].Replace('_', ' ');

    private static Written Mail(MarkedScript script, Subject subject)
    {
        var (rep, contact) = (Facts(subject, "rep"), Facts(subject, "contact"));
        return new(Address(rep), Address(contact), script.Subject is { } line ? Plain(line) : null, Plain(script.Text));
    }

    private static Draft Message(TaskItem task, ChannelDescription channel, MarkedScript? script, Subject subject)
    {
        var to = Facts(subject, "contact")?.GetValueOrDefault(channel.AddressFact!) as string;
        var hasSubject = WritingDesk.HasSubject(channel);
        return new Draft(
            channel.DisplayName, hasSubject ? Address(Facts(subject, "rep")) : Facts(subject, "rep")?.GetValueOrDefault("name") as string,
            string.IsNullOrWhiteSpace(to) ? null : hasSubject ? Address(Facts(subject, "contact")) : to,
            hasSubject ? script?.Subject is { } line ? Plain(line) : "" : null, script is null ? "" : Plain(script.Text), WritingDesk.OutcomeOf(task));
    }

    private static string? Address(IReadOnlyDictionary<string, object?>? who) =>
        (who?.GetValueOrDefault("name") as string, who?.GetValueOrDefault("email") as string) switch
        {
            ({ Length: > 0 } name, { Length: > 0 } email) => $"{name} <{email}>",
            ({ Length: > 0 } name, _) => name,
            (_, var email) => email,
        };

    private static string Plain(IReadOnlyList<ScriptPart> parts) => string.Concat(parts.Select(part => part.Kind == ScriptPartKind.Missing ? $"[{part.Name}?]" : part.Text));

    private static DateTimeZone? Zone(Subject subject)
    {
        var contact = Facts(subject, "contact");
        return contact?.GetValueOrDefault("time_zone") is not string { Length: > 0 } && contact?.GetValueOrDefault("country") is not string { Length: > 0 } ? null : ContactPlace.Zone(subject);
    }

    private static IReadOnlyDictionary<string, object?>? Facts(Subject subject, string name) => subject.Facts.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?>;
}
