namespace Playbook.Server.Plugins.Verification;

/// <summary>The hosts that a plugin.json allows: a name, <c>*.</c> and a name, or <c>setting:</c> and the setting that holds an address.</summary>
internal static class HostNames
{
    private const string Setting = "setting:";

    public static bool Allow(IReadOnlyList<string> hosts, IReadOnlyDictionary<string, string> settings, Uri url) =>
        IsOperators(hosts, settings, url.Host)
        || hosts.Any(host => host.StartsWith("*.", StringComparison.Ordinal)
            ? url.Host.Length > host.Length - 1 && url.Host.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
            : string.Equals(host, url.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the operator wrote this host into a setting that plugin.json allows.</summary>
    public static bool IsOperators(IReadOnlyList<string> hosts, IReadOnlyDictionary<string, string> settings, string name) =>
        hosts.Any(host => host.StartsWith(Setting, StringComparison.Ordinal)
            && settings.TryGetValue(host[Setting.Length..], out var written) && string.Equals(HostOf(written), name, StringComparison.OrdinalIgnoreCase));

    // The operator may have written an address or just a host.
    private static string HostOf(string written) =>
        Uri.TryCreate(written, UriKind.Absolute, out var url) && url.Host.Length > 0 ? url.Host : written.Trim().Split(':', '/')[0];
}
