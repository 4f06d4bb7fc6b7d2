using System.Net;
using System.Net.Sockets;
using Playbook.Abstractions;
using Playbook.Server.Plugins.Verification;

namespace Playbook.Server.Plugins;

/// <summary>
/// Connects a plugin's client to the very addresses that it looked at. A name that plugin.json gives is its author's: it must
/// not lead into this machine's network, whatever its DNS says at that moment. What the operator wrote into a setting may.
/// </summary>
/// <param name="manifest">Names the hosts.</param>
/// <param name="settings">What the operator wrote.</param>
/// <param name="resolve">Asks the DNS.</param>
internal sealed class HostAddresses(PluginManifest manifest, IReadOnlyDictionary<string, string> settings, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>Ranges that no public machine has: this machine, its network, and what is kept for other uses.</summary>
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
            "::/96", "64:ff9b::/96", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Where cloud machines keep their credentials: nobody means that by a name.</summary>
    private static readonly IPNetwork[] LinkLocal = [IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fe80::/10")];

    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await resolve(host, cancellationToken);
        // Where a proxy is set for this machine, it is the operator's, and it looks names up itself.
        if (IsAsked(context.InitialRequestMessage, host))
            Check(host, addresses, context.InitialRequestMessage.Options.TryGetValue(new HttpRequestOptionsKey<bool>(ChannelSetup.PublicAddressOnly), out var only) && only);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static bool IsInside(IPAddress address) => IsIn(Inside, address);

    private void Check(string host, IPAddress[] addresses, bool publicOnly)
    {
        if (addresses.FirstOrDefault(IsInside) is not { } inside)
            return;
        if (publicOnly)
            throw new ForbiddenHostException($"{host} is {inside}, inside this machine's network, where this channel is not to go. Where it should, allow it in the channel's settings.");
        if (IPAddress.TryParse(host, out _))
            return; // named as this address by plugin.json or the operator
        if (!HostNames.IsOperators(manifest.Hosts, settings, host))
            throw new ForbiddenHostException($"{host}, which plugin.json of {manifest.Id} names, is {inside}, inside this machine's network. A plugin goes there only where the operator writes the address into a setting (\"setting:NAME\" among its hosts).");
        if (addresses.FirstOrDefault(address => IsIn(LinkLocal, address)) is { } local)
            throw new ForbiddenHostException($"{host} is {local}, an address of this machine's link. Write the address itself into the setting if that is what you mean.");
    }

    private static bool IsAsked(HttpRequestMessage request, string host) => request.RequestUri is { } url && string.Equals(url.IdnHost.Trim('[', ']'), host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => network.Contains(plain));
    }
}

/// <summary>Behind a request that was not made because of where its host's name leads.</summary>
internal sealed class ForbiddenHostException(string message) : Exception(message);
