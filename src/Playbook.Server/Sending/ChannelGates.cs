using System.Collections.Concurrent;

namespace Playbook.Server.Sending;

/// <summary>The gates to the channels, made when a channel is first used.</summary>
/// <param name="clock">The one clock.</param>
/// <param name="limits">How a channel may be used, by its id.</param>
/// <param name="name">What people call it, by its id.</param>
public sealed class ChannelGates(TimeProvider clock, Func<string, SendingLimits> limits, Func<string, string> name)
{
    private readonly ConcurrentDictionary<string, ChannelGate> _gates = new(StringComparer.Ordinal);

    /// <summary>Those that have been used, by id in order.</summary>
    public IReadOnlyList<ChannelState> States => [.. _gates.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.State)];

    /// <summary>A person has something tried again: channels that rest are tried out at once.</summary>
    public void TryAgain()
    {
        foreach (var gate in _gates.Values)
            gate.TryAgain();
    }

    /// <summary>How the channel may be used.</summary>
    public SendingLimits LimitsOf(string channel) => limits(channel);

    public ChannelGate Of(string channel)
    {
        var wanted = limits(channel);
        var gate = _gates.GetOrAdd(channel, id => new ChannelGate(id, name(id), wanted, clock));
        gate.Limit(wanted);
        return gate;
    }
}
