namespace Playbook.Server.Plugins;

/// <summary>How long the server waits for a plugin, in real time. What takes longer is left behind.</summary>
public sealed record FenceLimits
{
    /// <summary>Loading, describing, opening: steps that do no I/O.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Looking at settings; the contract says 30 seconds.</summary>
    public TimeSpan Validate { get; init; } = TimeSpan.FromSeconds(35);

    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan Receive { get; init; } = TimeSpan.FromSeconds(20);
    public TimeSpan Health { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long calls under way may still take when a plugin is reloaded or turned off.</summary>
    public TimeSpan Finish { get; init; } = TimeSpan.FromSeconds(65);
}
