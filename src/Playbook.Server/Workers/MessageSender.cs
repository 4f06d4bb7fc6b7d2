using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Sales.Sending;
using Playbook.Server.Plugins;

namespace Playbook.Server.Workers;

/// <summary>
/// Brings a message out: renders it, asks the sending policy, hands it to the channel and tells the run. The channel is
/// called again with the same key after a crash, and must not send twice then.
/// </summary>
public sealed class MessageSender(RunHost host, ScriptDesk scripts, ChannelRegistry channels)
{
    public async Task Send(OutboxItem item, Effect.SendMessage message, RunState state)
    {
        if (channels.Find(message.Channel) is not { } channel)
        {
            await Reject(item, channels.WhyNot(message.Channel));
            return;
        }

        var subject = state.Subject.Id.Length == 0 ? state.Subject : await host.Sources.Facts(state.Subject);
        var now = host.Clock.GetUtcNow();
        switch (SendingPolicy.Decide(SendingContext.Of(subject, message.Channel, now)))
        {
            case SendingDecision.Block block:
                await Reject(item, block.Rule);
                break;
            case SendingDecision.Wait wait:
                await host.Store.Defer(item.Id, wait.Until, wait.Rule);
                break;
            case SendingDecision.Permit permit:
                await Write(item, message, state, subject, channel, new Permit(item.Id, now, permit.ValidUntil, permit.Rule));
                break;
        }
    }

    private async Task Write(OutboxItem item, Effect.SendMessage message, RunState state, Subject subject, IChannel channel, Permit permit)
    {
        RenderedScript rendered;
        try
        {
            rendered = await scripts.Strict(state, subject, message.Script);
        }
        catch (ExpressionException gaps)
        {
            // A message with a hole in it goes to nobody; the run leaves through Failed with what was missing.
            await Reject(item, $"The script '{message.Script}' could not be written out: {gaps.Message}");
            return;
        }

        var outgoing = Address(item, subject, rendered, permit) with { To = To(subject, message.Channel), Action = message.Action, Inputs = message.Inputs };
        switch (await channel.Send(outgoing, permit, CancellationToken.None))
        {
            case SendResult.Accepted accepted:
                await Tell(item, new Stimulus.Delivered(accepted.ProviderId), new { state = "sent", accepted.ProviderId, outgoing.To, outgoing.Subject, rule = permit.Reason, at = permit.GivenAt });
                break;
            case SendResult.Refused refused:
                await Reject(item, refused.Reason);
                break;
            case SendResult.TryLater later:
                await host.Store.Defer(item.Id, host.Clock.GetUtcNow() + Max(later.After, TimeSpan.FromSeconds(1)), later.Reason);
                break;
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

    /// <summary>The contact's address as the channel wants it; the contact's id where it wants none.</summary>
    private string To(Subject subject, string channel) =>
        Facts(subject, "contact")(channels.Describe(channel) is { } described ? described.AddressFact ?? "id" : "email") ?? "";

    private static Func<string, string?> Facts(Subject subject, string name)
    {
        var facts = subject.Facts.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?>;
        return member => facts?.GetValueOrDefault(member) as string;
    }

    private Task Reject(OutboxItem item, string reason) => Tell(item, new Stimulus.Rejected(reason), new { state = "blocked", reason });

    private async Task Tell(OutboxItem item, Stimulus stimulus, object result)
    {
        var done = new OutboxDone(item.Id, JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
        if (item.BookmarkId is null)
            await host.Store.Commit([], [done]);
        else
            await host.Take(item.RunId, stimulus with { BookmarkId = item.BookmarkId }, done);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
