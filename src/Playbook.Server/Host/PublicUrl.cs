using Playbook.Server.Commands;

namespace Playbook.Server.Host;

/// <summary>The address that the world calls this server by: a tunnel or proxy leads from there to it.</summary>
internal static class PublicUrl
{
    public static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url is { Query: "", Fragment: "" }
            ? new Uri(url.ToString().TrimEnd('/') + "/")
            : throw new HostException(ExitCodes.Usage, $"'{text}' is no address. Write it as https://sales.example.com.");
}
