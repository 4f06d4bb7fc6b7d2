using MailKit;
using MailKit.Net.Imap;
using MimeKit;
using Playbook.Calendar.Bookings;

namespace Playbook.Calendar.Mail;

/// <summary>
/// Reads new mails of a folder. How far it read is kept on our side and nothing is marked in the mailbox, so that a person and
/// the e-mail channel can use the same one.
/// </summary>
internal sealed class Mailbox(MailServer server, string folder)
{
    private const int TimeLimit = 25_000;

    /// <summary>Each mail after the mark in order, with the mark to keep once it is dealt with. Without a mark it begins with the last day's.</summary>
    public async IAsyncEnumerable<(MimeMessage? Mail, MailboxMark Mark)> New(MailboxMark? mark, DateTimeOffset now, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var client = await Connect(cancellationToken);
        var opened = await client.GetFolderAsync(folder, cancellationToken);
        await opened.OpenAsync(FolderAccess.ReadOnly, cancellationToken);
        var known = mark is not null && mark.Validity == opened.UidValidity ? mark.Uid : 0;
        MailKit.Search.SearchQuery query = known > 0
            ? MailKit.Search.SearchQuery.Uids(new UniqueIdRange(new UniqueId(opened.UidValidity, known + 1), UniqueId.MaxValue))
            : MailKit.Search.SearchQuery.DeliveredAfter(now.AddDays(-2).UtcDateTime);
        foreach (var uid in (await opened.SearchAsync(query, cancellationToken)).Where(uid => uid.Id > known).OrderBy(uid => uid.Id))
            yield return (await Fetch(opened, uid, cancellationToken), new MailboxMark(opened.UidValidity, uid.Id));
        await client.DisconnectAsync(true, cancellationToken);
    }

    public async Task<string?> Try(CancellationToken cancellationToken)
    {
        try
        {
            using var client = await Connect(cancellationToken);
            await (await client.GetFolderAsync(folder, cancellationToken)).OpenAsync(FolderAccess.ReadOnly, cancellationToken);
            await client.DisconnectAsync(true, cancellationToken);
            return null;
        }
        catch (Exception fault) when (MailFault.IsKnown(fault, cancellationToken))
        {
            return MailFault.Say(fault, "IMAP", server);
        }
    }

    /// <summary>Null for a mail that somebody removed meanwhile.</summary>
    private static async Task<MimeMessage?> Fetch(IMailFolder opened, UniqueId uid, CancellationToken cancellationToken)
    {
        try
        {
            return await opened.GetMessageAsync(uid, cancellationToken);
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
    }

    private async Task<ImapClient> Connect(CancellationToken cancellationToken)
    {
        var client = new ImapClient { Timeout = TimeLimit };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, server.Security, cancellationToken);
            await client.AuthenticateAsync(server.User ?? "", server.Password ?? "", cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
