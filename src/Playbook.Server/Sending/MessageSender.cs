using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Sending;
using Playbook.Server.Inbound;
using Playbook.Server.Plugins;
using Playbook.Server.Workers;
using Playbook.Storage.Sending;

namespace Playbook.Server.Sending;

/// <summary>
/// Brings a message out: renders it, asks the sending policy, hands it to the channel and tells the run. The channel is
/// called again with the same key after a crash, and must not send twice then.
/// </summary>
public sealed class MessageSender(RunHost host, ScriptDesk scripts, PolicyDesk policy, ChannelRegistry channels, ChannelGates gates, MessageTrail trail)
{
    private static readonly TimeSpan MissingChannelIsLookedForEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseIsLookedAtEvery = TimeSpan.FromMinutes(15);

    /// <summary>Throws where the channel failed.</summary>
    public async Task<Attempt> Send(OutboxItem item, Effect.SendMessage message, RunState state, CancellationToken abort)
    {
        if (channels.Find(message.Channel) is not { } channel)
        {
            // One that there is but cannot be called now may be back soon.
            return channels.Describe(message.Channel) is null
                ? await Reject(item, channels.WhyNot(message.Channel))
                : new Attempt.Busy(MissingChannelIsLookedForEvery, channels.WhyNot(message.Channel));
        }

        var subject = state.Subject.Id.Length == 0 ? state.Subject : await host.Sources.Facts(state.Subject);
        var now = host.Clock.GetUtcNow();
        if (trail.Pause(message.Channel, Facts(subject, "rep")("email")) is { } pause)
            return new Attempt.Wait(now + PauseIsLookedAtEvery, pause.Text);
        var decided = await policy.Ask(item, message.Channel, subject, Facts(subject, "rep")("email"));
        // A crash came between the channel's answer and the run's knowledge of it.
        if (decided.WasSent)
            return await Tell(item, new Stimulus.Delivered(policy.ProviderId(item)), new { state = "sent", providerId = policy.ProviderId(item) }, subject);
        return decided.Decision switch
        {
            SendingDecision.Wait wait => new Attempt.Wait(wait.Until, wait.Rule),
            SendingDecision.Permit permit => await Write(item, message, state, subject, channel, new Permit(item.Id, now, permit.ValidUntil, permit.Rule), abort),
            SendingDecision.Block block => await Reject(item, block.Rule),
            var unknown => throw new InvalidOperationException($"The sending policy said {unknown}, which nobody here understands. This is a fault in Playbook; please report it with this message."),
        };
    }

    private async Task<Attempt> Write(OutboxItem item, Effect.SendMessage message, RunState state, Subject subject, IChannel channel, Permit permit, CancellationToken abort)
    {
        RenderedScript rendered;
        try
        {
            rendered = message.Written is { } written ? new RenderedScript(written.Subject, written.Text) : await scripts.Strict(state, subject, message.Script);
        }
        catch (ExpressionException gaps)
        {
            // A message with a hole in it goes to nobody; the run leaves through Failed with what was missing.
            await policy.Release(item);
            return await Reject(item, $"The script '{message.Script}' could not be written out: {gaps.Message}");
        }

        var outgoing = trail.With(Address(item, message.Channel, subject, rendered, permit) with { Action = message.Action, Inputs = message.Inputs }, item, message.Channel, subject);
        try
        {
            return await gates.Of(message.Channel).Send(channel, item.Id, token => channel.Send(outgoing, permit, token), abort) switch
            {
                SendResult.Accepted accepted => await Sent(item, outgoing, permit, accepted.ProviderId, subject),
                SendResult.Refused refused => await Reject(item, refused.Reason, release: true),
                SendResult.TryLater later => await Later(item, new Attempt.Busy(later.After, later.Reason)),
                var unknown => throw new InvalidOperationException($"The channel '{message.Channel}' answered {unknown?.ToString() ?? "nothing"}; it must accept, refuse or ask for time. Tell its author."),
            };
        }
        catch (ChannelRestsException rests)
        {
            return await Later(item, new Attempt.Wait(rests.Until, rests.Message));
        }
    }

    private async Task<Attempt> Later(OutboxItem item, Attempt attempt)
    {
        await policy.Release(item);
        return attempt;
    }

    private OutgoingMessage Address(OutboxItem item, string channel, Subject subject, RenderedScript rendered, Permit permit)
    {
        var contact = Facts(subject, "contact");
        var rep = Facts(subject, "rep");
        return new OutgoingMessage(item.Id, To(subject, channel), contact("name") ?? "", rendered.Subject, rendered.Text)
        {
            FromName = rep("name"),
            FromAddress = rep("email"),
            CreatedAt = permit.GivenAt,
        };
    }

    /// <summary>The contact's address as the channel wants it; the contact's id where it wants none.</summary>
    private string To(Subject subject, string channel) =>
        Facts(subject, "contact")(channels.Describe(channel) is { } described ? described.AddressFact ?? "id" : "email") ?? "";

    private static Func<string, string?> Facts(Subject subject, string name)
    {
        var facts = subject.Facts.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?>;
        return member => facts?.GetValueOrDefault(member) as string;
    }

    private Task<Attempt> Sent(OutboxItem item, OutgoingMessage outgoing, Permit permit, string providerId, Subject known)
    {
        var result = new { state = "sent", providerId, outgoing.To, outgoing.Subject, rule = permit.Reason, at = permit.GivenAt };
        return Tell(item, new Stimulus.Delivered(providerId), result, known, new SentTouch(item.Id, providerId, host.Clock.GetUtcNow())
        {
            Address = outgoing.To, Subject = outgoing.Subject, Text = outgoing.Text,
        });
    }

    private async Task<Attempt> Reject(OutboxItem item, string reason, bool release = false)
    {
        if (release)
            await policy.Release(item);
        return await Tell(item, new Stimulus.Rejected(reason), new { state = "blocked", reason });
    }

    private async Task<Attempt> Tell(OutboxItem item, Stimulus stimulus, object result, Subject? known = null, SentTouch? touch = null)
    {
        var done = new MessageDone(item.Id, JsonSerializer.Serialize(result, JsonSerializerOptions.Web)) { Sent = touch };
        if (item.BookmarkId is null)
            await host.Store.Commit([], [done]);
        else
            await host.Take(item.RunId, stimulus with { BookmarkId = item.BookmarkId }, done, known, CancellationToken.None);
        return Attempt.Done.Now;
    }
}
