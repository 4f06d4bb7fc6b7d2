using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Playbook.Engine.Activities;
using Playbook.Sales.Activities;
using Playbook.Server.Host;
using Playbook.Server.Plugins.Settings;
using Playbook.Storage;

namespace Playbook.Server.Plugins;

/// <summary>
/// The channel plugins of a server: found, loaded, opened, watched, and taken up again without a restart. Whatever a plugin
/// does, the server goes on and says what is wrong with it.
/// </summary>
public sealed class PluginHost : IAsyncDisposable
{
    private readonly ServeOptions _options;
    private readonly ActivityCatalog _catalog;
    private readonly ChannelRegistry _registry;
    private readonly ChannelSettings _settings;
    private readonly PluginSurroundings _surroundings;
    private readonly SemaphoreSlim _turn = new(1);
    private volatile IReadOnlyList<PluginSlot> _slots = [];

    public PluginHost(
        ServeOptions options, ActivityCatalog catalog, ChannelRegistry registry, IDbContextFactory<PlaybookDb> databases,
        IDataProtectionProvider protection, TimeProvider clock, ILogger<PluginHost> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _catalog = catalog;
        _registry = registry;
        _settings = new ChannelSettings(databases, protection, clock);
        _surroundings = new PluginSurroundings(
            _settings, clock, Path.Combine(Path.GetDirectoryName(options.DatabasePath)!, "channels"), options.PublicUrl, options.PluginLimits,
            (line, fault) => log.LogWarning(fault, "{Line}", line));
    }

    /// <summary>Every plugin folder, by key.</summary>
    public IReadOnlyList<PluginReport> All => [.. _slots.Select(slot => slot.Report()).OrderBy(report => report.Key, StringComparer.Ordinal)];

    /// <summary>Null where there is no such plugin.</summary>
    public PluginReport? Find(string key) => Slot(key)?.Report();

    /// <summary>Finds the plugins and starts all at the same time; returns when each is open or known not to be.</summary>
    public Task Start(CancellationToken cancellationToken) => Alone(async () =>
    {
        await StopAll();
        var slots = PluginFolders.Find(_options.ShippedPlugins, _options.PluginsPath).Select(folder => new PluginSlot(folder, _surroundings)).ToList();
        var taken = new Dictionary<string, PluginSlot>(StringComparer.Ordinal);
        foreach (var slot in slots)
        {
            slot.Read();
            if (!taken.TryAdd(slot.Key, slot))
                slot.GiveWay(taken[slot.Key]);
        }

        await Task.WhenAll(slots.Select(slot => slot.Start(cancellationToken)));
        _slots = slots;
        Tell();
    }, cancellationToken);

    /// <summary>Reads the folder again and takes the plugin up anew; calls under way are finished first. False where there is none.</summary>
    public Task<bool> Reload(string key, CancellationToken cancellationToken) => Change(key, _ => Task.CompletedTask, cancellationToken);

    public Task<bool> Enable(string key, CancellationToken cancellationToken) => Change(key, slot => _settings.SetDisabled(slot.Key, false, cancellationToken), cancellationToken);

    public Task<bool> Disable(string key, CancellationToken cancellationToken) => Change(key, slot => _settings.SetDisabled(slot.Key, true, cancellationToken), cancellationToken);

    /// <summary>Keeps settings and opens the channel with them. What does not fit is told by setting, and nothing is kept then.</summary>
    /// <param name="key">The plugin.</param>
    /// <param name="sent">By name; a secret that is empty stays as it was, null takes any away.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<IReadOnlyDictionary<string, string[]>> Configure(string key, IReadOnlyDictionary<string, string?> sent, CancellationToken cancellationToken)
    {
        var (settings, problems) = Merge(key, sent);
        if (problems.Count == 0)
            await Change(key, slot => _settings.Write(slot.Key, settings, cancellationToken), cancellationToken);
        return problems;
    }

    /// <summary>Tries settings for real without keeping them; empty where they work.</summary>
    public async Task<IReadOnlyList<string>> Test(string key, IReadOnlyDictionary<string, string?> sent, CancellationToken cancellationToken)
    {
        var (settings, problems) = Merge(key, sent);
        if (problems.Count > 0)
            return [.. problems.Values.SelectMany(problem => problem)];
        return Slot(key) is { } slot ? await slot.Test(settings, cancellationToken) : ["There is no such plugin."];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAll();
        _turn.Dispose();
    }

    private (IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, string[]> Problems) Merge(string key, IReadOnlyDictionary<string, string?> sent) =>
        Slot(key) is { Description: { } description } slot
            ? SettingsForm.Merge(description, slot.Settings, sent)
            : (new Dictionary<string, string>(), new Dictionary<string, string[]> { [key] = ["It is not loaded, so nobody knows its settings. Look why on the page Channels."] });

    private PluginSlot? Slot(string key) => _slots.FirstOrDefault(slot => slot.Key == key);

    private async Task<bool> Change(string key, Func<PluginSlot, Task> change, CancellationToken cancellationToken)
    {
        var found = false;
        await Alone(async () =>
        {
            if (Slot(key) is not { } slot)
                return;
            found = true;
            await change(slot);
            // From here on nobody finds it any more; whoever has it already is waited for.
            var stopping = slot.Stop();
            Tell();
            await stopping;
            slot.Read();
            await slot.Start(cancellationToken);
            Tell();
        }, cancellationToken);
        return found;
    }

    private void Tell()
    {
        var slots = _slots;
        _registry.Put(slots.DistinctBy(slot => slot.Key, StringComparer.Ordinal).Select(slot => slot.Registered()));
        _catalog.Offer(slots.Select(slot => slot.Description).OfType<Abstractions.ChannelDescription>().SelectMany(ChannelSteps.Of));
    }

    private async Task StopAll()
    {
        var slots = _slots;
        _slots = [];
        await Task.WhenAll(slots.Select(slot => slot.Stop()));
    }

    private async Task Alone(Func<Task> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            _turn.Release();
        }
    }
}
