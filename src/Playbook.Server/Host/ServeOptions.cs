using Playbook.Abstractions;
using Playbook.Server.Access;
using Playbook.Server.Plugins;
using Playbook.Server.Sending;

namespace Playbook.Server.Host;

/// <summary>How the server is to run.</summary>
public sealed record ServeOptions
{
    public const int DefaultPort = 5080;
    public const string DefaultDatabase = "data/playbook.db";

    public string Database { get; init; } = DefaultDatabase;

    /// <summary>Where it listens; beyond this machine only by https, or where <see cref="IsInsecure"/> says so. Port 0 takes any that is free.</summary>
    public string Url { get; init; } = $"http://127.0.0.1:{DefaultPort}";

    /// <summary>The folder of playbooks beside the caller; null where there is none.</summary>
    public static string? PlaybooksHere => Directory.Exists("playbooks") ? "playbooks" : null;

    /// <summary>The folder of playbooks taken in at the start; null for none.</summary>
    public string? Playbooks { get; init; }

    /// <summary>Where the e-mail channel writes; null for <c>messages</c> beside the database.</summary>
    public string? Messages { get; init; }

    /// <summary>
    /// Where this server is reached from outside, such as <c>https://sales.example.com/</c>, by a proxy in front of it; null
    /// where it is not. Links in messages and providers' webhooks lead there.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Our own company's name in scripts; null where nobody has said it.</summary>
    public string? Company { get; init; }

    /// <summary>Activities besides Elsa's and those of sales.</summary>
    public IReadOnlyList<IActivity> MoreActivities { get; init; } = [];

    /// <summary>Channels besides those of plugins; one with a plugin's id takes its place.</summary>
    public IReadOnlyDictionary<ChannelDescription, IChannel> MoreChannels { get; init; } = new Dictionary<ChannelDescription, IChannel>();

    /// <summary>How channels may be used, by their id; null for what their settings say.</summary>
    public Func<string, SendingLimits>? Limits { get; init; }

    /// <summary>How long the program's end waits for messages that channels are busy with; at most 20 s.</summary>
    public TimeSpan FinishWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Real time, or a clock that is moved by command.</summary>
    public ClockKind Clock { get; init; }

    /// <summary>Whether the server tells what it does, as it should where a person looks at it.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>The folder with Elsa Studio's files, which the build puts beside the program.</summary>
    public string Studio { get; init; } = Path.Combine(AppContext.BaseDirectory, "studio");

    /// <summary>The operator's own channel plugins, a folder each; null for <c>plugins</c> beside the database.</summary>
    public string? Plugins { get; init; }

    /// <summary>The channel plugins that came with the program.</summary>
    public string ShippedPlugins { get; init; } = PluginFolders.Shipped;

    /// <summary>How long the server waits for a plugin.</summary>
    public FenceLimits PluginLimits { get; init; } = new();

    /// <summary>The time of those who sign in; the runs' clock may be moved.</summary>
    public TimeProvider AccessClock { get; init; } = TimeProvider.System;

    /// <summary>The certificate for https: a .pfx file, or a .pem file with <see cref="CertificateKey"/>.</summary>
    public string? Certificate { get; init; }

    public string? CertificateKey { get; init; }

    /// <summary>Whether it may listen beyond this machine without TLS.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>The company's directory to sign in with besides passwords; null for none.</summary>
    public OpenIdDirectory? OpenId { get; init; }

    /// <summary>Proxies in front of the server whose word about the caller's address and scheme is taken; none by default.</summary>
    public IReadOnlyList<System.Net.IPAddress> TrustedProxies { get; init; } = [];

    public string DatabasePath => Path.GetFullPath(Database);

    public string PluginsPath => Path.GetFullPath(Plugins ?? Path.Combine(Path.GetDirectoryName(DatabasePath)!, "plugins"));

    public string MessagesPath => Path.GetFullPath(Messages ?? Path.Combine(Path.GetDirectoryName(DatabasePath)!, "messages"));
}

public enum ClockKind
{
    Real,
    Manual,
}
