using System.Net;
using Microsoft.Extensions.Time.Testing;
using Playbook.Abstractions;

namespace Playbook.Plugins.Tests;

/// <summary>Where a channel is tried: a folder, a clock, and a provider made of code.</summary>
internal sealed class Provider : HttpMessageHandler
{
    private readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _answer;
    private readonly HttpClient _client;

    public Provider(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answer = answer;
        _client = new HttpClient(this, disposeHandler: false);
    }

    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; } = new(Start);

    public string Folder { get; } = Directory.CreateTempSubdirectory("playbook-channel-").FullName;

    public Uri? PublicUrl { get; set; } = new("https://sales.example.com/channels/it/");

    /// <summary>Comes before the provider: what it gives is the answer, what it throws breaks the connection.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Before { get; set; } = static _ => null;

    /// <summary>Comes after the provider has done what was asked.</summary>
    public Action<HttpRequestMessage> After { get; set; } = static _ => { };

    /// <summary>Whether it never answers.</summary>
    public bool IsSilent { get; set; }

    public List<(string Method, string Url)> Requests { get; } = [];

    public ChannelSetup Setup(IReadOnlyDictionary<string, string> settings) => new(settings, Clock, Folder) { Http = _client, PublicUrl = PublicUrl };

    public OutgoingMessage Message(string key, string to, string text = "Hi Ada") =>
        new(key, to, "Ada Byron", null, text) { FromName = "Bo", FromAddress = "bo@example.org", CreatedAt = Clock.GetUtcNow() };

    public ValueTask<SendResult> Send(IChannel channel, OutgoingMessage message, CancellationToken cancellationToken = default) =>
        channel.Send(message, new Permit(message.IdempotencyKey, Clock.GetUtcNow(), Clock.GetUtcNow().AddMinutes(5), "Agreed."), cancellationToken);

    public static HttpResponseMessage Answer(int status, string body = "", params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
            answer.Headers.TryAddWithoutValidation(name, value);
        return answer;
    }

    /// <summary>What comes in while the channel listens, until as many events are there.</summary>
    public async Task<IReadOnlyList<ChannelEvent>> Hear(IChannel channel, int count, Action? meanwhile = null)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        var inbox = new Inbox(count, stop);
        var listening = channel.Listen(inbox, stop.Token);
        meanwhile?.Invoke();
        try
        {
            await listening;
        }
        catch (OperationCanceledException) when (inbox.Events.Count >= count)
        {
        }

        return inbox.Events;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add((request.Method.Method, request.RequestUri!.PathAndQuery));
        if (IsSilent)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        if (Before(request) is { } instead)
            return instead;
        var answer = await _answer(request, cancellationToken);
        After(request);
        return answer;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _client.Dispose();
            Directory.Delete(Folder, recursive: true);
        }

        base.Dispose(disposing);
    }

    private sealed class Inbox(int count, CancellationTokenSource stop) : IInbox
    {
        public List<ChannelEvent> Events { get; } = [];

        public async ValueTask Take(ChannelEvent channelEvent, CancellationToken cancellationToken)
        {
            Events.Add(channelEvent);
            if (Events.Count >= count)
                await stop.CancelAsync();
        }
    }
}
