using System.Text.Json.Nodes;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Inbound.Unsubscribe;
using Playbook.Storage.Inbound;
using Playbook.Storage.Runs;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Server.Inbound;

/// <summary>
/// What ties a message that goes out to what will come back: the link that ends the subscription, and the conversation that it
/// belongs to.
/// </summary>
public sealed class MessageTrail(RunStore store, UnsubscribeLinks links)
{
    private const int LongestThread = 20;

    /// <summary>The incident by which nothing goes out from the mailbox; null where nothing stops it.</summary>
    public ChannelIncident? Pause(string channel, string? mailbox) => store.Inbound.Pause(channel, mailbox);

    /// <summary>The message with its link and its conversation.</summary>
    public OutgoingMessage With(OutgoingMessage message, OutboxItem item, string channel, Subject subject)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(subject);
        return message with
        {
            Thread = Before(item, channel),
            UnsubscribeUrl = EventMatching.ContactOf(subject) is { } contact ? links.For(new UnsubscribeTarget(contact, channel, item.Id)) : null,
        };
    }

    /// <summary>The run's earlier messages over the same channel, as the provider knows them, oldest first.</summary>
    private IReadOnlyList<string> Before(OutboxItem item, string channel) =>
    [
        .. store.Queries.Messages(item.RunId)
            .TakeWhile(message => message.Id != item.Id)
            .Where(message => message.State == OutboxStatus.Done && message.Message.Channel == channel)
            .Select(message => ProviderId(message.Result)).OfType<string>().TakeLast(LongestThread),
    ];

    private static string? ProviderId(string? result) => result is null ? null : (string?)(JsonNode.Parse(result) as JsonObject)?["providerId"];
}
