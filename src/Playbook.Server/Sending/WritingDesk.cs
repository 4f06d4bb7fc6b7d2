using System.Text.RegularExpressions;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Definitions;
using Playbook.Server.Plugins;
using Playbook.Storage.Runs;

namespace Playbook.Server.Sending;

/// <summary>Which steps a rep can write and send from here, and what is wrong with what was written.</summary>
public sealed partial class WritingDesk(RunHost host, ChannelRegistry channels, DefinitionCache definitions)
{
    /// <summary>The names under which a page gives what was written.</summary>
    public const string SubjectField = "mail-subject", TextField = "mail-text";

    private const string GuidedStep = "Playbook.GuidedStep";
    private const int LongestText = 100_000;
    private const int LongestSubject = 300;

    /// <summary>The channel over which the step's message can be sent; null where a person writes it elsewhere.</summary>
    public async ValueTask<ChannelDescription?> ChannelOf(TaskItem task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.Request.Channel is not { } id || channels.Find(id) is null || channels.Describe(id) is not { AddressFact: not null } channel || channel.Actions.Any(action => action.IsGuided))
            return null;
        if (await host.Store.Get(task.RunId) is not { } run)
            return null;
        var definition = (await definitions.Version(run.DefinitionVersionId)).Definition;
        return definition.Nodes.FirstOrDefault(node => node.Id == task.ActivityId)?.Type == GuidedStep ? channel : null;
    }

    /// <summary>Whether messages over it have a subject line.</summary>
    public static bool HasSubject(ChannelDescription channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.AddressFact == "email";
    }

    /// <summary>The outcome that sending the message is, of those that the step has.</summary>
    public static string OutcomeOf(TaskItem task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Request.Outcomes.FirstOrDefault(outcome => outcome is "Sent" or "Written" or "Posted" or "Sendt") ?? task.Request.Outcomes[0];
    }

    /// <summary>What must be mended before it can go, by field; empty where nothing is.</summary>
    public async ValueTask<IReadOnlyDictionary<string, string>> Problems(TaskItem task, WrittenMessage written)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(written);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if (await ChannelOf(task) is not { } channel)
        {
            problems[TextField] = $"It cannot be sent from here: {(task.Request.Channel is { } id ? channels.WhyNot(id) : "the step has no channel.")} Send it another way and press the outcome.";
            return problems;
        }

        if (string.IsNullOrWhiteSpace(written.Text))
            problems[TextField] = "Write something first.";
        else if (written.Text.Length > LongestText)
            problems[TextField] = $"The text has {written.Text.Length:N0} characters; {LongestText:N0} are the most that can be sent.";
        else if (Gap().Match(written.Text) is { Success: true } gap)
            problems[TextField] = $"{gap.Value} is a gap: nobody knows that yet. Write it, or take the sentence out.";
        if (!HasSubject(channel))
            return problems;
        if (string.IsNullOrWhiteSpace(written.Subject))
            problems[SubjectField] = "An e-mail needs a subject.";
        else if (written.Subject.Length > LongestSubject || written.Subject.AsSpan().ContainsAny('\r', '\n'))
            problems[SubjectField] = $"A subject is one line of at most {LongestSubject} characters.";
        else if (Gap().Match(written.Subject) is { Success: true } gap)
            problems[SubjectField] = $"{gap.Value} is a gap: nobody knows that yet. Write it, or take it out.";
        return problems;
    }

    // As the preview shows what a script could not say.
    [GeneratedRegex(@"\[[^\[\]\r\n]{1,80}\?\]", RegexOptions.None, 200)]
    private static partial Regex Gap();
}
