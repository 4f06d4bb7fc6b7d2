using Playbook.Abstractions;
using Playbook.Server.Sending;

namespace Playbook.Server.Plugins;

/// <summary>The channels that there are. Ask again for each message: what is here changes while the server runs.</summary>
public sealed class ChannelRegistry
{
    private static readonly SendingLimits Ordinary = new();

    private readonly IReadOnlyDictionary<string, (ChannelDescription Description, IChannel Channel)> _builtIn;
    private volatile IReadOnlyDictionary<string, Plugin> _plugins = new Dictionary<string, Plugin>();
    private volatile IReadOnlyList<ChannelDescription> _descriptions;
    private volatile IReadOnlyList<string> _ids;

    /// <param name="builtIn">The channels that need no plugin, until a plugin with the same id was set up.</param>
    public ChannelRegistry(IReadOnlyDictionary<ChannelDescription, IChannel> builtIn)
    {
        _builtIn = builtIn.ToDictionary(pair => pair.Key.Id, pair => (pair.Key, pair.Value), StringComparer.Ordinal);
        (_descriptions, _ids) = Ordered();
    }

    /// <summary>Something about the channels has changed.</summary>
    public event Action? Changed;

    /// <summary>What the channels can do, by id in order; those included that cannot send just now.</summary>
    public IReadOnlyList<ChannelDescription> Descriptions => _descriptions;

    public IReadOnlyList<string> Ids => _ids;

    /// <summary>The channel, ready to be called; null where there is none or it cannot be called now: see <see cref="WhyNot"/>.</summary>
    public IChannel? Find(string id) => _plugins.GetValueOrDefault(id) switch
    {
        { Channel: { } channel } => channel,
        // Once somebody has set a real channel up, its messages must not quietly go somewhere else.
        { WasSetUp: true } => null,
        _ => _builtIn.TryGetValue(id, out var known) ? known.Channel : null,
    };

    /// <summary>What the channel can do; null where there is none.</summary>
    public ChannelDescription? Describe(string id) =>
        _plugins.GetValueOrDefault(id)?.Description ?? (_builtIn.TryGetValue(id, out var known) ? known.Description : null);

    /// <summary>How it may be used, as its settings say.</summary>
    public SendingLimits Limits(string id) => _plugins.GetValueOrDefault(id)?.Limits ?? Ordinary;

    /// <summary>Why <see cref="Find"/> gives nothing, with the cure.</summary>
    public string WhyNot(string id) => _plugins.GetValueOrDefault(id) is { WhyNot: { } reason }
        ? reason
        : $"There is no channel '{id}'; there are: {string.Join(", ", Ids)}.";

    internal void Put(IEnumerable<Plugin> plugins)
    {
        _plugins = plugins.ToDictionary(plugin => plugin.Id, StringComparer.Ordinal);
        (_descriptions, _ids) = Ordered();
        Changed?.Invoke();
    }

    private (IReadOnlyList<ChannelDescription> Descriptions, IReadOnlyList<string> Ids) Ordered()
    {
        ChannelDescription[] all = [.. _plugins.Keys.Union(_builtIn.Keys).Select(Describe).OfType<ChannelDescription>().OrderBy(description => description.Id, StringComparer.Ordinal)];
        return (all, [.. all.Select(description => description.Id)]);
    }

    /// <param name="WasSetUp">Whether the operator ever gave it settings.</param>
    /// <param name="WhyNot">Why it cannot be called; null where it can.</param>
    internal sealed record Plugin(string Id, ChannelDescription? Description, IChannel? Channel, bool WasSetUp, string? WhyNot)
    {
        /// <summary>What its settings say of how it may be used.</summary>
        public SendingLimits Limits { get; init; } = Ordinary;
    }
}
