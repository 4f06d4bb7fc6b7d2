using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Sending;
using Playbook.Storage.Runs;
using Playbook.Storage.Sending;

namespace Playbook.Server.Sending;

/// <summary>The one place where messages and guided steps ask the sending policy.</summary>
public sealed class PolicyDesk(RunHost host, SendingLedger ledger, RunTasks tasks, ChannelGates gates)
{
    /// <summary>
    /// Whether a message may go now. With a permit it counts against the caps at once; say <see cref="Release"/> where it
    /// did not go out.
    /// </summary>
    /// <param name="item">The message's outbox item.</param>
    /// <param name="channel">The channel that it goes over.</param>
    /// <param name="subject">The run's subject with fresh facts.</param>
    /// <param name="mailbox">Our own address that it goes out from; null where caps by mailbox have no meaning.</param>
    public ValueTask<Decided> Ask(OutboxItem item, string channel, Subject subject, string? mailbox)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ledger.Decide(SendingQuestion.Of(subject, item.Id, channel, host.Clock.GetUtcNow()) with { RunId = item.RunId, Mailbox = mailbox, MailboxLimits = gates.LimitsOf(channel).Mailbox });
    }

    /// <summary>The message did not go out now: what the permit took of the caps is free again.</summary>
    public ValueTask<bool> Release(OutboxItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ledger.Release(item.Id);
    }

    /// <summary>The channel's name for a message that went out.</summary>
    public string? ProviderId(OutboxItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ledger.TouchesOfMessage(item.Id).FirstOrDefault(touch => touch.Direction == TouchDirection.Out)?.ProviderId;
    }

    /// <summary>A guided step was done: where a rep had begun it, the attempt is a touch.</summary>
    public ValueTask<bool> Done(string taskId) => ledger.Sent(new SentTouch(taskId, null, host.Clock.GetUtcNow()));

    /// <summary>What the policy says of a guided step that is only looked at: nothing is kept. Null where the task uses no channel or is not there.</summary>
    public async ValueTask<SendingDecision?> Look(string taskId) => await Question(taskId) is { } question ? ledger.Preview(question) : null;

    /// <summary>
    /// What the policy says of a guided step that a rep begins: kept, and with a permit the attempt counts. Null where the
    /// task uses no channel or is not there.
    /// </summary>
    public async ValueTask<SendingDecision?> Begin(string taskId) => await Question(taskId) is { } question ? (await ledger.Decide(question)).Decision : null;

    /// <summary>The same, where the task and its subject were read just now.</summary>
    internal ValueTask<Decided> Begin(string taskId, TaskItem task, Subject subject) =>
        ledger.Decide(SendingQuestion.Of(subject, taskId, task.Request.Channel!, host.Clock.GetUtcNow()) with { RunId = task.RunId });

    private async ValueTask<SendingQuestion?> Question(string taskId)
    {
        if (tasks.Get(taskId) is not { Request.Channel: { } channel } task || await host.Store.Get(task.RunId) is not { } state)
            return null;
        var subject = state.Subject.Id.Length == 0 ? state.Subject : await host.Sources.Facts(state.Subject);
        return SendingQuestion.Of(subject, taskId, channel, host.Clock.GetUtcNow()) with { RunId = task.RunId };
    }
}
