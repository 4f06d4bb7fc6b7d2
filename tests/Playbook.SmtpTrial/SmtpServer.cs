using System.Net;
using System.Net.Sockets;

namespace Playbook.SmtpTrial;

/// <summary>A message that the server has answered for: it was on disk before the answer.</summary>
/// <param name="MessageId">Its Message-ID header.</param>
/// <param name="To">The one that it was addressed to.</param>
/// <param name="Answer">Whether the sender was told.</param>
/// <param name="At">When, by the server's clock.</param>
public sealed record AcceptedMail(string MessageId, string To, AnswerFate Answer, DateTimeOffset At);

public enum AnswerFate
{
    Given,

    /// <summary>The connection was cut before the answer, on purpose.</summary>
    Dropped,

    /// <summary>The sender was gone when the answer was to be given.</summary>
    SenderGone,
}

/// <summary>How a server misbehaves, in shares from 0 to 1 of the messages.</summary>
/// <param name="Drops">It accepts and cuts the connection instead of answering.</param>
/// <param name="Delays">It accepts and answers half a second later.</param>
/// <param name="Refuses">It asks for another attempt later (451), accepting nothing.</param>
/// <param name="Cuts">It cuts the connection in the middle of a message.</param>
public sealed record Misbehaviour(double Drops, double Delays, double Refuses, double Cuts)
{
    public static Misbehaviour None { get; } = new(0, 0, 0, 0);
}

/// <summary>A small real SMTP server on 127.0.0.1: it answers 250 only after the message is on disk.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _sessions = [];
    private readonly Lock _lock = new();
    private readonly List<AcceptedMail> _accepted = [];
    private readonly Random _random;
    private readonly Misbehaviour _misbehaviour;
    private readonly Task _accepting;

    /// <param name="file">Where accepted messages are kept.</param>
    /// <param name="misbehaviour">How often it misbehaves.</param>
    /// <param name="seed">Of what it does at random.</param>
    /// <param name="flushes">Whether each message is flushed to disk before it is answered for.</param>
    public SmtpServer(string file, Misbehaviour misbehaviour, int seed = 1, bool flushes = true)
    {
        _misbehaviour = misbehaviour;
        _random = new Random(seed);
        Spool = new Spool(file, flushes);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept();
    }

    public int Port { get; }

    /// <summary>All that was accepted, in order.</summary>
    public IReadOnlyList<AcceptedMail> Accepted
    {
        get
        {
            lock (_lock)
                return [.. _accepted];
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _accepted.Count;
        }
    }

    internal Spool Spool { get; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Task[] sessions;
        lock (_lock)
            sessions = [.. _sessions];
        await Task.WhenAll(sessions);
        Spool.Dispose();
        _stopping.Dispose();
    }

    internal void Record(AcceptedMail mail)
    {
        lock (_lock)
            _accepted.Add(mail);
    }

    /// <summary>The answer to one that was recorded could not be given.</summary>
    internal void Gone(string messageId, DateTimeOffset at)
    {
        lock (_lock)
        {
            var index = _accepted.FindIndex(mail => mail.MessageId == messageId && mail.At == at);
            _accepted[index] = _accepted[index] with { Answer = AnswerFate.SenderGone };
        }
    }

    /// <summary>What it does with the next message.</summary>
    internal Whim Next()
    {
        double chance;
        lock (_lock)
            chance = _random.NextDouble();
        foreach (var (share, whim) in new[] { (_misbehaviour.Drops, Whim.Drop), (_misbehaviour.Delays, Whim.Delay), (_misbehaviour.Refuses, Whim.Refuse), (_misbehaviour.Cuts, Whim.Cut) })
        {
            if (chance < share)
                return whim;
            chance -= share;
        }

        return Whim.None;
    }

    private async Task Accept()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException && _stopping.IsCancellationRequested)
            {
                return;
            }

            var session = Task.Run(async () =>
            {
                using var one = new SmtpSession(this, client, _stopping.Token);
                await one.Run();
            });
            lock (_lock)
            {
                _sessions.RemoveAll(ended => ended.IsCompleted);
                _sessions.Add(session);
            }
        }
    }
}

internal enum Whim
{
    None,
    Drop,
    Delay,
    Refuse,
    Cut,
}
