using Microsoft.Extensions.Time.Testing;
using Playbook.Abstractions;
using Playbook.Letter;

namespace Playbook.Plugins.Tests.Letter;

/// <summary>A letter channel in a folder of its own, with a clock that is moved by hand.</summary>
internal sealed class TrialLetters : IDisposable
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public const string Address = "Nordsø & Sønner A/S\nNørregade 12, 2. tv.\n2100 København Ø\nDenmark";

    private readonly List<LetterChannel> _opened = [];

    public TrialLetters() => Channel = Open();

    public string Folder { get; } = Directory.CreateTempSubdirectory("letters").FullName;

    public FakeTimeProvider Clock { get; } = new(Monday);

    public List<string> Log { get; } = [];

    public LetterChannel Channel { get; private set; }

    public string Print => Path.Combine(Folder, "print");

    public IReadOnlyList<string> Batches => Directory.Exists(Print) ? [.. Directory.GetDirectories(Print).Select(Path.GetFileName).Order(StringComparer.Ordinal)!] : [];

    public Dictionary<string, string> Settings { get; } = new()
    {
        ["company"] = "Salgshuset ApS",
        ["senderAddress"] = "Havnegade 1\n1058 København K",
        ["contactLine"] = "+45 33 44 55 66 · salgshuset.example",
        ["place"] = "København",
        ["printKey"] = "a long key for printing",
        ["webhookSecret"] = "the landing page's secret",
    };

    public LetterChannel Open(Action<string>? reached = null)
    {
        var setup = new ChannelSetup(Settings, Clock, Folder) { PublicUrl = new Uri("https://sales.example.com/channels/letter/"), Log = Log.Add };
        Channel = new LetterChannel(setup, reached);
        _opened.Add(Channel);
        return Channel;
    }

    public static OutgoingMessage Message(string key, string to = Address, string text = "Kære Ada\n\nVi vil gerne vise dig noget.\n\nVenlig hilsen\nBo Ærø") =>
        new(key, to, "Ada Byron", "Et forslag", text) { FromName = "Bo Ærø", CreatedAt = Monday };

    public ValueTask<SendResult> Send(OutgoingMessage message) =>
        Channel.Send(message, new Permit(message.IdempotencyKey, Clock.GetUtcNow(), Clock.GetUtcNow().AddMinutes(5), "Agreed."), CancellationToken.None);

    public async Task<string> Accepted(string key) => Assert.IsType<SendResult.Accepted>(await Send(Message(key))).ProviderId;

    public async Task<string> Refused(OutgoingMessage message) => Assert.IsType<SendResult.Refused>(await Send(message)).Reason;

    public ValueTask<InboundAnswer> Ask(string method, string path, string body = "", params (string Name, string Value)[] headers) =>
        Channel.Receive(new InboundRequest(method, path, headers.ToDictionary(header => header.Name, header => header.Value), System.Text.Encoding.UTF8.GetBytes(body)), CancellationToken.None);

    public IReadOnlyList<string> Csv(string batch) => File.ReadAllLines(Path.Combine(Print, batch, "addresses.csv"));

    public void Dispose()
    {
        foreach (var channel in _opened)
            channel.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
