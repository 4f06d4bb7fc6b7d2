using System.Collections.Frozen;
using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Settings;

/// <summary>
/// What the form of every channel asks besides the plugin's own settings: how fast messages are given to it. The server keeps
/// to that; the plugin never sees these.
/// </summary>
internal static class LimitFields
{
    private static readonly FormField[] Any =
    [
        new("sending-side-by-side", "Messages at the same time", "number") { Min = 1, Max = 256, Help = "How many messages are given to the channel side by side. Empty: 16." },
        new("sending-per-minute", "Messages a minute", "number") { Min = 0.01m, Max = 1_000_000, Help = "Spread evenly. Empty: as many as the channel takes." },
        new("sending-time-limit", "Seconds for one message", "number") { Min = 1, Max = 240, Help = "After that long the message counts as failed and is tried again. Empty: 120." },
    ];

    private static readonly FormField[] Mailbox =
    [
        new("sending-mailbox-per-hour", "Messages an hour from one sender's address", "number") { Min = 0, Max = 1_000_000, Help = "0: no limit. Empty: as the sending policy says." },
        new("sending-mailbox-per-day", "Messages a day from one sender's address", "number") { Min = 0, Max = 1_000_000, Help = "0: no limit. Empty: as the sending policy says." },
        new("sending-ramp-up-start", "Messages on a new address's first day", "number") { Min = 1, Max = 1_000_000, Help = "It grows evenly from there. Empty: as the sending policy says." },
        new("sending-ramp-up-days", "Days until a new address may send all of that", "number") { Min = 0, Max = 366, Help = "0: from the first day. Empty: as the sending policy says." },
    ];

    private static readonly FrozenSet<string> Names = Any.Concat(Mailbox).Select(field => field.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The description with the fields that it can use: none where it is never asked to send.</summary>
    public static ChannelDescription Add(ChannelDescription description) => Sends(description)
        ? description with { Settings = [.. description.Settings.Where(setting => !Names.Contains(setting.Name)), .. Any, .. description.AddressFact == "email" ? Mailbox : []] }
        : description;

    /// <summary>The plugin's own settings.</summary>
    public static IReadOnlyDictionary<string, string> Without(IReadOnlyDictionary<string, string> settings) =>
        settings.Where(setting => !Names.Contains(setting.Key)).ToDictionary(StringComparer.Ordinal);

    private static bool Sends(ChannelDescription description) =>
        description.Actions.Count == 0 || description.Actions.Any(action => !action.IsGuided || action.CanBegin);
}
