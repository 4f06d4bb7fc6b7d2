using System.Collections.Concurrent;
using MailKit.Net.Imap;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>The mailbox: sends through a pool of connections, reads what comes in.</summary>
internal sealed class EmailChannel : IChannel, IAsyncDisposable
{
    private readonly EmailSettings _settings;
    private readonly ChannelSetup _setup;
    private readonly MailWriter _writer;
    private readonly SmtpPool _pool;
    private readonly AcceptedJournal _journal;
    private readonly MailboxCaps _caps;
    private readonly MailboxState _state;
    private readonly Lazy<bool> _opened;
    private readonly ConcurrentDictionary<string, Lazy<Task<SendResult>>> _underWay = new(StringComparer.Ordinal);

    public EmailChannel(EmailSettings settings, ChannelSetup setup)
    {
        _settings = settings;
        _setup = setup;
        _writer = new MailWriter(settings, setup.Clock);
        _pool = new SmtpPool(settings, setup.Clock);
        _journal = new AcceptedJournal(setup.Folder, setup.Clock);
        _caps = new MailboxCaps(settings, setup.Clock);
        _state = new MailboxState(setup.Clock, settings.Imap is not null);
        _opened = new Lazy<bool>(OpenJournal);
    }

    public ChannelHealth Health => _state.Health;

    public async ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(25), _setup.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await Attempt("SMTP", _pool.Try);
        if (_settings.Imap is not null)
            await Attempt("IMAP", TryImap);
        if (_settings.ChecksDns)
            await Attempt("DNS", async token => problems.AddRange(await DnsPreflight.Check(_settings, _setup.Log, token)));
        return problems;

        async Task Attempt(string what, Func<CancellationToken, Task> attempt)
        {
            try
            {
                await attempt(both.Token);
            }
            catch (MailboxTroubleException trouble)
            {
                problems.Add(trouble.Message);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                problems.Add($"The {what} server did not answer within 25 seconds; correct its name and port, or look whether a firewall stands between.");
            }
        }
    }

    public async ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(permit);
        _ = _opened.Value;
        var mark = MailMark.Of(message.IdempotencyKey);
        // Before the permit: what went is gone, and saying anything else after a crash would be untrue.
        if (_journal.Find(mark) is { } earlier)
            return new SendResult.Accepted(earlier.ProviderId);
        if (permit.IdempotencyKey != message.IdempotencyKey)
            return new SendResult.Refused("The permit is for another message; this is a fault in Playbook, please report it.");
        if (permit.ValidUntil < _setup.Clock.GetUtcNow())
            return new SendResult.TryLater(TimeSpan.Zero, "The permit ran out before the message was sent; another is asked for.");
        // Whoever asks for the same message meanwhile waits for the same answer.
        var mine = new Lazy<Task<SendResult>>(() => SendOnce(message, mark, cancellationToken));
        var sending = _underWay.GetOrAdd(mark, mine);
        try
        {
            return await sending.Value;
        }
        finally
        {
            if (ReferenceEquals(sending, mine))
                _underWay.TryRemove(mark, out _);
        }
    }

    public async Task Listen(IInbox inbox, CancellationToken cancellationToken)
    {
        _ = _opened.Value;
        if (_settings.Imap is { } server)
            await new MailboxListener(_settings, server, _setup, _state, mark => _journal.Find(mark)?.ProviderId ?? _writer.IdOf(mark)).Run(inbox, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _journal.DisposeAsync();
    }

    private async Task<SendResult> SendOnce(OutgoingMessage message, string mark, CancellationToken cancellationToken)
    {
        if (_journal.Find(mark) is { } earlier)
            return new SendResult.Accepted(earlier.ProviderId);
        if (MailWriter.Receiver(message) is not { } to)
            return new SendResult.Refused($"'{message.To}' is not an e-mail address; correct the contact.");
        if (_caps.Reserve() is { } full)
            return new SendResult.TryLater(full.After, full.Reason);
        var went = false;
        try
        {
            var mail = _writer.Write(message, to, mark);
            using (mail.Mail)
            {
                if (await _pool.Send(mail, cancellationToken) is { } answer)
                    return answer;
            }

            went = true;
            _state.Sent();
            await Remember(mark, _writer.IdOf(mark));
            return new SendResult.Accepted(_writer.IdOf(mark));
        }
        catch (MailboxTroubleException trouble)
        {
            _state.SendFailed(trouble.Message);
            throw;
        }
        finally
        {
            if (!went)
                _caps.GiveBack();
        }
    }

    private async Task Remember(string mark, string id)
    {
        try
        {
            await _journal.Add(mark, new AcceptedJournal.Entry(_setup.Clock.GetUtcNow(), id));
        }
        catch (IOException fault)
        {
            // It went, and nothing else may be said; only a crash now could repeat it, under the same Message-ID.
            _setup.Log($"A message was sent, but could not be noted in {_journal.Path}: {fault.Message} Make room on the disk.");
        }
    }

    private bool OpenJournal()
    {
        _journal.Open();
        _caps.Restore(_journal.Since(_setup.Clock.GetUtcNow() - TimeSpan.FromHours(24)));
        return true;
    }

    private async Task TryImap(CancellationToken cancellationToken)
    {
        using var client = new ImapClient();
        await ServerDoor.Enter(client, _settings.Imap!, _settings.Trusted, cancellationToken);
        await MailboxListener.OpenFolder(client, _settings, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }
}
