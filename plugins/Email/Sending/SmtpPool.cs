using System.Collections.Concurrent;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>
/// A few connections that are used again and again. One that the server closed meanwhile, or that fails before a message
/// was under way, is replaced and the message tried once more; after that the fault is the caller's.
/// </summary>
internal sealed class SmtpPool : IAsyncDisposable
{
    private static readonly TimeSpan _askAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _closeAfter = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);

    private readonly EmailSettings _settings;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentStack<Connection> _idle = new();
    private readonly ITimer _sweeper;

    public SmtpPool(EmailSettings settings, TimeProvider clock)
    {
        _settings = settings;
        _clock = clock;
        _places = new SemaphoreSlim(settings.Connections);
        _sweeper = clock.CreateTimer(_ => _ = CloseIdle(), null, _closeAfter, _closeAfter);
    }

    /// <summary>Null where the server took it.</summary>
    /// <exception cref="MailboxTroubleException">The channel itself is at fault.</exception>
    public async Task<SendResult?> Send(OutgoingMail mail, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(_limit, _clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                return await Send(mail, mayRetry: true, both.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new MailboxTroubleException($"The SMTP server {_settings.Smtp} did not answer within {_limit.TotalMinutes:0} minutes; look whether it is overloaded.");
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Connects and signs in, and keeps the connection for what follows.</summary>
    public async Task Try(CancellationToken cancellationToken) => _idle.Push(await Open(cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync();
        while (_idle.TryPop(out var connection))
            await Close(connection);
        _places.Dispose();
    }

    private async Task<SendResult?> Send(OutgoingMail mail, bool mayRetry, CancellationToken cancellationToken)
    {
        var connection = await Rent(cancellationToken);
        var wasUsed = connection.Messages > 0;
        var keep = false;
        try
        {
            connection.Begin(mail.Mail.MessageId!);
            await connection.SendAsync(mail.Options, mail.Mail, mail.Envelope, [mail.To], cancellationToken);
            keep = true;
            return null;
        }
        catch (SmtpCommandException fault)
        {
            var answer = SmtpAnswer.Of(fault);
            keep = !answer.IsGoodbye && connection.IsConnected;
            if (answer.IsGoodbye && wasUsed && mayRetry)
                return await SendAnew(mail, cancellationToken);
            return answer.IsGoodbye ? new SendResult.TryLater(TimeSpan.FromMinutes(1), $"The mail server closed the connection: 421 {answer.Text}") : answer.Result();
        }
        catch (NotSupportedException) when (mail.Options.International)
        {
            keep = connection.IsConnected;
            return new SendResult.Refused($"The mail server does not take addresses with letters such as those in '{mail.To.Address}' (SMTPUTF8); use another address of the contact.");
        }
        catch (Exception fault) when (fault is IOException or ProtocolException or ServiceNotConnectedException or System.Net.Sockets.SocketException)
        {
            // Once the receiver was accepted the content may be under way, and the server may have taken it.
            if (!connection.IsUnderWay && wasUsed && mayRetry)
                return await SendAnew(mail, cancellationToken);
            throw new MailboxTroubleException($"The connection to the SMTP server {_settings.Smtp} broke: {ServerDoor.FirstLine(fault.Message)} It is tried again.", fault);
        }
        finally
        {
            await Return(connection, keep);
        }
    }

    private async Task<SendResult?> SendAnew(OutgoingMail mail, CancellationToken cancellationToken)
    {
        // The others were opened at about the same time and are likely gone too.
        while (_idle.TryPop(out var stale))
            await Close(stale);
        return await Send(mail, mayRetry: false, cancellationToken);
    }

    private async Task<Connection> Rent(CancellationToken cancellationToken)
    {
        while (_idle.TryPop(out var connection))
        {
            if (connection.IsConnected && (_clock.GetElapsedTime(connection.LastUsed) < _askAfter || await Answers(connection, cancellationToken)))
                return connection;
            connection.Dispose();
        }

        return await Open(cancellationToken);
    }

    private async Task<Connection> Open(CancellationToken cancellationToken)
    {
        var connection = new Connection { LastUsed = _clock.GetTimestamp() };
        try
        {
            await ServerDoor.Enter(connection, _settings.Smtp, _settings.Trusted, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static async Task<bool> Answers(Connection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.NoOpAsync(cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is IOException or ProtocolException or SmtpCommandException or ServiceNotConnectedException)
        {
            return false;
        }
    }

    private async Task Return(Connection connection, bool keep)
    {
        connection.LastUsed = _clock.GetTimestamp();
        if (keep && connection.IsConnected && connection.Messages < _settings.MessagesPerConnection)
            _idle.Push(connection);
        else
            await Close(connection);
    }

    private async Task CloseIdle()
    {
        var still = new List<Connection>();
        while (_idle.TryPop(out var connection))
        {
            if (_clock.GetElapsedTime(connection.LastUsed) < _closeAfter)
                still.Add(connection);
            else
                await Close(connection);
        }

        still.ForEach(_idle.Push);
    }

    /// <summary>Politely where the server still listens; it is no matter where not.</summary>
    private async Task Close(Connection connection)
    {
        using (connection)
        {
            if (!connection.IsConnected)
                return;
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), _clock);
                await connection.DisconnectAsync(quit: true, limit.Token);
            }
            catch (Exception fault) when (fault is IOException or ProtocolException or OperationCanceledException or SmtpCommandException or ServiceNotConnectedException)
            {
            }
        }
    }

    private sealed class Connection : SmtpClient
    {
        private string _envelopeId = "";

        public Connection() => DeliveryStatusNotificationType = DeliveryStatusNotificationType.HeadersOnly;

        public long LastUsed { get; set; }

        public int Messages { get; private set; }

        /// <summary>Whether the content of the present message may have reached the server.</summary>
        public bool IsUnderWay { get; private set; }

        public void Begin(string messageId)
        {
            IsUnderWay = false;
            Messages++;
            _envelopeId = messageId.Split('@')[0];
        }

        /// <summary>Comes back in a bounce where every server on the way knows RFC 3461.</summary>
        protected override string GetEnvelopeId(MimeMessage message) => _envelopeId;

        protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) => DeliveryStatusNotification.Failure;

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        {
            IsUnderWay = true;
            base.OnRecipientAccepted(message, mailbox, response);
        }
    }
}
