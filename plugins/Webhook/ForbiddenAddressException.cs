using System.Net;
using System.Net.Sockets;

namespace Playbook.Webhook;

/// <summary>The address stands inside this network, and the settings do not allow that.</summary>
internal sealed class ForbiddenAddressException(string message) : Exception(message)
{
    public static async ValueTask ThrowIfPrivate(Uri url, CancellationToken cancellationToken)
    {
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(url.DnsSafeHost, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(url.DnsSafeHost, cancellationToken);
        }
        catch (SocketException fault)
        {
            throw new HttpRequestException(HttpRequestError.NameResolutionError, $"{url.Host} is not known: {fault.Message}", fault);
        }

        if (addresses.FirstOrDefault(IsPrivate) is { } inside)
            throw new ForbiddenAddressException($"{url.Host} is {inside}, inside this machine's own network. Tick 'The address may be inside this network' in the channel's settings if that is what you mean.");
    }

    /// <summary>Whether nobody outside could reach it: this machine, its network, and ranges that belong to no public machine.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address))
            return true;
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any)
                || bytes is [0x00, 0x64, 0xff, 0x9b, ..] && IsPrivate(new IPAddress(bytes.AsSpan(12))) // NAT64
                || bytes is [0x20, 0x02, ..] && IsPrivate(new IPAddress(bytes.AsSpan(2, 4))) // 6to4
                || bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0; // IPv4-compatible
        return bytes is [0, ..] or [10, ..] or [127, ..] or [169, 254, ..] or [192, 168, ..] or [192, 0, 0, _] or [198, 18 or 19, ..] or [>= 224, ..]
            || bytes is [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, ..];
    }
}
