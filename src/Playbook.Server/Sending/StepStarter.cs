using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Reps;
using Playbook.Sales.Sending;
using Playbook.Server.Plugins;
using Playbook.Storage;
using Playbook.Storage.Runs;
using Playbook.Storage.Sending;

namespace Playbook.Server.Sending;

/// <summary>
/// Has a channel begin a guided step at the rep's press: its provider rings the rep, then the contact. Only with a permit of
/// the sending policy, and once for each task.
/// </summary>
public sealed class StepStarter(
    RunHost host, RunTasks tasks, SendingLedger ledger, PolicyDesk policy, ChannelRegistry channels, ChannelGates gates, IDbContextFactory<PlaybookDb> databases)
{
    /// <summary>Null where there is no such open task.</summary>
    /// <param name="taskId">The guided step's task.</param>
    /// <param name="repId">The rep who pressed, whose phone rings; null for the one whom the contact belongs to.</param>
    /// <param name="cancellationToken">Gives it up before anything was begun.</param>
    public async Task<StepStart?> Begin(string taskId, Guid? repId, CancellationToken cancellationToken)
    {
        if (tasks.Get(taskId) is not { State: Storage.Runs.Schema.TaskState.Open } task)
            return null;
        if (task.Request is not { Channel: { } channelId } || task.Request.Details.GetValueOrDefault("canBegin") is not true)
            return new StepStart.Impossible("No channel can begin this step; a person does it.");
        if (channels.Find(channelId) is not { } channel)
            return new StepStart.Impossible(channels.WhyNot(channelId));
        if (await host.Store.Get(task.RunId, cancellationToken) is not { } state)
            return null;
        var subject = state.Subject.Id.Length == 0 ? state.Subject : await host.Sources.Facts(state.Subject);
        if (Message(task, channelId, subject, await RepWho(repId, cancellationToken)) is not { } message)
            return new StepStart.Refused($"The contact has no address for {channels.Describe(channelId)?.DisplayName ?? channelId}; add it to the contact.");
        var decided = await policy.Begin(taskId, task, subject);
        if (decided.WasSent)
            return new StepStart.Begun(ledger.TouchesOfMessage(taskId).FirstOrDefault(touch => touch.Direction == TouchDirection.Out)?.ProviderId ?? "");
        if (decided.Decision is not SendingDecision.Permit permit)
            return new StepStart.NotAllowed(decided.Decision);
        return await Call(channelId, channel, message, new Permit(taskId, host.Clock.GetUtcNow(), permit.ValidUntil, permit.Rule), cancellationToken);
    }

    private async Task<StepStart> Call(string channelId, IChannel channel, OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        SendResult result;
        try
        {
            // Not given up when the page is closed: the provider may be dialling already.
            result = await gates.Of(channelId).Send(channel, message.IdempotencyKey, token => channel.Send(message, permit, token), CancellationToken.None);
        }
        catch (ChannelRestsException rests)
        {
            await ledger.Release(message.IdempotencyKey);
            return new StepStart.Busy(rests.Until - host.Clock.GetUtcNow(), rests.Message);
        }
        catch (ChannelGivenUpException givenUp)
        {
            await ledger.Release(message.IdempotencyKey);
            return new StepStart.Refused(givenUp.Message);
        }
        catch (Exception fault) when (fault is PluginException or TimeoutException or HttpRequestException)
        {
            // It may have been begun: what the permit took stays taken.
            cancellationToken.ThrowIfCancellationRequested();
            return new StepStart.Unclear($"{fault.Message} Whether it was begun is not known; press again, which begins nothing twice.");
        }

        switch (result)
        {
            case SendResult.Accepted accepted:
                await ledger.Sent(new SentTouch(message.IdempotencyKey, accepted.ProviderId, host.Clock.GetUtcNow()) { Address = message.To });
                return new StepStart.Begun(accepted.ProviderId);
            case SendResult.Refused refused:
                await ledger.Release(message.IdempotencyKey);
                return new StepStart.Refused(refused.Reason);
            case SendResult.TryLater later:
                await ledger.Release(message.IdempotencyKey);
                return new StepStart.Busy(later.After, later.Reason);
            default:
                throw new InvalidOperationException($"The channel '{channelId}' answered {result?.ToString() ?? "nothing"}; it must accept, refuse or ask for time. Tell its author.");
        }
    }

    /// <summary>Null where the contact has no address for it.</summary>
    private OutgoingMessage? Message(TaskItem task, string channel, Subject subject, Rep? pressed)
    {
        var contact = Facts(subject, "contact");
        var rep = pressed is null ? Facts(subject, "rep") : new Dictionary<string, object?> { ["name"] = pressed.Name, ["email"] = pressed.Email, ["phone"] = pressed.Phone };
        if (contact.GetValueOrDefault(channels.Describe(channel)?.AddressFact ?? "id") as string is not { Length: > 0 } to)
            return null;
        var inputs = task.Request.Details.GetValueOrDefault("inputs") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
        return new OutgoingMessage(task.Id, to, contact.GetValueOrDefault("name") as string ?? "", null, "")
        {
            FromName = rep.GetValueOrDefault("name") as string,
            FromAddress = rep.GetValueOrDefault("email") as string,
            CreatedAt = host.Clock.GetUtcNow(),
            Action = task.Request.Details.GetValueOrDefault("action") as string,
            Inputs = rep.GetValueOrDefault("phone") is string { Length: > 0 } phone ? new Dictionary<string, object?>(inputs) { ["rep_phone"] = phone } : inputs,
        };
    }

    private async Task<Rep?> RepWho(Guid? id, CancellationToken cancellationToken)
    {
        if (id is not { } wanted)
            return null;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Reps.AsNoTracking().SingleOrDefaultAsync(rep => rep.Id == wanted, cancellationToken);
    }

    private static IReadOnlyDictionary<string, object?> Facts(Subject subject, string name) =>
        subject.Facts.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
}
