using Playbook.Abstractions;

namespace Playbook.Email;

/// <summary>What is known of the mailbox without asking anybody.</summary>
internal sealed class MailboxState(TimeProvider clock, bool reads)
{
    private static readonly TimeSpan _day = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _sent = new();
    private readonly Queue<DateTimeOffset> _bounced = new();
    private DateTimeOffset? _lastSent;
    private DateTimeOffset? _lastRead;
    private (int Times, string Why) _sendFaults;
    private (int Times, string Why) _readFaults;
    private int _unread;

    public void Sent()
    {
        lock (_lock)
        {
            _lastSent = clock.GetUtcNow();
            _sent.Enqueue(_lastSent.Value);
            _sendFaults = default;
            Forget(_sent);
        }
    }

    public void SendFailed(string why)
    {
        lock (_lock)
            _sendFaults = (_sendFaults.Times + 1, why);
    }

    public void Read()
    {
        lock (_lock)
        {
            _lastRead = clock.GetUtcNow();
            _readFaults = default;
        }
    }

    public void ReadFailed(string why)
    {
        lock (_lock)
            _readFaults = (_readFaults.Times + 1, why);
    }

    /// <summary>A mail that could not be understood.</summary>
    public void Skipped()
    {
        lock (_lock)
            _unread++;
    }

    public void Bounced()
    {
        lock (_lock)
        {
            _bounced.Enqueue(clock.GetUtcNow());
            Forget(_bounced);
        }
    }

    public ChannelHealth Health
    {
        get
        {
            lock (_lock)
            {
                Forget(_sent);
                Forget(_bounced);
                if (_sendFaults.Times > 0)
                    return new ChannelHealth(false, $"The last {Times(_sendFaults.Times, "attempt", "attempts")} to send failed{Last("; the last message went", _lastSent)}. {_sendFaults.Why}");
                if (_readFaults.Times > 0)
                    return new ChannelHealth(false, $"The mailbox could not be read the last {Times(_readFaults.Times, "time", "times")}{Last("; it was last read", _lastRead)}. {_readFaults.Why}");
                // One in twenty is where receivers begin to take a sender for one who guesses addresses.
                if (_sent.Count >= 20 && _bounced.Count * 20 >= _sent.Count)
                    return new ChannelHealth(false, $"{_bounced.Count} of {_sent.Count} messages came back in 24 hours; stop and check where the addresses are from, before receivers block the mailbox.");
                var text = $"{Times(_sent.Count, "message", "messages")} sent and {_bounced.Count} came back in 24 hours{Last("; last sent", _lastSent)}{Last("; last read", _lastRead)}.";
                if (!reads)
                    text += " No mailbox is read: answers and bounces are not seen.";
                if (_unread > 0)
                    text += $" {Times(_unread, "mail", "mails")} could not be understood; the log names them.";
                return new ChannelHealth(true, text);
            }
        }
    }

    private static string Times(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    private static string Last(string what, DateTimeOffset? at) => at is { } time ? FormattableString.Invariant($"{what} {time:yyyy-MM-dd HH:mm} UTC") : "";

    private void Forget(Queue<DateTimeOffset> times)
    {
        while (times.TryPeek(out var time) && time <= clock.GetUtcNow() - _day)
            times.Dequeue();
    }
}
