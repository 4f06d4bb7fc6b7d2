namespace Playbook.Server.Plugins;

/// <summary>A folder that holds a plugin.</summary>
/// <param name="IsShipped">Whether it came with Playbook; the operator's own wins over it.</param>
internal sealed record PluginFolder(string Path, bool IsShipped)
{
    public string Name => System.IO.Path.GetFileName(Path);
}

internal static class PluginFolders
{
    /// <summary>The plugins that came with the program.</summary>
    public static string Shipped { get; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>The folders with a plugin.json; the operator's first, each kind by name.</summary>
    public static IReadOnlyList<PluginFolder> Find(string shipped, string own)
    {
        var mine = Below(own, isShipped: false);
        return Path.GetFullPath(own) == Path.GetFullPath(shipped) ? mine : [.. mine, .. Below(shipped, isShipped: true)];
    }

    private static List<PluginFolder> Below(string folder, bool isShipped) => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(Path.GetFullPath(folder)).Where(below => File.Exists(Path.Combine(below, PluginManifest.FileName))).Order(StringComparer.Ordinal).Select(below => new PluginFolder(below, isShipped))]
        : [];
}
