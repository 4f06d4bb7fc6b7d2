using Playbook.Server.Plugins;

namespace Playbook.Server.Pages.Channels;

/// <summary>A plugin's status as people say it.</summary>
internal static class ChannelWords
{
    public static string Status(PluginReport plugin) => plugin switch
    {
        { Status: PluginStatus.Active, Health.IsWell: false } => "has trouble",
        { Status: PluginStatus.Active } => "ready",
        { Status: PluginStatus.NotConfigured } => "needs settings",
        { Status: PluginStatus.Disabled } => "turned off",
        { Status: PluginStatus.Incompatible } => "does not fit",
        _ => "does not work",
    };

    public static string Colour(PluginReport plugin) => plugin switch
    {
        { Status: PluginStatus.Active, Health.IsWell: false } => "amber",
        { Status: PluginStatus.Active } => "green",
        { Status: PluginStatus.NotConfigured or PluginStatus.Incompatible } => "amber",
        { Status: PluginStatus.Disabled } => "",
        _ => "red",
    };
}
