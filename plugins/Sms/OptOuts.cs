using System.Text.Json;
using System.Threading.Channels;
using Playbook.Abstractions;
using Playbook.Once;

namespace Playbook.Sms;

/// <summary>
/// Contacts of whom Twilio says, as we write to them, that they have stopped us. Each is a file until the host has taken it:
/// what the host does with the refusal of one message says nothing of the next.
/// </summary>
internal sealed class OptOuts(string folder)
{
    private const string Ending = ".optout";

    private readonly Channel<bool> _more = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private sealed record OptOut(string Key, string Address, DateTimeOffset At);

    public async Task Keep(string key, string address, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, KeyJournal.HashOf(key) + Ending);
        var draft = file + ".new";
        await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await JsonSerializer.SerializeAsync(stream, new OptOut(key, address, at), JsonSerializerOptions.Default, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
        _more.Writer.TryWrite(true);
    }

    public async Task Tell(IInbox inbox, CancellationToken cancellationToken)
    {
        do
        {
            foreach (var file in Directory.GetFiles(folder, "*" + Ending))
            {
                if (JsonSerializer.Deserialize<OptOut>(await File.ReadAllBytesAsync(file, cancellationToken)) is { } optOut)
                    await inbox.Take(Event(optOut), cancellationToken);
                File.Delete(file);
            }
        }
        while (await _more.Reader.ReadAsync(cancellationToken));
    }

    private static ChannelEvent.Unsubscribed Event(OptOut optOut) =>
        new($"optout:{KeyJournal.HashOf(optOut.Key)}", optOut.At, $"The network refuses messages from us to this number (Twilio {SmsErrors.OptedOut}).")
        {
            MessageKey = optOut.Key,
            Address = optOut.Address,
        };
}
