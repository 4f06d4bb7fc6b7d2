using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Sales.Scenarios;

/// <summary>A moment at which something happens by itself.</summary>
/// <param name="What">What happens then, in a few words.</param>
public sealed record TrialTimer(DateTimeOffset At, string What);

/// <summary>One activity that waits, and for what.</summary>
public sealed record TrialWait(string ActivityId, string Title)
{
    /// <summary>The task of a person; null where none is asked.</summary>
    public TaskOpened? Task { get; init; }

    /// <summary>The task's script as the person would read it; null where it has none or it is broken.</summary>
    public MarkedScript? Script { get; init; }

    /// <summary>Why there is no <see cref="Script"/>; null where nothing is wrong.</summary>
    public string? ScriptProblem { get; init; }

    public bool ForReply { get; init; }

    /// <summary>Whether the contact may answer an invitation.</summary>
    public bool ForInvitation { get; init; }

    /// <summary>The events that it waits for, by name.</summary>
    public IReadOnlyList<string> Signals { get; init; } = [];

    /// <summary>Whether it waits for an answer from outside, such as a web service's.</summary>
    public bool ForAnswer { get; init; }

    /// <summary>Whether it waits for another playbook to end.</summary>
    public bool ForRun { get; init; }

    public IReadOnlyList<TrialTimer> Timers { get; init; } = [];
}

/// <summary>Tells what a trial's run waits for.</summary>
public static class TrialWaits
{
    public static IReadOnlyList<TrialWait> Of(TrialSession session, ScriptTemplates templates)
    {
        ArgumentNullException.ThrowIfNull(session);
        var run = session.Run;
        if (RunLifecycle.IsOver(run))
            return [];
        return [.. run.Bookmarks.GroupBy(b => (b.ActivityId, b.Execution)).Select(own => Wait(session, templates, run, [.. own]))];
    }

    private static TrialWait Wait(TrialSession session, ScriptTemplates templates, RunState run, List<RunBookmark> own)
    {
        var activity = own[0].ActivityId;
        var task = session.Trial.Tasks.FirstOrDefault(t => own.Exists(b => b.Id == t.TaskId));
        var wait = new TrialWait(activity, ActivityTitle.Of(session.Playbook.Definition, activity))
        {
            Task = task,
            ForReply = own.Exists(b => b.Kind == BookmarkKind.Reply),
            ForInvitation = own.Exists(b => b.Kind == BookmarkKind.Invitation),
            Signals = [.. own.Where(b => b.Kind == BookmarkKind.Signal).Select(b => b.Key)],
            ForAnswer = own.Exists(b => b.Kind == BookmarkKind.Answer),
            ForRun = own.Exists(b => b.Kind == BookmarkKind.Run),
            Timers = [.. own.Where(b => b.DueAt is not null).OrderBy(b => b.DueAt).Select(b => new TrialTimer(b.DueAt!.Value, Timer(b, own)))],
        };
        return task?.Request.Script is { } script ? WithScript(wait, script, session, templates, run) : wait;
    }

    private static string Timer(RunBookmark bookmark, List<RunBookmark> own) => bookmark.Key switch
    {
        "escalate" => "somebody else takes over",
        "expire" => "the step is given up",
        _ when own.Exists(b => b.Kind == BookmarkKind.Reply) => "no answer came",
        _ when own.Exists(b => b.Kind == BookmarkKind.Task) => "the time is up",
        _ => "it goes on",
    };

    private static TrialWait WithScript(TrialWait wait, string name, TrialSession session, ScriptTemplates templates, RunState run)
    {
        var language = run.Subject.Facts.GetValueOrDefault("contact") is IReadOnlyDictionary<string, object?> contact ? contact.GetValueOrDefault("language") as string : null;
        if (ScriptNames.Find(session.Playbook.Scripts, name, language) is not { } script)
            return wait with { ScriptProblem = $"The playbook has no script '{name}'." };
        try
        {
            return wait with { Script = templates.RenderMarked(script, RunScope.Of(session.Playbook.Definition, run, session.Trial.Clock.GetUtcNow())) };
        }
        catch (ExpressionException broken)
        {
            return wait with { ScriptProblem = broken.Message };
        }
    }
}
