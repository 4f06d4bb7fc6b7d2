using Playbook.Server.Commands;

namespace Playbook.Server.Host;

/// <summary>
/// The address to listen on. There is no sign-in yet, so whoever reaches the server may do everything: it must not be
/// reached from elsewhere.
/// </summary>
internal static class LoopbackUrl
{
    public const string Host = "127.0.0.1";

    public static Uri Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme != Uri.UriSchemeHttp || parsed.PathAndQuery != "/")
            throw new HostException(ExitCodes.Usage, $"'{url}' is no address to serve on. Write it as http://{Host}:{ServeOptions.DefaultPort}.");
        if (parsed.Host != Host && parsed.Host != "localhost")
            throw new HostException(ExitCodes.Usage, $"Playbook serves this machine only, so it does not listen on {parsed.Host}: there is no sign-in yet. Write http://{Host}:{parsed.Port}, and reach it from elsewhere by a tunnel.");
        return new UriBuilder(parsed) { Host = Host }.Uri;
    }
}
