using System.Collections.Concurrent;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Playbook.Abstractions;

namespace Playbook.SmtpTrial;

/// <summary>
/// As little of an e-mail channel as there can be: it keeps connections for the next message and nothing else. What it was
/// asked to send it sends; that nothing goes twice is for the one who asks.
/// </summary>
public sealed class SmtpChannel(int port, TimeProvider clock) : IChannel, IAsyncDisposable
{
    private readonly ConcurrentBag<SmtpClient> _idle = [];

    public static ChannelDescription Description { get; } = new("email", "E-mail", "Sends to an SMTP server on this machine.") { AddressFact = "email" };

    public ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken) => new([]);

    public async ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        if (permit.ValidUntil < clock.GetUtcNow())
            return new SendResult.TryLater(TimeSpan.Zero, "The permit ran out.");
        var client = await Connected(cancellationToken);
        try
        {
            var id = $"{message.IdempotencyKey}@playbook.invalid";
            using var mail = Write(message, id);
            await client.SendAsync(mail, cancellationToken);
            _idle.Add(client);
            return new SendResult.Accepted(id);
        }
        catch (SmtpCommandException refused) when ((int)refused.StatusCode is >= 400 and < 500)
        {
            client.Dispose();
            return new SendResult.TryLater(TimeSpan.FromSeconds(1), refused.Message);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var client))
            client.Dispose();
        return default;
    }

    private async ValueTask<SmtpClient> Connected(CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var known))
        {
            if (known.IsConnected)
                return known;
            known.Dispose();
        }

        var client = new SmtpClient { Timeout = 60_000 };
        try
        {
            await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None, cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static MimeMessage Write(OutgoingMessage message, string id)
    {
        var mail = new MimeMessage { MessageId = id, Date = message.CreatedAt, Subject = message.Subject ?? "", Body = new TextPart("plain") { Text = message.Text } };
        mail.From.Add(new MailboxAddress("Sales", "sales@playbook.invalid"));
        mail.To.Add(new MailboxAddress(message.ToName, message.To));
        return mail;
    }
}
