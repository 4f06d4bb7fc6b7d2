using Playbook.Abstractions;
using Playbook.Sales.Activities;
using Playbook.Server.Host;

namespace Playbook.Server.Plugins;

/// <summary>The steps of the channel plugins that are here, for commands that need no server.</summary>
internal static class PluginSteps
{
    /// <summary>Those of the shipped plugins and of the default database's; a plugin that does not load adds none.</summary>
    public static IReadOnlyList<IActivity> Here()
    {
        var options = new ServeOptions();
        var loading = PluginFolders.Find(options.ShippedPlugins, options.PluginsPath).Select(folder => Task.Run(() => Describe(folder, options.PluginLimits.Step)));
        var found = Task.WhenAll(loading).GetAwaiter().GetResult();
        return [.. found.OfType<ChannelDescription>().DistinctBy(channel => channel.Id, StringComparer.Ordinal).SelectMany(ChannelSteps.Of)];
    }

    private static async Task<ChannelDescription?> Describe(PluginFolder folder, TimeSpan limit)
    {
        try
        {
            return (await LoadedPlugin.Load(folder.Path, PluginManifest.Read(folder.Path), limit)).Description;
        }
        catch (PluginException)
        {
            // 'playbook plugin list' says why; here a playbook that uses it is told of a step that nobody knows.
            return null;
        }
    }
}
