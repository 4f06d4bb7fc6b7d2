using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>
/// Reads the mailbox: what is there, then what comes. A lost connection is opened again; only after several failures in a
/// row is it the host's. No mail, however broken, stops it. Mails are left as they are, so that people can read along.
/// </summary>
internal sealed class MailboxListener(EmailSettings settings, MailServer server, ChannelSetup setup, MailboxState state, Func<string, string> idOf)
{
    private const int GiveUpAfter = 5;

    /// <summary>The text and reports of any mail stand well before this; attachments are not needed.</summary>
    private const int BytesRead = 2 * 1024 * 1024;

    // Servers hang up after half an hour of silence, and routers forget a connection earlier.
    private static readonly TimeSpan _idleFor = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan _firstReadBack = TimeSpan.FromDays(14);

    private readonly MailboxPosition _position = new(setup.Folder, $"{server.User}@{server.Host}/{settings.ImapFolder}");
    private readonly MailReader _reader = new(settings, setup.Clock, idOf);

    public async Task Run(IInbox inbox, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            try
            {
                await RunConnection(inbox, () => failures = 0, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested && AsTrouble(fault) is { } trouble)
            {
                state.ReadFailed(trouble.Message);
                if (++failures >= GiveUpAfter || trouble.InnerException is MailKit.Security.AuthenticationException)
                    throw new MailboxTroubleException(trouble.Message, fault);
                setup.Log($"{trouble.Message} Trying again.");
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, failures)), setup.Clock, cancellationToken);
            }
        }
    }

    public static async Task<IMailFolder> OpenFolder(ImapClient client, EmailSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var folder = string.Equals(settings.ImapFolder, "INBOX", StringComparison.OrdinalIgnoreCase) ? client.Inbox! : await client.GetFolderAsync(settings.ImapFolder, cancellationToken);
            await folder.OpenAsync(FolderAccess.ReadOnly, cancellationToken);
            return folder;
        }
        catch (Exception fault) when (fault is FolderNotFoundException or ImapCommandException)
        {
            throw new MailboxTroubleException($"The folder '{settings.ImapFolder}' cannot be opened: {ServerDoor.FirstLine(fault.Message)} Correct its name; INBOX always exists.", fault);
        }
    }

    private MailboxTroubleException? AsTrouble(Exception fault) => fault switch
    {
        MailboxTroubleException trouble => trouble,
        InboxException => null,
        IOException or ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException or CommandException or System.Net.Sockets.SocketException or OperationCanceledException =>
            new MailboxTroubleException($"The connection to the IMAP server {server} broke: {ServerDoor.FirstLine(fault.Message)}", fault),
        _ => null,
    };

    private async Task RunConnection(IInbox inbox, Action worked, CancellationToken cancellationToken)
    {
        using var client = new ImapClient();
        await ServerDoor.Enter(client, server, settings.Trusted, cancellationToken);
        var folder = await OpenFolder(client, settings, cancellationToken);
        using var arrival = new Arrival(folder);
        while (true)
        {
            arrival.Reset();
            await ReadNew(folder, inbox, cancellationToken);
            state.Read();
            worked();
            if (client.Capabilities.HasFlag(ImapCapabilities.Idle))
                await arrival.Idle(client, _idleFor, setup.Clock, cancellationToken);
            else
                await Poll(client, arrival, cancellationToken);
        }
    }

    private async Task Poll(ImapClient client, Arrival arrival, CancellationToken cancellationToken)
    {
        if (!arrival.HasCome)
            await Task.Delay(settings.PollEvery, setup.Clock, cancellationToken);
        await client.NoOpAsync(cancellationToken);
    }

    private async Task ReadNew(IMailFolder folder, IInbox inbox, CancellationToken cancellationToken)
    {
        var known = _position.Read();
        // Other numbers than before: the events' own ids keep what is read twice from counting twice.
        var last = known?.Validity == folder.UidValidity ? known.Value.LastUid : 0;
        var found = last > 0
            ? await folder.SearchAsync(SearchQuery.Uids(new UniqueIdRange(new UniqueId(last + 1), UniqueId.MaxValue)), cancellationToken)
            : await folder.SearchAsync(SearchQuery.DeliveredAfter(setup.Clock.GetUtcNow().UtcDateTime - _firstReadBack), cancellationToken);
        // A range that ends with the last mail names that one even where it begins behind it.
        foreach (var uid in found.Where(uid => uid.Id > last).OrderBy(uid => uid.Id))
        {
            foreach (var channelEvent in await Read(folder, uid, cancellationToken))
                await Take(inbox, channelEvent, cancellationToken);
            _position.Write(folder.UidValidity, uid.Id);
        }
    }

    private async Task Take(IInbox inbox, ChannelEvent channelEvent, CancellationToken cancellationToken)
    {
        try
        {
            await inbox.Take(channelEvent, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Not the mailbox's fault, and so no reason to connect again.
            throw new InboxException($"What came in could not be stored: {fault.Message}", fault);
        }

        if (channelEvent is ChannelEvent.Bounced)
            state.Bounced();
    }

    private async Task<IReadOnlyList<ChannelEvent>> Read(IMailFolder folder, UniqueId uid, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await folder.GetStreamAsync(uid, 0, BytesRead, cancellationToken);
            return await _reader.Read(stream, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or IOException or ProtocolException or ServiceNotConnectedException))
        {
            // One mail that nobody can read must not keep all later ones from being read.
            state.Skipped();
            setup.Log($"The mail with UID {uid.Id} in '{settings.ImapFolder}' could not be read and was passed over: {fault.GetType().Name}: {ServerDoor.FirstLine(fault.Message)}");
            return [];
        }
    }

    private sealed class InboxException(string message, Exception inner) : Exception(message, inner);

    /// <summary>Whether the server announced mail since the last look.</summary>
    private sealed class Arrival : IDisposable
    {
        private readonly IMailFolder _folder;
        private readonly Lock _lock = new();
        private CancellationTokenSource? _done;

        public Arrival(IMailFolder folder)
        {
            _folder = folder;
            _folder.CountChanged += Come;
        }

        public bool HasCome { get; private set; }

        public void Reset() => HasCome = false;

        public async Task Idle(ImapClient client, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
        {
            using var done = new CancellationTokenSource(atMost, clock);
            lock (_lock)
            {
                if (HasCome)
                    return;
                _done = done;
            }

            try
            {
                await client.IdleAsync(done.Token, cancellationToken);
            }
            finally
            {
                lock (_lock)
                    _done = null;
            }
        }

        public void Dispose() => _folder.CountChanged -= Come;

        private void Come(object? sender, EventArgs e)
        {
            lock (_lock)
            {
                HasCome = true;
                _done?.Cancel();
            }
        }
    }
}
