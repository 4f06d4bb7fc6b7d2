using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Playbook.Email;

/// <summary>An SMTP server made of code on 127.0.0.1, for trials: takes every mail, keeps it, and fails on command.</summary>
internal sealed class TrialMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private readonly Task _accepting;
    private int _connections;

    public TrialMailServer()
    {
        _listener.Start(100);
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<TakenMail> Taken { get; } = new();

    /// <summary>How many connections there were.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Asked before each command, and with a single dot after each content: another answer than the usual one, or null.</summary>
    public Func<Session, string, Reply?> Before { get; set; } = static (_, _) => null;

    /// <summary>One connection.</summary>
    /// <param name="Number">Counted from 1.</param>
    public sealed record Session(int Number)
    {
        /// <summary>How many mails it has brought.</summary>
        public int Mails { get; set; }

        /// <summary>The commands so far, first words only.</summary>
        public List<string> Commands { get; } = [];
    }

    /// <param name="Text">The line to answer; null to say nothing.</param>
    public sealed record Reply(string? Text)
    {
        /// <summary>Whether the connection ends afterwards.</summary>
        public bool HangsUp { get; init; }

        /// <summary>Whether nothing more is read or said.</summary>
        public bool IsSilent { get; init; }

        /// <summary>After a content: whether the mail is kept all the same.</summary>
        public bool Takes { get; init; }
    }

    /// <param name="From">The envelope's sender.</param>
    /// <param name="To">Its receivers.</param>
    /// <param name="Content">The mail.</param>
    public sealed record TakenMail(string From, IReadOnlyList<string> To, byte[] Content);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions);
        _end.Dispose();
        _listener.Dispose();
    }

    private async Task Accept()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                client.NoDelay = true;
                var session = new Session(Interlocked.Increment(ref _connections));
                _sessions.Add(Task.Run(() => Serve(client, session)));
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient client, Session session)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                await new Conversation(this, session, stream, _end.Token).Run();
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException)
            {
                // The client went away, or the trial is over.
            }
        }
    }

    private sealed class Conversation(TrialMailServer server, Session session, NetworkStream stream, CancellationToken end)
    {
        private readonly byte[] _buffer = new byte[16 * 1024];
        private int _filled;
        private int _read;
        private string _from = "";
        private List<string> _to = [];

        public async Task Run()
        {
            await Say("220 trial ESMTP");
            while (await Line() is { } line)
            {
                var command = Encoding.UTF8.GetString(line.AsSpan());
                session.Commands.Add(command.Split(' ')[0].ToUpperInvariant());
                if (!await Answer(server.Before(session, command) ?? Usual(command)))
                    return;
                if (command.StartsWith("DATA", StringComparison.OrdinalIgnoreCase) && !await Content())
                    return;
            }
        }

        private Reply Usual(string command)
        {
            switch (command.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    return new Reply("250-trial\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 DSN");
                case "MAIL":
                    (_from, _to) = (Address(command), []);
                    return new Reply("250 2.1.0 Ok");
                case "RCPT":
                    _to.Add(Address(command));
                    return new Reply("250 2.1.5 Ok");
                case "DATA":
                    return new Reply("354 End with a dot");
                case "QUIT":
                    return new Reply("221 2.0.0 Bye") { HangsUp = true };
                default:
                    return new Reply("250 2.0.0 Ok");
            }
        }

        private async Task<bool> Content()
        {
            using var content = new MemoryStream();
            while (await Line() is { } line)
            {
                if (line is [(byte)'.'])
                {
                    var reply = server.Before(session, ".") ?? new Reply("250 2.0.0 Ok: queued") { Takes = true };
                    if (reply.Takes)
                    {
                        session.Mails++;
                        server.Taken.Enqueue(new TakenMail(_from, _to, content.ToArray()));
                    }

                    return await Answer(reply);
                }

                content.Write(line.AsSpan(line is [(byte)'.', ..] ? 1 : 0));
                content.Write("\r\n"u8);
            }

            return false;
        }

        /// <summary>Whether to go on.</summary>
        private async Task<bool> Answer(Reply reply)
        {
            if (reply.IsSilent)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end);
            if (reply.Text is { } text)
                await Say(text);
            return !reply.HangsUp;
        }

        private async Task Say(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"), end);

        /// <summary>Without its end; null where the client has gone.</summary>
        private async Task<byte[]?> Line()
        {
            using var line = new MemoryStream();
            while (true)
            {
                var rest = _buffer.AsMemory(_read, _filled - _read);
                var at = rest.Span.IndexOf((byte)'\n');
                line.Write(rest.Span[..(at < 0 ? rest.Length : at)]);
                _read += at < 0 ? rest.Length : at + 1;
                if (at >= 0)
                {
                    var bytes = line.ToArray();
                    return bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
                }

                (_read, _filled) = (0, await stream.ReadAsync(_buffer, end));
                if (_filled == 0)
                    return null;
            }
        }

        private static string Address(string command)
        {
            var (begin, stop) = (command.IndexOf('<', StringComparison.Ordinal), command.IndexOf('>', StringComparison.Ordinal));
            return begin >= 0 && stop > begin ? command[(begin + 1)..stop] : "";
        }
    }
}
