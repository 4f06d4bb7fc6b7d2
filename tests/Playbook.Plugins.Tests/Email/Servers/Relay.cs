using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Playbook.Tests.Email;

/// <summary>Stands between a client and a server in the clear: hides words that the server says, and cuts the line.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly ConcurrentBag<Task> _copying = [];
    private readonly int _port;
    private readonly string? _hides;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="hides">What becomes blanks in each piece that the server sends.</param>
    public Relay(int port, string? hides = null)
    {
        _port = port;
        _hides = hides;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    public void Cut()
    {
        foreach (var client in _open)
            client.Close();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        await _accepting;
        await Task.WhenAll(_copying);
        _listener.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _port);
                _open.Add(client);
                _open.Add(server);
                Interlocked.Increment(ref _connections);
                _copying.Add(Copy(client, server, null));
                _copying.Add(Copy(server, client, _hides));
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static async Task Copy(TcpClient from, TcpClient to, string? hides)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is var length and > 0)
            {
                var piece = hides is null
                    ? buffer.AsMemory(0, length)
                    : Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(buffer, 0, length).Replace(hides, new string(' ', hides.Length), StringComparison.Ordinal));
                await to.GetStream().WriteAsync(piece);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }

        to.Close();
    }
}
