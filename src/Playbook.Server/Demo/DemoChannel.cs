using System.Collections.Concurrent;
using Playbook.Abstractions;

namespace Playbook.Server.Demo;

/// <summary>A message that a demo contact got.</summary>
internal sealed record DemoMessage(string Key, string ProviderId, string To, string? Subject, DateTimeOffset At);

/// <summary>A channel that leads nowhere: it remembers what it was given, so that the demo's contacts can answer.</summary>
internal sealed class DemoChannel(TimeProvider clock) : IChannel
{
    private readonly ConcurrentQueue<DemoMessage> _sent = [];

    public static ChannelDescription Email { get; } = new("email", "E-mail", "Leads nowhere: the demo's contacts are not real.") { AddressFact = "email" };

    /// <summary>Since when a receiving server is away; null while it takes messages.</summary>
    public Func<string, bool> IsAway { get; set; } = static _ => false;

    public ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken) => new([]);

    public ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(message.To))
            return new(new SendResult.Refused("The contact has no e-mail address."));
        if (IsAway(message.To))
            return new(new SendResult.TryLater(TimeSpan.FromHours(12), "The receiving server refuses connections from this mailbox (554 5.7.1). Ask its postmaster to let us in."));
        var id = $"{message.IdempotencyKey}@beacon.example";
        _sent.Enqueue(new(message.IdempotencyKey, id, message.To, message.Subject, clock.GetUtcNow()));
        return new(new SendResult.Accepted(id));
    }

    public IEnumerable<DemoMessage> TakeSent()
    {
        while (_sent.TryDequeue(out var message))
            yield return message;
    }
}
