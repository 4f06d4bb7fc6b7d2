using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Playbook.Abstractions;
using Playbook.ContractTests.Channels;
using Playbook.Server.Channels;

namespace Playbook.Server.Tests.Channels;

/// <summary>The channel that needs no plugin keeps the contract of those that do.</summary>
public sealed class EmlChannelContractTests : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new Eml();

    private sealed class Eml : IChannelPlugin
    {
        public ChannelDescription Description => EmlChannel.Description;

        public IChannel Open(ChannelSetup setup) => new EmlChannel(setup.Folder, setup.Clock);

        public ChannelTrial Trial(ChannelSetup setup) => new(new Dictionary<string, string>(), "ada@example.com", () =>
            [.. Directory.GetFiles(setup.Folder, "*.eml").Select(file => MimeMessage.Load(file)).Select(mail => new TakenMessage(mail.To.Mailboxes.Single().Address, mail.TextBody ?? ""))]);
    }
}

public sealed class EmlChannelTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-eml-").FullName;

    public EmlChannelTests() => Channel = new EmlChannel(_folder, new FakeTimeProvider(Now));

    private EmlChannel Channel { get; }

    private int Sent => Directory.GetFiles(_folder, "*.eml").Length;

    private static OutgoingMessage Message(string key) => new(key, "ada@example.com", "Ada Byron", "Hello", "Hi Ada") { FromName = "Bo", FromAddress = "bo@example.org", CreatedAt = Now };

    [Fact]
    public async Task The_file_says_who_wrote_to_whom_and_when()
    {
        await Channel.Send(Message("m-1") with { Text = "Kære Åse,\nlige et spørgsmål.\n", Subject = "Møde?" }, new Permit("m-1", Now, Now.AddMinutes(5), "x"), CancellationToken.None);

        var mail = await MimeMessage.LoadAsync(Path.Combine(_folder, "m-1.eml"));
        Assert.Equal("Møde?", mail.Subject);
        Assert.Equal(("Bo", "bo@example.org"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal(("Ada Byron", "ada@example.com"), (mail.To.Mailboxes.Single().Name, mail.To.Mailboxes.Single().Address));
        Assert.Equal(Now, mail.Date);
        Assert.StartsWith("m-1@", mail.MessageId, StringComparison.Ordinal);
        Assert.Contains("Kære Åse", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_break_in_a_name_makes_no_further_header()
    {
        var result = await Channel.Send(Message("m-1") with { ToName = "Ada\r\nBcc: all@example.com", Subject = "Hi\r\nBcc: all@example.com" }, new Permit("m-1", Now, Now.AddMinutes(5), "x"), CancellationToken.None);

        Assert.IsType<SendResult.Accepted>(result);
        Assert.Empty((await MimeMessage.LoadAsync(Path.Combine(_folder, "m-1.eml"))).Bcc);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b, c@d")]
    public async Task What_is_no_address_is_refused(string to) =>
        Assert.IsType<SendResult.Refused>(await Channel.Send(Message("m-1") with { To = to }, new Permit("m-1", Now, Now.AddMinutes(5), "x"), CancellationToken.None));

    [Fact]
    public async Task A_draft_that_a_crash_left_behind_is_no_message()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "m-1.eml.new"), "half a mess");

        Assert.Equal(0, Sent);
        Assert.IsType<SendResult.Accepted>(await Channel.Send(Message("m-1"), new Permit("m-1", Now, Now.AddMinutes(5), "x"), CancellationToken.None));
        Assert.Equal(1, Sent);
        Assert.Equal("Hello", (await MimeMessage.LoadAsync(Path.Combine(_folder, "m-1.eml"))).Subject);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
