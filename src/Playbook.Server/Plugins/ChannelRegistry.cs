using Playbook.Abstractions;

namespace Playbook.Server.Plugins;

/// <summary>The channels that there are. Ask again for each message: what is here changes while the server runs.</summary>
public sealed class ChannelRegistry
{
    private readonly IReadOnlyDictionary<string, (ChannelDescription Description, IChannel Channel)> _builtIn;

    /// <param name="builtIn">The channels that need no plugin.</param>
    public ChannelRegistry(IReadOnlyDictionary<ChannelDescription, IChannel> builtIn) =>
        _builtIn = builtIn.ToDictionary(pair => pair.Key.Id, pair => (pair.Key, pair.Value), StringComparer.Ordinal);

    /// <summary>What the channels can do, by id in order; those included that cannot send just now.</summary>
    public IReadOnlyList<ChannelDescription> Descriptions => [.. _builtIn.Values.Select(channel => channel.Description).OrderBy(description => description.Id, StringComparer.Ordinal)];

    public IEnumerable<string> Ids => Descriptions.Select(description => description.Id);

    /// <summary>The channel, ready to be called; null where there is none or it cannot be called now: see <see cref="WhyNot"/>.</summary>
    public IChannel? Find(string id) => _builtIn.TryGetValue(id, out var known) ? known.Channel : null;

    /// <summary>What the channel can do; null where there is none.</summary>
    public ChannelDescription? Describe(string id) => _builtIn.TryGetValue(id, out var known) ? known.Description : null;

    /// <summary>Why <see cref="Find"/> gives nothing, with the cure.</summary>
    public string WhyNot(string id) => $"There is no channel '{id}'; there are: {string.Join(", ", Ids)}.";
}
