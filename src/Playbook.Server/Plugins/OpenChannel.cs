using Playbook.Abstractions;
using Playbook.Server.Plugins.Settings;

namespace Playbook.Server.Plugins;

/// <summary>What a plugin's channels get from the server.</summary>
/// <param name="Settings">Where settings are kept.</param>
/// <param name="Clock">The one clock.</param>
/// <param name="Folder">The folder below which each channel has one of its own.</param>
/// <param name="PublicUrl">Where the server is reached from outside; null where it is not.</param>
/// <param name="Limits">How long it may take.</param>
/// <param name="Log">Takes a line and what was behind it.</param>
internal sealed record PluginSurroundings(
    ChannelSettings Settings, TimeProvider Clock, string Folder, Uri? PublicUrl, FenceLimits Limits, Action<string, Exception?> Log)
{
    public Uri? PublicUrlOf(string id) => PublicUrl is null ? null : new Uri(PublicUrl, $"channels/{id}/");
}

/// <summary>A channel that is open, with the client that it was given.</summary>
internal sealed class OpenChannel : IAsyncDisposable
{
    private readonly HttpClient _http;

    private OpenChannel(FencedChannel channel, HttpClient http)
    {
        Channel = channel;
        _http = http;
    }

    public FencedChannel Channel { get; }

    /// <summary>Throws <see cref="PluginException"/>.</summary>
    public static async Task<OpenChannel> Open(LoadedPlugin loaded, IReadOnlyDictionary<string, string> settings, PluginSurroundings surroundings)
    {
        var id = loaded.Manifest.Id;
        var whole = SettingsForm.WithDefaults(loaded.Description, LimitFields.Without(settings));
        var http = PluginHttp.Create(loaded.Manifest, whole);
        try
        {
            var setup = new ChannelSetup(whole, surroundings.Clock, Directory.CreateDirectory(Path.Combine(surroundings.Folder, id)).FullName)
            {
                Http = http,
                PublicUrl = surroundings.PublicUrlOf(id),
                Log = line => surroundings.Log($"{id}: {line}", null),
            };
            var channel = await PluginFence.Step("open with its settings", surroundings.Limits.Step, () => loaded.Plugin.Open(setup))
                ?? throw new PluginException(PluginStatus.Malfunctioned, "It opened as nothing.", "Tell the plugin's author.");
            return new OpenChannel(new FencedChannel(channel, id, surroundings.Limits), http);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        _http.Dispose();
    }
}
