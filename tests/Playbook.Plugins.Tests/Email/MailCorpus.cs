using System.Text;
using Microsoft.Extensions.Time.Testing;
using Playbook.Abstractions;
using Playbook.Email;

namespace Playbook.Tests.Email;

/// <summary>Mails as they lie in a mailbox, by the folder and name in Mails/; each answers the message m-1.</summary>
internal static class MailCorpus
{
    private const string Prefix = "Mails.";

    public static string Mark { get; } = MailMark.Of("m-1");

    public static string Id { get; } = $"{Mark}@ours.test";

    public static DateTimeOffset Now { get; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static EmailSettings Settings { get; } = EmailSettings.Read(new Dictionary<string, string>
    {
        ["fromName"] = "Ours", ["fromAddress"] = "sales@ours.test", ["smtpHost"] = "localhost", ["imapHost"] = "localhost",
    });

    public static IEnumerable<string> Names => typeof(MailCorpus).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]);

    /// <summary>The bytes, with the message that they are about filled in.</summary>
    public static byte[] Raw(string name)
    {
        using var stream = typeof(MailCorpus).Assembly.GetManifestResourceStream(Prefix + name) ?? throw new FileNotFoundException($"There is no mail {name}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        // Every byte is a letter of Latin-1, so nothing is lost in between.
        var text = Encoding.Latin1.GetString(bytes.ToArray()).ReplaceLineEndings("\r\n");
        return Encoding.Latin1.GetBytes(text.Replace("{id}", Id, StringComparison.Ordinal).Replace("{mark}", Mark, StringComparison.Ordinal).Replace("{MARK}", Mark.ToUpperInvariant(), StringComparison.Ordinal));
    }

    public static IReadOnlyList<ChannelEvent> Read(string name) => Read(Raw(name));

    public static IReadOnlyList<ChannelEvent> Read(byte[] mail) => Reader().Read(mail);

    public static MailReader Reader() => new(Settings, new FakeTimeProvider(Now), mark => $"{mark}@ours.test");
}
