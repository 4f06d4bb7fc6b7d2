using System.Security.Cryptography;
using System.Text;
using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Server.Channels;

/// <summary>
/// E-mail without an account anywhere: each message becomes a file that a mail program opens. The file is named after the
/// message's key, so that the same message sent again is the same file.
/// </summary>
public sealed class EmlChannel(string folder, TimeProvider clock) : IChannel
{
    private const string Domain = "playbook.invalid";

    public static ChannelDescription Description { get; } = new("email", "E-mail", "Writes each message as an .eml file that a mail program opens; nothing leaves this machine.") { AddressFact = "email" };

    public ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var trial = Path.Combine(folder, ".trial");
            File.WriteAllText(trial, "");
            File.Delete(trial);
            return new([]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new([$"Messages cannot be written to {folder}: {fault.Message} Give the account that runs Playbook the right to write there, or name another folder with --messages."]);
        }
    }

    public async ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(permit);
        var id = $"{SafeName(message.IdempotencyKey)}@{Domain}";
        var file = Path.Combine(folder, SafeName(message.IdempotencyKey) + ".eml");
        // Before the permit: what went is gone, and saying anything else after a crash would be untrue.
        if (File.Exists(file))
            return new SendResult.Accepted(id);
        if (permit.IdempotencyKey != message.IdempotencyKey)
            return new SendResult.Refused("The permit is for another message; this is a fault in Playbook, please report it.");
        if (permit.ValidUntil < clock.GetUtcNow())
            return new SendResult.TryLater(TimeSpan.Zero, "The permit ran out before the message was written; another is asked for.");
        if (!MailboxAddress.TryParse(message.To, out var to) || !to.Address.Contains('@', StringComparison.Ordinal))
            return new SendResult.Refused($"'{message.To}' is not an e-mail address; correct the contact.");
        await Write(file, Compose(message, to, id), cancellationToken);
        return new SendResult.Accepted(id);
    }

    /// <summary>Deletes the files of these messages, by their keys; gives how many there were.</summary>
    public static int Erase(string folder, IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var erased = 0;
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            var file = Path.Combine(folder, SafeName(key) + ".eml");
            if (File.Exists(file))
                erased++;
            File.Delete(file);
            File.Delete(file + ".new");
        }

        return erased;
    }

    private static MimeMessage Compose(OutgoingMessage message, MailboxAddress to, string id)
    {
        var mail = new MimeMessage { MessageId = id, Date = message.CreatedAt, Subject = message.Subject ?? "", Body = new TextPart("plain") { Text = message.Text } };
        var from = MailboxAddress.TryParse(message.FromAddress ?? "", out var own) ? own.Address : $"sales@{Domain}";
        mail.From.Add(new MailboxAddress(message.FromName ?? "Sales", from));
        mail.To.Add(new MailboxAddress(message.ToName, to.Address));
        return mail;
    }

    private async Task Write(string file, MimeMessage mail, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var draft = file + ".new";
        await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await mail.WriteToAsync(stream, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            // The name must not be there before the content is.
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }

    /// <summary>The key where it can be a file's name, else a hash of it.</summary>
    private static string SafeName(string key) =>
        key.Length is > 0 and <= 100 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? key
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
