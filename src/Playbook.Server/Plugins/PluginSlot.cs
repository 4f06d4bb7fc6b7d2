using Playbook.Abstractions;
using Playbook.Server.Plugins.Settings;
using Playbook.Server.Sending;

namespace Playbook.Server.Plugins;

/// <summary>One plugin folder through its life: read, loaded, opened, closed, loaded again. Used by one at a time.</summary>
internal sealed class PluginSlot(PluginFolder folder, PluginSurroundings surroundings)
{
    private LoadedPlugin? _loaded;
    private OpenChannel? _open;
    private PluginManifest? _manifest;
    private ChannelDescription? _description;
    private ChannelDecision _decision = ChannelDecision.None;
    private bool _wasSetUp;
    private PluginException? _problem;

    public PluginFolder Folder => folder;

    public string Key => _manifest?.Id ?? folder.Name;

    public ChannelDescription? Description => _description;

    public FencedChannel? Channel => _open?.Channel;

    private PluginException? Problem => _problem ?? _open?.Channel.Faults.Malfunction;

    /// <summary>Reads plugin.json; the id decides who may have it.</summary>
    public void Read()
    {
        try
        {
            _manifest = PluginManifest.Read(folder.Path);
            _problem = null;
        }
        catch (PluginException fault)
        {
            _manifest = fault.Data["manifest"] as PluginManifest;
            _problem = fault;
        }
    }

    /// <summary>Another plugin has the same id.</summary>
    public void GiveWay(PluginSlot other) => _problem = new PluginException(
        PluginStatus.Disabled, $"The plugin in {other.Folder.Path} has the same id and is used instead.", "Take one of the two folders away.");

    /// <summary>Loads and opens it, step by step; never throws. Nothing of it may be open.</summary>
    public async Task Start(CancellationToken cancellationToken)
    {
        if (_problem is not null || _manifest is not { } manifest)
            return;
        try
        {
            if (await surroundings.Settings.IsDisabled(manifest.Id, cancellationToken))
                throw new PluginException(PluginStatus.Disabled, "It was turned off.", $"Turn it on again on this page or by 'playbook plugin enable {manifest.Id}'.");
            _loaded = await LoadedPlugin.Load(folder.Path, manifest, surroundings.Limits.Step);
            _description = LimitFields.Add(_loaded.Description);
            await Open(_loaded, cancellationToken);
        }
        catch (PluginException fault)
        {
            _problem = fault;
            if (fault.Status is not PluginStatus.Disabled and not PluginStatus.NotConfigured)
                surroundings.Log($"The plugin {Key} is {fault.Status}: {fault.Reason}", fault.InnerException);
        }
    }

    /// <summary>Finishes what is under way and lets go of its code.</summary>
    public async Task Stop()
    {
        var (open, loaded) = (_open, _loaded);
        (_open, _loaded, _problem) = (null, null, null);
        if (open is not null)
            await open.DisposeAsync();
        loaded?.Unload();
    }

    /// <summary>Tries settings that are not kept; sentences where they do not work.</summary>
    public async Task<IReadOnlyList<string>> Test(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        if (_loaded is not { } loaded)
            return [Problem?.Message ?? "It is not loaded."];
        var missing = SettingsForm.Missing(loaded.Description, SettingsForm.WithDefaults(loaded.Description, settings));
        if (missing.Count > 0)
            return [.. missing.Select(setting => $"{setting.Label} is missing.")];
        try
        {
            await using var trial = await OpenChannel.Open(loaded, settings, surroundings);
            return await trial.Channel.Validate(cancellationToken);
        }
        catch (PluginException fault)
        {
            return [fault.Message];
        }
    }

    public IReadOnlyDictionary<string, string> Settings => _decision.Settings ?? new Dictionary<string, string>();

    public ChannelRegistry.Plugin Registered() => new(Key, _description, _open?.Channel, _wasSetUp, _open is null ? $"The channel '{Key}' cannot be used now. {Problem?.Message}" : null) { Limits = SendingLimits.Of(Settings) };

    public PluginReport Report() => new(Key, Problem?.Status ?? PluginStatus.Active, folder.Path)
    {
        Reason = Problem?.Reason,
        Cure = Problem?.Cure,
        IsShipped = folder.IsShipped,
        Manifest = _manifest,
        Description = _description,
        Health = _open?.Channel.Health,
        Settings = Shown(),
    };

    private async Task Open(LoadedPlugin loaded, CancellationToken cancellationToken)
    {
        _wasSetUp = true; // settings that are there and cannot be read are settings all the same
        _decision = await surroundings.Settings.Read(loaded.Manifest.Id, cancellationToken);
        _wasSetUp = _decision.Settings is not null;
        var missing = SettingsForm.Missing(loaded.Description, Settings);
        if (missing.Count > 0)
            throw new PluginException(
                PluginStatus.NotConfigured,
                $"It needs {string.Join(", ", missing.Select(setting => setting.Label))}.",
                $"Fill the settings in on the page Channels, or by 'playbook plugin settings {loaded.Manifest.Id} --set {missing[0].Name}=…'.");
        _open = await OpenChannel.Open(loaded, Settings, surroundings);
    }

    private Dictionary<string, string?> Shown()
    {
        var secrets = _description?.Settings.Where(setting => setting.Type == "secret").Select(setting => setting.Name).ToHashSet(StringComparer.Ordinal);
        // Without its description nobody knows what is a secret: then everything is one.
        return Settings.ToDictionary(pair => pair.Key, pair => secrets is null || secrets.Contains(pair.Key) ? null : pair.Value, StringComparer.Ordinal);
    }
}
