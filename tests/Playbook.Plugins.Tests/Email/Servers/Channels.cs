using System.Collections.Concurrent;
using Playbook.Abstractions;
using Playbook.Email;

namespace Playbook.Tests.Email;

/// <summary>The channel as a host opens it.</summary>
internal sealed class OpenChannel : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private Task _listening = Task.CompletedTask;

    public OpenChannel(IReadOnlyDictionary<string, string> settings, string? folder = null, TimeProvider? clock = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("playbook-email-").FullName;
        Clock = clock ?? TimeProvider.System;
        Channel = new EmailPlugin().Open(new ChannelSetup(settings, Clock, Folder) { Log = Log.Enqueue });
    }

    public IChannel Channel { get; }

    public string Folder { get; }

    public TimeProvider Clock { get; }

    public ConcurrentQueue<string> Log { get; } = new();

    public Inbox Inbox { get; } = new();

    public static OutgoingMessage Message(string key, string to) => new(key, to, "Ada Byron", "An idea for you", "Hi Ada,\n\nshall we talk?") { FromName = "Bo Berg", CreatedAt = TimeProvider.System.GetUtcNow() };

    public async Task<SendResult> Send(OutgoingMessage message) =>
        await Channel.Send(message, new Permit(message.IdempotencyKey, Clock.GetUtcNow(), Clock.GetUtcNow().AddMinutes(10), "Agreed."), CancellationToken.None);

    public async Task<string> Accepted(OutgoingMessage message) => Assert.IsType<SendResult.Accepted>(await Send(message)).ProviderId;

    public void Listen() => _listening = Channel.Listen(Inbox, _end.Token);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening.ContinueWith(static _ => { }, TaskScheduler.Default);
        await ((IAsyncDisposable)Channel).DisposeAsync();
        _end.Dispose();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What came in.</summary>
internal sealed class Inbox : IInbox
{
    private readonly ConcurrentQueue<ChannelEvent> _events = new();

    public IReadOnlyList<ChannelEvent> Events => [.. _events];

    /// <summary>Called before an event is taken; throws where the disk is full.</summary>
    public Action<ChannelEvent> BeforeTaking { get; set; } = static _ => { };

    public ValueTask Take(ChannelEvent channelEvent, CancellationToken cancellationToken)
    {
        BeforeTaking(channelEvent);
        _events.Enqueue(channelEvent);
        return ValueTask.CompletedTask;
    }

    public async Task<T> Next<T>(Func<T, bool>? which = null)
        where T : ChannelEvent
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (_events.OfType<T>().FirstOrDefault(found => which?.Invoke(found) ?? true) is { } found)
                return found;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"No {typeof(T).Name} came in; there are: {string.Join(", ", Events)}");
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System);
        }
    }
}
