using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Playbook.Plugins.Tests.Calendar;

/// <summary>A small SMTP server on this machine that keeps what it is given.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public SmtpSink()
    {
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    /// <summary>What is answered to the next message instead of taking it, such as <c>451 later</c>.</summary>
    public string? Answer { get; set; }

    /// <summary>Whether the connection ends after the next message was taken and before that is said.</summary>
    public bool LoseAnswer { get; set; }

    public MimeMessage Last => Mails.Last();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }

    private async Task Serve()
    {
        while (!_end.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = Talk(client);
        }
    }

    private async Task Talk(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink");
            while (await reader.ReadLineAsync(_end.Token) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    if (!await Take(reader, writer))
                        return;
                }
                else
                {
                    await writer.WriteLineAsync(verb switch { "EHLO" => "250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8", "QUIT" => "221 bye", _ => "250 ok" });
                    if (verb == "QUIT")
                        return;
                }
            }
        }
    }

    private async Task<bool> Take(StreamReader reader, StreamWriter writer)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line && line != ".")
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        if (Answer is { } answer)
        {
            Answer = null;
            await writer.WriteLineAsync(answer);
            return true;
        }
        Mails.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()))));
        if (LoseAnswer)
        {
            LoseAnswer = false;
            return false;
        }
        await writer.WriteLineAsync("250 taken");
        return true;
    }
}
