using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Calendar;
using Playbook.Sales.Sending;
using Playbook.Server.Api.Tasks;
using Playbook.Server.Definitions;
using Playbook.Server.Sending;
using Playbook.Server.Workers;
using Playbook.Storage;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Today;

/// <summary>All that one step needs on the screen.</summary>
/// <param name="Script">The words to say; null where the step has none.</param>
/// <param name="ScriptProblem">Why the script cannot be shown; null where it can.</param>
/// <param name="LocalTime">What the clock shows where the contact is; null where nobody knows where that is.</param>
/// <param name="Touches">The last ones, latest first.</param>
public sealed record Step(
    TaskItem Task, RunState Run, string Playbook, string? Phase, Subject Subject, MarkedScript? Script, string? ScriptProblem, string? LocalTime, IReadOnlyList<Touch> Touches)
{
    public IReadOnlyDictionary<string, object?>? Facts(string name) => Subject.Facts.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?>;

    public string? Fact(string name, string member) => Facts(name)?.GetValueOrDefault(member) as string;
}

/// <summary>Brings a step onto the screen, and takes its answer.</summary>
internal sealed class StepDesk(RunTasks tasks, RunHost host, ScriptDesk scripts, DefinitionStore definitions, PolicyDesk policy, IDbContextFactory<PlaybookDb> databases)
{
    private const int LastTouches = 6;

    /// <summary>Null where there is no such task.</summary>
    public async Task<Step?> Open(string taskId, CancellationToken cancellationToken = default)
    {
        if (tasks.Get(taskId) is not { } task || await host.Store.Get(task.RunId, cancellationToken) is not { } run)
            return null;
        var subject = run.Subject.Id.Length == 0 ? run.Subject : await host.Sources.Facts(run.Subject);
        var (script, problem) = await Script(task, run, subject);
        var playbook = await definitions.Get(task.DefinitionId, VersionChoice.Published, cancellationToken);
        var contact = (subject.Facts.GetValueOrDefault("contact") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("id") as string;
        return new Step(task, run, playbook?.Name ?? task.DefinitionId, Phase(task, subject), subject, script, problem, Local(subject), await Touches(contact, cancellationToken));
    }

    /// <summary>Says what came of it.</summary>
    public async Task<TaskAnswer> Answer(string taskId, string outcome, IReadOnlyDictionary<string, object?> fields, string? by)
    {
        var answer = await TaskAnswer.Give(taskId, outcome, fields, by, tasks, host);
        if (answer is TaskAnswer.Taken)
            await policy.Done(taskId);
        return answer;
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
            return (null, $"The script '{name}' cannot be shown: {fault.Message}");
        }
    }

    private static string? Phase(TaskItem task, Subject subject) =>
        Playbook.Sales.Phases.Phase.IsKnown(task.DefinitionId) ? task.DefinitionId
        : (subject.Facts.GetValueOrDefault("opportunity") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("phase") as string;

    private string? Local(Subject subject)
    {
        var contact = subject.Facts.GetValueOrDefault("contact") as IReadOnlyDictionary<string, object?>;
        if (contact?.GetValueOrDefault("time_zone") is not string { Length: > 0 } && contact?.GetValueOrDefault("country") is not string { Length: > 0 })
            return null;
        var zone = ContactPlace.Zone(subject);
        var there = NodaTime.Instant.FromDateTimeOffset(host.Clock.GetUtcNow()).InZone(zone);
        return $"{there.Hour:00}:{there.Minute:00} in {zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ')}";
    }

    private async Task<IReadOnlyList<Touch>> Touches(string? contact, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(contact, out var id))
            return [];
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Touches.AsNoTracking().Where(touch => touch.ContactId == id && touch.Kind != TouchKind.Permitted)
            .OrderByDescending(touch => touch.At).Take(LastTouches).ToListAsync(cancellationToken);
    }
}
