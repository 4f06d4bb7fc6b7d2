using System.Reflection;
using Playbook.Abstractions;

namespace Playbook.Server.Plugins;

/// <summary>A plugin whose code is in the process, and what it says of itself.</summary>
internal sealed class LoadedPlugin
{
    private readonly PluginLoadContext _context;

    private LoadedPlugin(PluginManifest manifest, IChannelPlugin plugin, ChannelDescription description, PluginLoadContext context)
    {
        Manifest = manifest;
        Plugin = plugin;
        Description = description;
        _context = context;
    }

    public PluginManifest Manifest { get; }
    public IChannelPlugin Plugin { get; }
    public ChannelDescription Description { get; }

    /// <summary>Loads, makes and asks it, each step within the limit. Throws <see cref="PluginException"/>.</summary>
    public static async Task<LoadedPlugin> Load(string folder, PluginManifest manifest, TimeSpan limit)
    {
        var context = new PluginLoadContext(Path.GetFullPath(Path.Combine(folder, manifest.Assembly)));
        try
        {
            var plugin = await PluginFence.Step("load its code", limit, () => Make(context, manifest));
            var description = await PluginFence.Step("describe itself", limit, () => plugin.Description is { } said ? DescriptionCopy.Of(said) : null);
            return new LoadedPlugin(manifest, plugin, Checked(manifest, description), context);
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    /// <summary>Lets it go; its memory is given back once nothing of it is under way.</summary>
    public void Unload() => _context.Unload();

    private static IChannelPlugin Make(PluginLoadContext context, PluginManifest manifest)
    {
        var type = context.LoadMain().GetType(manifest.Class, throwOnError: false)
            ?? throw Broken($"There is no class {manifest.Class} in {manifest.Assembly}.", "Write the class's full name, with its namespace, as 'class' in plugin.json.");
        if (!typeof(IChannelPlugin).IsAssignableFrom(type))
            throw Broken($"The class {manifest.Class} does not implement IChannelPlugin.", "Name the class that does as 'class' in plugin.json.");
        if (type.IsAbstract || type.GetConstructor(BindingFlags.Public | BindingFlags.Instance, []) is null)
            throw Broken($"The class {manifest.Class} has no public constructor without parameters.", "Give it one; what it needs comes with ChannelSetup in Open.");
        return (IChannelPlugin)Activator.CreateInstance(type)!;
    }

    private static ChannelDescription Checked(PluginManifest manifest, ChannelDescription? description)
    {
        if (description is null)
            throw Broken("It describes itself as nothing.", "Return a ChannelDescription.");
        if (description.Id != manifest.Id)
            throw Broken($"It calls itself '{description.Id}', but plugin.json says '{manifest.Id}'.", "Write the same id in both.");
        var secrets = description.Settings.Where(setting => setting.Type == "secret").Select(setting => setting.Name).Order(StringComparer.Ordinal);
        if (!secrets.SequenceEqual(manifest.Secrets.Order(StringComparer.Ordinal)))
            throw Broken($"Its settings of type secret ({Names(secrets)}) are not those that plugin.json lists ({Names(manifest.Secrets)}).", "List them as 'secrets' in plugin.json, so that the operator knows before any code runs.");
        return description;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? text : "none";

    private static PluginException Broken(string reason, string cure) => new(PluginStatus.Malfunctioned, reason, cure);
}
