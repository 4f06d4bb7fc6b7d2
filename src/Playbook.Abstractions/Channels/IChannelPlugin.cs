namespace Playbook.Abstractions;

/// <summary>
/// What a plugin folder brings: one channel. The class that <c>plugin.json</c> names implements it and has a public
/// constructor without parameters.
/// <code>
/// public sealed class FaxPlugin : IChannelPlugin
/// {
///     public ChannelDescription Description { get; } = new("fax", "Fax", "Sends a page to a fax machine.");
///     public IChannel Open(ChannelSetup setup) => new FaxChannel(setup);
/// }
/// </code>
/// </summary>
public interface IChannelPlugin
{
    /// <summary>What the channel is called and can do. Asked once, before there are settings; must not do I/O.</summary>
    ChannelDescription Description { get; }

    /// <summary>
    /// Makes the channel for the settings given; called again with new ones whenever they change, after the old one was
    /// disposed. Must not do I/O. Throws only where the settings cannot be read at all; the message names the cause and
    /// the cure.
    /// </summary>
    IChannel Open(ChannelSetup setup);

    /// <summary>
    /// A provider made of code for the checks of <c>playbook plugin verify</c>; null, as by default, where the plugin brings none:
    /// then most checks are reported as not made. Never called while the channel is used for real.
    /// </summary>
    /// <param name="setup">As <see cref="Open"/> gets it afterwards, but without settings and client.</param>
    ChannelTrial? Trial(ChannelSetup setup) => null;
}

/// <summary>The version of the contract between the host and channel plugins, which <c>plugin.json</c> names as <c>contractVersion</c>.</summary>
public static class PluginContract
{
    /// <summary>The version that these types are. A plugin built for another one is not loaded.</summary>
    public const int Version = 1;
}

/// <summary>What the host gives a channel.</summary>
/// <param name="Settings">The values of <see cref="ChannelDescription.Settings"/> by name, secrets included; what is not set is missing.</param>
/// <param name="Clock">The only clock that a channel may use; trials move it by hand.</param>
/// <param name="Folder">A folder of the channel's own that outlives restarts and reloads; it exists.</param>
public sealed record ChannelSetup(IReadOnlyDictionary<string, string> Settings, TimeProvider Clock, string Folder)
{
    /// <summary>
    /// The name of an option (a <c>HttpRequestOptionsKey&lt;bool&gt;</c>) for a request that is to reach a public address only:
    /// where the host's name leads into this machine's network at the moment of connecting, the request fails.
    /// </summary>
    public const string PublicAddressOnly = "playbook.public-address-only";

    /// <summary>
    /// For requests to the hosts that <c>plugin.json</c> names; to any other it throws, and so it does where a name that the
    /// plugin's author gave leads into this machine's network. With a time limit of 30 seconds. Null only in a test that gives
    /// none.
    /// </summary>
    public HttpClient? Http { get; init; }

    /// <summary>Where webhooks come in from outside, such as <c>https://sales.example.com/channels/fax/</c>; null where the server cannot be reached from outside.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Writes a line to the server's log. Never give it a secret or a message's text.</summary>
    public Action<string> Log { get; init; } = static _ => { };
}
