using System.Net.Sockets;
using System.Text;

namespace Playbook.SmtpTrial;

/// <summary>One connection to the server: RFC 5321 without extensions but PIPELINING and 8BITMIME.</summary>
internal sealed class SmtpSession(SmtpServer server, TcpClient client, CancellationToken stopping) : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    private readonly StreamReader _reader = new(client.GetStream(), Encoding.UTF8);
    private readonly StreamWriter _writer = new(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n" };
    private string _to = "";

    public async Task Run()
    {
        try
        {
            client.NoDelay = true;
            await Say("220 trial ESMTP");
            while (await _reader.ReadLineAsync(stopping) is { } line && await Do(line))
            {
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The sender was killed, or the trial is over.
        }
    }

    // The writer is left: what it holds would go to a peer that is gone.
    public void Dispose()
    {
        _reader.Dispose();
        client.Dispose();
    }

    /// <summary>False where the connection ends.</summary>
    private async Task<bool> Do(string line)
    {
        var verb = line.Split(' ')[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO":
                await _writer.WriteLineAsync("250-trial");
                await _writer.WriteLineAsync("250-PIPELINING");
                await Say("250 8BITMIME");
                return true;
            case "MAIL" or "RSET":
                _to = "";
                await Say("250 2.0.0 OK");
                return true;
            case "RCPT":
                var from = line.IndexOf('<', StringComparison.Ordinal) + 1;
                _to = line[from..line.IndexOf('>', from)];
                await Say("250 2.1.5 OK");
                return true;
            case "HELO" or "NOOP":
                await Say("250 2.0.0 OK");
                return true;
            case "DATA":
                await Say("354 Go on");
                return await Take();
            case "QUIT":
                await Say("221 2.0.0 Bye");
                return false;
            default:
                await Say("502 5.5.1 No such command");
                return true;
        }
    }

    private async Task<bool> Take()
    {
        var whim = server.Next();
        var content = new StringBuilder();
        var id = "";
        var lines = 0;
        while (await _reader.ReadLineAsync(stopping) is { } line)
        {
            if (line == ".")
                return await Accept(whim, id, content.ToString());
            if (whim == Whim.Cut && ++lines > 3)
                return false;
            if (line.StartsWith("Message-Id: ", StringComparison.OrdinalIgnoreCase) && id.Length == 0)
                id = line["Message-Id: ".Length..].Trim('<', '>', ' ');
            content.AppendLine(line.StartsWith('.') ? line[1..] : line);
        }

        return false;
    }

    private async Task<bool> Accept(Whim whim, string id, string content)
    {
        if (whim == Whim.Refuse)
        {
            await Say("451 4.3.0 Try again later");
            return true;
        }

        await server.Spool.Keep(id, _to, content);
        var at = TimeProvider.System.GetUtcNow();
        if (whim == Whim.Drop)
        {
            server.Record(new AcceptedMail(id, _to, AnswerFate.Dropped, at));
            return false;
        }

        try
        {
            if (whim == Whim.Delay)
                await Task.Delay(Delay, TimeProvider.System, stopping);
            // Counted before it is said: whoever has heard it finds it counted.
            server.Record(new AcceptedMail(id, _to, AnswerFate.Given, at));
            await Say("250 2.0.0 Accepted");
            return true;
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            server.Gone(id, at);
            return false;
        }
    }

    private async Task Say(string answer)
    {
        await _writer.WriteLineAsync(answer);
        await _writer.FlushAsync(stopping);
    }
}
