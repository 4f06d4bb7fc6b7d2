using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Calendar.Mail;

/// <summary>Hands mails to the SMTP server, one connection each: invitations are few.</summary>
internal sealed class Postman(MailServer server)
{
    private const int TimeLimit = 25_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>Null where the server took it. Throws where the server cannot be reached or does not let us in.</summary>
    public async Task<SendResult?> Deliver(MimeMessage mail, CancellationToken cancellationToken)
    {
        using var client = await Connect(cancellationToken);
        try
        {
            await client.SendAsync(mail, cancellationToken);
        }
        catch (SmtpCommandException fault) when ((int)fault.StatusCode is >= 400 and < 500)
        {
            return new SendResult.TryLater(Pause, $"The mail server asks to wait: {fault.Message}");
        }
        catch (SmtpCommandException fault)
        {
            return new SendResult.Refused($"The mail server does not take the invitation: {fault.Message} Look at the contact's e-mail address.");
        }
        // Taken is taken, whatever becomes of the farewell.
        try
        {
            await client.DisconnectAsync(true, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or ProtocolException or OperationCanceledException)
        {
            return null;
        }
        return null;
    }

    /// <summary>Connects and signs in; gives what is wrong with its cure.</summary>
    public async Task<string?> Try(CancellationToken cancellationToken)
    {
        try
        {
            using var client = await Connect(cancellationToken);
            await client.DisconnectAsync(true, cancellationToken);
            return null;
        }
        catch (Exception fault) when (MailFault.IsKnown(fault, cancellationToken))
        {
            return MailFault.Say(fault, "SMTP", server);
        }
    }

    private async Task<SmtpClient> Connect(CancellationToken cancellationToken)
    {
        var client = new SmtpClient { Timeout = TimeLimit };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, server.Security, cancellationToken);
            if (server.User is { } user)
                await client.AuthenticateAsync(user, server.Password ?? "", cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}

/// <summary>Faults of mail servers in words.</summary>
internal static class MailFault
{
    public static bool IsKnown(Exception fault, CancellationToken cancellationToken) =>
        fault is IOException or System.Net.Sockets.SocketException or ProtocolException or CommandException or AuthenticationException or SslHandshakeException or ServiceNotConnectedException or ServiceNotAuthenticatedException or FolderNotFoundException or NotSupportedException or TimeoutException
        || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public static string Say(Exception fault, string what, MailServer server) => fault switch
    {
        AuthenticationException => $"The {what} server {server.Host} does not let us in: {fault.Message} Look at the user and the password.",
        SslHandshakeException => $"The {what} server {server.Host} has no certificate that this machine trusts. Look at the server's name and at the kind of security.",
        NotSupportedException => $"The {what} server {server.Host} has no STARTTLS. Choose another kind of security, or another port.",
        FolderNotFoundException => $"The mailbox has no folder '{((FolderNotFoundException)fault).FolderName}'. Name one that there is.",
        _ => $"The {what} server {server.Host}, port {server.Port}, cannot be reached: {fault.Message} Look at its name, the port and the kind of security.",
    };
}
