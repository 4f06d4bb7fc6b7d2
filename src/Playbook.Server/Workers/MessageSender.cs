using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Sending;
using Playbook.Server.Plugins;
using Playbook.Server.Sending;

namespace Playbook.Server.Workers;

/// <summary>
/// Brings a message out: renders it, asks the sending policy, hands it to the channel and tells the run. The channel is
/// called again with the same key after a crash, and must not send twice then.
/// </summary>
public sealed class MessageSender(RunHost host, ScriptDesk scripts, ChannelRegistry channels, ChannelGates gates)
{
    private static readonly TimeSpan MissingChannelIsLookedForEvery = TimeSpan.FromMinutes(1);

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
        return SendingPolicy.Decide(SendingContext.Of(subject, message.Channel, now)) switch
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
            rendered = await scripts.Strict(state, subject, message.Script);
        }
        catch (ExpressionException gaps)
        {
            // A message with a hole in it goes to nobody; the run leaves through Failed with what was missing.
            return await Reject(item, $"The script '{message.Script}' could not be written out: {gaps.Message}");
        }

        var outgoing = Address(item, subject, rendered, permit) with { Action = message.Action, Inputs = message.Inputs };
        try
        {
            return await gates.Of(message.Channel).Send(channel, item.Id, token => channel.Send(outgoing, permit, token), abort) switch
            {
                SendResult.Accepted accepted => await Tell(item, new Stimulus.Delivered(accepted.ProviderId), new { state = "sent", accepted.ProviderId, outgoing.To, outgoing.Subject, rule = permit.Reason, at = permit.GivenAt }, subject),
                SendResult.Refused refused => await Reject(item, refused.Reason),
                SendResult.TryLater later => new Attempt.Busy(later.After, later.Reason),
                var unknown => throw new InvalidOperationException($"The channel '{message.Channel}' answered {unknown?.ToString() ?? "nothing"}; it must accept, refuse or ask for time. Tell its author."),
            };
        }
        catch (ChannelRestsException rests)
        {
            return new Attempt.Wait(rests.Until, rests.Message);
        }
    }

    private static OutgoingMessage Address(OutboxItem item, Subject subject, RenderedScript rendered, Permit permit)
    {
        var contact = Facts(subject, "contact");
        var rep = Facts(subject, "rep");
        return new OutgoingMessage(item.Id, contact("email") ?? "", contact("name") ?? "", rendered.Subject, rendered.Text)
        {
            FromName = rep("name"),
            FromAddress = rep("email"),
            CreatedAt = permit.GivenAt,
        };
    }

    private static Func<string, string?> Facts(Subject subject, string name)
    {
        var facts = subject.Facts.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?>;
        return member => facts?.GetValueOrDefault(member) as string;
    }

    private Task<Attempt> Reject(OutboxItem item, string reason) => Tell(item, new Stimulus.Rejected(reason), new { state = "blocked", reason });

    private async Task<Attempt> Tell(OutboxItem item, Stimulus stimulus, object result, Subject? known = null)
    {
        var done = new OutboxDone(item.Id, JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
        if (item.BookmarkId is null)
            await host.Store.Commit([], [done]);
        else
            await host.Take(item.RunId, stimulus with { BookmarkId = item.BookmarkId }, done, CancellationToken.None, known);
        return Attempt.Done.Now;
    }
}
