using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Playbook.Email;

/// <summary>Connects to a server and signs in; what goes wrong is said so that somebody can mend it.</summary>
internal static class ServerDoor
{
    public static async Task Enter(MailService client, MailServer server, X509Certificate2Collection trusted, CancellationToken cancellationToken)
    {
        var kind = client is ImapClient ? "IMAP" : "SMTP";
        client.CheckCertificateRevocation = false;
        if (trusted.Count > 0)
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None || (certificate is not null && IsTrusted(certificate, trusted, errors));
        await Connect(client, kind, server, cancellationToken);
        if (server.User is not { } user)
            return;
        if (!client.IsSecure && server.Host is not ("127.0.0.1" or "::1" or "localhost"))
            throw new MailboxTroubleException($"The {kind} server {server} would get the password in the clear; set its encryption to starttls or tls.");
        await SignIn(client, kind, server, user, cancellationToken);
    }

    private static async Task Connect(MailService client, string kind, MailServer server, CancellationToken cancellationToken)
    {
        try
        {
            await client.ConnectAsync(server.Host, server.Port, server.Security, cancellationToken);
        }
        catch (SslHandshakeException fault)
        {
            throw new MailboxTroubleException(
                $"The {kind} server {server} cannot be trusted: {FirstLine(fault.InnerException?.Message ?? fault.Message)} Is the port one for {Spoken(server.Security)}? A server with a certificate of its own needs that certificate in the setting 'Certificate to trust'.", fault);
        }
        catch (NotSupportedException fault)
        {
            throw new MailboxTroubleException($"The {kind} server {server} offers no STARTTLS; choose tls (usually port {(kind == "IMAP" ? 993 : 465)}) or another port.", fault);
        }
        catch (SocketException fault)
        {
            throw new MailboxTroubleException($"The {kind} server {server} cannot be reached: {FirstLine(fault.Message)} Correct its name and port, or look whether it runs and a firewall lets this machine through.", fault);
        }
        catch (Exception fault) when (fault is IOException or ProtocolException or TimeoutException or SmtpCommandException or ImapCommandException)
        {
            throw new MailboxTroubleException($"The {kind} server {server} answers strangely: {FirstLine(fault.Message)} Is it the right port, and one for {Spoken(server.Security)}?", fault);
        }
    }

    private static async Task SignIn(MailService client, string kind, MailServer server, string user, CancellationToken cancellationToken)
    {
        try
        {
            await client.AuthenticateAsync(user, server.Password ?? "", cancellationToken);
        }
        catch (AuthenticationException fault)
        {
            throw new MailboxTroubleException($"The {kind} server {server} refused the sign-in of '{user}': {FirstLine(fault.Message)} Correct user and password; with two-step sign-in most providers want an app password.", fault);
        }
        catch (NotSupportedException fault)
        {
            throw new MailboxTroubleException($"The {kind} server {server} offers no way to sign in that is known here, such as PLAIN or LOGIN; leave the user empty if it wants none, or use its port for submission (587).", fault);
        }
        catch (Exception fault) when (fault is IOException or ProtocolException or SmtpCommandException or ImapCommandException)
        {
            throw new MailboxTroubleException($"The {kind} server {server} broke off while '{user}' signed in: {FirstLine(fault.Message)} Try again later; if it stays, ask its operator.", fault);
        }
    }

    /// <summary>The very certificate that was named, or one that it vouches for under the right name.</summary>
    private static bool IsTrusted(X509Certificate certificate, X509Certificate2Collection trusted, SslPolicyErrors errors)
    {
        using var presented = new X509Certificate2(certificate);
        if (trusted.Any(known => known.RawDataMemory.Span.SequenceEqual(presented.RawDataMemory.Span)))
            return true;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(presented) && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
    }

    private static string Spoken(SecureSocketOptions security) => security switch
    {
        SecureSocketOptions.SslOnConnect => "tls from the first byte",
        SecureSocketOptions.StartTls => "starttls",
        _ => "no encryption",
    };

    public static string FirstLine(string text)
    {
        var line = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        return line.Length == 0 || line[^1] is '.' or '!' or '?' ? line : line + ".";
    }
}
