using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Playbook.Abstractions;
using Playbook.Calendar;

namespace Playbook.Plugins.Tests.Calendar;

/// <summary>A calendar channel in a folder of its own, with a clock that is moved by hand and a mail server on this machine.</summary>
internal sealed partial class TrialCalendar : IAsyncDisposable
{
    /// <summary>A Monday, 10:00 in Copenhagen.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("calendar").FullName;

    public TrialCalendar()
    {
        Settings = new()
        {
            ["company"] = "Salgshuset ApS",
            ["from"] = "booking@salgshuset.example",
            ["reps"] = "Karen Lund <karen@salgshuset.example>\nBo Ærø <bo@salgshuset.example>",
            ["smtpHost"] = "127.0.0.1",
            ["smtpPort"] = $"{Smtp.Port}",
            ["smtpSecurity"] = "none",
        };
        Open();
    }

    public SmtpSink Smtp { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Monday);

    public Dictionary<string, string> Settings { get; }

    public Inbox Inbox { get; } = new();

    public HttpClient? Http { get; set; }

    public CalendarChannel Channel { get; private set; } = null!;

    /// <summary>Opens the channel anew, as after a restart.</summary>
    public CalendarChannel Open()
    {
        Channel?.Dispose();
        Channel = new CalendarChannel(new ChannelSetup(Settings, Clock, _folder) { PublicUrl = new Uri("https://sales.example.com/channels/calendar/"), Http = Http });
        return Channel;
    }

    public static OutgoingMessage Message(string key, params (string Name, object? Value)[] inputs) =>
        new(key, "ada@byron.example", "Ada Byron", "Et møde om jeres plan", "Kære Ada\n\nVælg en tid: [booking_url]\n\nBo") { FromName = "Bo Ærø", FromAddress = "bo@salgshuset.example", CreatedAt = Monday, Inputs = inputs.ToDictionary(input => input.Name, input => input.Value) };

    public ValueTask<SendResult> Send(OutgoingMessage message) =>
        Channel.Send(message, new Permit(message.IdempotencyKey, Clock.GetUtcNow(), Clock.GetUtcNow().AddMinutes(5), "Agreed."), CancellationToken.None);

    public async Task<string> Sent(OutgoingMessage message) => Assert.IsType<SendResult.Accepted>(await Send(message)).ProviderId;

    /// <summary>Sends a booking link and gives its token, as it stands in the mail.</summary>
    public async Task<string> Offer(string key = "m-1", params (string Name, object? Value)[] inputs)
    {
        await Sent(Message(key, inputs));
        return Link().Match(Smtp.Last.TextBody!).Groups[1].Value;
    }

    public ValueTask<InboundAnswer> Get(string token, params (string Name, string Value)[] query) =>
        Channel.Receive(new InboundRequest("GET", "book/" + token, new Dictionary<string, string>(), default) { Query = query.ToDictionary(pair => pair.Name, pair => pair.Value) }, CancellationToken.None);

    public ValueTask<InboundAnswer> Post(string token, string body) =>
        Channel.Receive(new InboundRequest("POST", "book/" + token, new Dictionary<string, string>(), System.Text.Encoding.UTF8.GetBytes(body)), CancellationToken.None);

    public ValueTask<InboundAnswer> Book(string token, string start) => Post(token, $"do=book&start={Uri.EscapeDataString(start)}");

    /// <summary>The times that a page offers, as the form sends them.</summary>
    public static IReadOnlyList<string> Times(InboundAnswer page) => [.. Start().Matches(page.Body ?? "").Select(found => found.Groups[1].Value)];

    public Task Round() => Channel.Round(Inbox, CancellationToken.None);

    /// <summary>The calendar part of a mail, as Outlook and Google look for it.</summary>
    public static (string Method, Ical.Net.Calendar Calendar, string Text) Invitation(MimeMessage mail)
    {
        var part = mail.BodyParts.OfType<TextPart>().Single(part => part.ContentType.IsMimeType("text", "calendar"));
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        var text = System.Text.Encoding.UTF8.GetString(content.ToArray());
        return (part.ContentType.Parameters["method"]!, Ical.Net.Calendar.Load(text)!, text);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Smtp.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"/channels/calendar/book/([A-Za-z0-9_-]+)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("name=\"start\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Start();
}

/// <summary>Keeps what comes in, each event once as the host does.</summary>
internal sealed class Inbox : IInbox
{
    public List<ChannelEvent> Taken { get; } = [];

    public ValueTask Take(ChannelEvent channelEvent, CancellationToken cancellationToken)
    {
        if (!Taken.Exists(known => known.Id == channelEvent.Id))
            Taken.Add(channelEvent);
        return ValueTask.CompletedTask;
    }
}
