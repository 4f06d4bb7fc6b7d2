using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Playbook.Tests.Email;

/// <summary>A DNS server on 127.0.0.1 that knows what it was told: "TYPE name" to values.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private static readonly Dictionary<int, string> _types = new() { [1] = "A", [12] = "PTR", [15] = "MX", [16] = "TXT" };

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public NameServer() => _serving = Serve();

    public Dictionary<string, string[]> Records { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Address => $"127.0.0.1:{((IPEndPoint)_socket.Client.LocalEndPoint!).Port}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task Serve()
    {
        while (true)
        {
            try
            {
                var request = await _socket.ReceiveAsync(_end.Token);
                await _socket.SendAsync(Answer(request.Buffer), request.RemoteEndPoint, _end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private byte[] Answer(byte[] question)
    {
        var labels = new List<string>();
        var at = 12;
        while (question[at] is var length and > 0)
        {
            labels.Add(Encoding.ASCII.GetString(question, at + 1, length));
            at += length + 1;
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(at + 1));
        var end = at + 5;
        var values = _types.TryGetValue(type, out var name) ? Records.GetValueOrDefault($"{name} {string.Join('.', labels)}", []) : [];
        using var answer = new MemoryStream();
        answer.Write(question, 0, end);
        foreach (var value in values)
        {
            var data = Data(name!, value);
            answer.Write([0xc0, 12, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length]);
            answer.Write(data);
        }

        var bytes = answer.ToArray();
        // An answer, of an authority, to one question; without a name there is "no such name".
        (bytes[2], bytes[3]) = (0x85, (byte)(values.Length == 0 ? 3 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)values.Length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(8), 0);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(10), 0);
        return bytes;
    }

    private static byte[] Data(string type, string value) => type switch
    {
        "A" => IPAddress.Parse(value).GetAddressBytes(),
        "MX" => [0, 10, .. Name(value)],
        "PTR" => Name(value),
        _ => [.. value.Chunk(200).SelectMany(piece => (byte[])[(byte)piece.Length, .. Encoding.ASCII.GetBytes(piece)])],
    };

    private static byte[] Name(string name) => [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
}
