using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Playbook.Server.Commands;

namespace Playbook.Server.Host;

/// <summary>The address to listen on. Beyond this machine only with TLS, unless the operator says that the network is to be trusted.</summary>
internal static class ListenUrl
{
    public const string Loopback = "127.0.0.1";

    /// <summary>From where the key of its file is taken.</summary>
    public const string PasswordVariable = "PLAYBOOK_CERTIFICATE_PASSWORD";

    public static Uri Parse(ServeOptions options)
    {
        var url = options.Url;
        if (!Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var parsed)
            || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps) || parsed.PathAndQuery != "/" || parsed.UserInfo.Length > 0)
            throw new HostException(ExitCodes.Usage, $"'{url}' is no address to serve on. Write it as http://{Loopback}:{ServeOptions.DefaultPort}, or https://0.0.0.0:5443 for all networks.");
        var host = parsed.Host == "localhost" ? Loopback : parsed.Host;
        if (!IPAddress.TryParse(host.Trim('[', ']'), out var address))
            throw new HostException(ExitCodes.Usage, $"'{parsed.Host}' is a name; to listen it takes an address of this machine, such as 0.0.0.0 for all networks. By which name the world knows the server is said with --public-url.");
        if (parsed.Scheme == Uri.UriSchemeHttps && options.Certificate is null)
            throw new HostException(ExitCodes.Usage, $"https needs a certificate: name its file with --certificate (.pfx, or .pem with --certificate-key). The password of a .pfx is taken from {PasswordVariable}.");
        if (parsed.Scheme == Uri.UriSchemeHttp && !IPAddress.IsLoopback(address) && !options.IsInsecure)
            throw new HostException(ExitCodes.Usage, $"Over plain http everybody on the way to {parsed.Host} can read passwords and contacts. Serve https://{parsed.Host}:{parsed.Port} with --certificate FILE, or put a proxy that speaks TLS in front of http://{Loopback}:{parsed.Port}; on a network that you trust, add --insecure.");
        return new UriBuilder(parsed) { Host = host }.Uri;
    }

    /// <summary>Whether nobody but this machine gets in.</summary>
    public static bool IsLoopback(Uri url) => IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);

    /// <summary>Null where none is asked for.</summary>
    public static X509Certificate2? Certificate(ServeOptions options)
    {
        if (options.Certificate is not { } path)
            return null;
        try
        {
            if (Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12")
                return X509CertificateLoader.LoadPkcs12FromFile(path, Environment.GetEnvironmentVariable(PasswordVariable));
            using var pem = X509Certificate2.CreateFromPemFile(path, options.CertificateKey);
            // As a whole, because Windows does not serve with a key that lives in memory only.
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new HostException(ExitCodes.Usage, $"The certificate {path} cannot be used: {fault.Message} It must hold the certificate with its key: a .pfx (password in {PasswordVariable}), or a .pem with --certificate-key.", fault);
        }
    }
}
