using Playbook.Abstractions;

namespace Playbook.Server.Plugins;

/// <summary>What the operator is told of a plugin.</summary>
/// <param name="Key">What commands and pages name it by: the id, or the folder's name where the id is not known.</param>
/// <param name="Status">See <see cref="PluginStatus"/>.</param>
/// <param name="Folder">Where it stands.</param>
public sealed record PluginReport(string Key, PluginStatus Status, string Folder)
{
    /// <summary>Why it is not active; null where it is.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do about it; null where it is active.</summary>
    public string? Cure { get; init; }

    public bool IsShipped { get; init; }

    /// <summary>What plugin.json says; null where it cannot be read.</summary>
    public PluginManifest? Manifest { get; init; }

    /// <summary>What the channel says of itself; null where its code was not run.</summary>
    public ChannelDescription? Description { get; init; }

    /// <summary>How the channel is; null where it is not open.</summary>
    public ChannelHealth? Health { get; init; }

    /// <summary>The settings that have a value; secrets are only named here, never shown.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();
}
