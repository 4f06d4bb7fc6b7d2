using System.Collections.Concurrent;
using System.Threading.Channels;
using Playbook.Abstractions;

namespace Playbook.Server.Tests.Inbound;

/// <summary>An e-mail channel inside the test: it takes every message, and hands on what the test puts into it.</summary>
internal sealed class TrialChannel : IChannel
{
    private readonly Channel<ChannelEvent> _incoming = Channel.CreateUnbounded<ChannelEvent>();
    private int _faults;

    public static ChannelDescription Description { get; } = new("email", "E-mail", "A mailbox for trials.") { AddressFact = "email" };

    public ConcurrentQueue<OutgoingMessage> Sent { get; } = [];

    /// <summary>How often listening breaks before it works.</summary>
    public int Faults { get; init; }

    /// <summary>How often it was listened to.</summary>
    public int Listened { get; private set; }

    public void Put(ChannelEvent e) => _incoming.Writer.TryWrite(e);

    public ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken) => new([]);

    public ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        Sent.Enqueue(message);
        return new(new SendResult.Accepted($"<{message.IdempotencyKey}@trial>"));
    }

    public async Task Listen(IInbox inbox, CancellationToken cancellationToken)
    {
        Listened++;
        if (_faults++ < Faults)
            throw new IOException("The mailbox is not to be reached.");
        await foreach (var e in _incoming.Reader.ReadAllAsync(cancellationToken))
            await inbox.Take(e, cancellationToken);
    }
}
