using System.Collections.Concurrent;
using Playbook.Abstractions;

namespace Playbook.Server.Tests.Sending;

/// <summary>A channel that does as it is told and writes down what it was asked.</summary>
internal sealed class ToldChannel(Func<OutgoingMessage, CancellationToken, ValueTask<SendResult>>? answer = null) : IChannel
{
    private int _underWay;
    private int _most;

    public Func<OutgoingMessage, CancellationToken, ValueTask<SendResult>> Answer { get; set; } = answer ?? Accept;

    /// <summary>The keys that it was asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>How many it was busy with at the same time, at most.</summary>
    public int Most => _most;

    public static ValueTask<SendResult> Accept(OutgoingMessage message, CancellationToken cancellationToken) => new(new SendResult.Accepted("p-" + message.IdempotencyKey));

    public static ValueTask<SendResult> Refuse(OutgoingMessage message, CancellationToken cancellationToken) => throw new IOException("connection refused");

    public static async ValueTask<SendResult> Hang(OutgoingMessage message, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("It waited for ever and came back.");
    }

    public ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken) => new([]);

    public async ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        Asked.Enqueue(message.IdempotencyKey);
        var now = Interlocked.Increment(ref _underWay);
        for (var most = _most; now > most && Interlocked.CompareExchange(ref _most, now, most) != most; most = _most)
        {
        }

        try
        {
            return await Answer(message, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
