using System.Text;
using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Tests.Email;

/// <summary>Reading a real mailbox on and on, whatever happens to the connection, the host and the mails.</summary>
[Collection(MailServersCollection.Name)]
public sealed class ListeningTests(MailServers servers)
{
    [Fact]
    public async Task Each_kind_of_mail_becomes_its_own_event()
    {
        servers.Need();
        var mailbox = servers.Mailbox("kinds@ours.test");
        await using var channel = new OpenChannel(servers.Settings(mailbox));
        channel.Listen();
        string[] mails = ["replies.gmail", "auto.exchange-danish", "bounces.gmail-unknown", "bounces.mailbox-full", "bounces.exchange-policy", "complaints.headers", "unsubscribed.mailto-plus", "unsubscribed.words-1", "answered.declined", "quiet.delayed", "quiet.newsletter"];

        foreach (var mail in mails)
            await servers.Deliver(MailServers.Parse(MailCorpus.Raw(mail + ".eml")), "ada@customer.test", mailbox);
        // They may overtake each other on the way.
        await servers.Until(() => Task.FromResult(servers.Stored(mailbox).Count == mails.Length), "Not all mails arrived.");
        await Text(mailbox, "last");
        await channel.Inbox.Next<ChannelEvent.Replied>(reply => reply.Text == "last");

        Assert.Equal(
            ["Answered", "AutoReplied", "Bounced Hard", "Bounced Policy", "Bounced Soft", "Complained", "Replied", "Unsubscribed", "Unsubscribed"],
            channel.Inbox.Events.Where(happened => happened.ProviderId == MailCorpus.Id).Select(happened => happened is ChannelEvent.Bounced bounce ? $"Bounced {bounce.Kind}" : happened.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_read_before_a_restart_is_not_read_again_and_what_came_meanwhile_is()
    {
        servers.Need();
        var mailbox = servers.Mailbox("restarted@ours.test");
        var folder = Directory.CreateTempSubdirectory("playbook-email-").FullName;
        await Text(mailbox, "before");
        var first = new OpenChannel(servers.Settings(mailbox), folder);
        first.Listen();
        await first.Inbox.Next<ChannelEvent.Replied>();
        await servers.Until(() => Task.FromResult(Directory.GetFiles(folder, "*.position").Length == 1), "The position was not kept.");
        var kept = Directory.CreateTempSubdirectory("playbook-email-").FullName;
        File.Copy(Directory.GetFiles(folder, "*.position")[0], Path.Combine(kept, Path.GetFileName(Directory.GetFiles(folder, "*.position")[0])));
        await first.DisposeAsync();
        await Text(mailbox, "meanwhile");

        await using var second = new OpenChannel(servers.Settings(mailbox), kept);
        second.Listen();

        await second.Inbox.Next<ChannelEvent.Replied>(reply => reply.Text == "meanwhile");
        Assert.Single(second.Inbox.Events);
    }

    [Fact]
    public async Task What_the_host_could_not_store_comes_again()
    {
        servers.Need();
        var mailbox = servers.Mailbox("unstored@ours.test");
        await using var channel = new OpenChannel(servers.Settings(mailbox));
        channel.Inbox.BeforeTaking = _ => throw new IOException("The disk is full.");
        await Text(mailbox, "important");

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => channel.Channel.Listen(channel.Inbox, CancellationToken.None));
        Assert.Contains("could not be stored: The disk is full.", fault.Message, StringComparison.Ordinal);
        channel.Inbox.BeforeTaking = _ => { };
        channel.Listen();

        Assert.Equal("important", (await channel.Inbox.Next<ChannelEvent.Replied>()).Text);
    }

    [Fact]
    public async Task A_mailbox_that_was_numbered_anew_is_read_again_with_the_same_events()
    {
        servers.Need();
        var mailbox = servers.Mailbox("renumbered@ours.test");
        await Text(mailbox, "one");
        var settings = servers.Settings(mailbox);
        await using (var first = new OpenChannel(settings))
        {
            first.Listen();
            var before = await first.Inbox.Next<ChannelEvent.Replied>();
            await servers.Until(() => Task.FromResult(Directory.GetFiles(first.Folder, "*.position").Length == 1), "The position was not kept.");
            // As a server does that was set up anew.
            var file = Directory.GetFiles(first.Folder, "*.position")[0];
            await File.WriteAllTextAsync(file, "12345 999999");

            await using var second = new OpenChannel(settings);
            File.Copy(file, Path.Combine(second.Folder, Path.GetFileName(file)));
            second.Listen();
            Assert.Equal(before.Id, (await second.Inbox.Next<ChannelEvent.Replied>()).Id);
        }
    }

    [Fact]
    public async Task A_lost_connection_is_opened_again()
    {
        servers.Need();
        var mailbox = servers.Mailbox("cut@ours.test");
        await using var relay = new Relay(servers.Imap);
        await using var channel = new OpenChannel(Clear(mailbox, relay));
        channel.Listen();
        await Text(mailbox, "one");
        await channel.Inbox.Next<ChannelEvent.Replied>(reply => reply.Text == "one");

        relay.Cut();
        await Text(mailbox, "two");

        await channel.Inbox.Next<ChannelEvent.Replied>(reply => reply.Text == "two");
        Assert.Equal(2, channel.Inbox.Events.Count);
        Assert.True(relay.Connections >= 2);
        // The mail is handed over before the round that read it is over.
        await servers.Until(() => Task.FromResult(channel.Channel.Health.IsWell), "The mailbox is not well again.");
    }

    [Fact]
    public async Task A_server_without_IDLE_is_asked_from_time_to_time()
    {
        servers.Need();
        var mailbox = servers.Mailbox("polled@ours.test");
        await using var relay = new Relay(servers.Imap, hides: " IDLE");
        var settings = Clear(mailbox, relay);
        settings["pollSeconds"] = "1";
        await using var channel = new OpenChannel(settings);
        channel.Listen();

        await Text(mailbox, "one");
        await channel.Inbox.Next<ChannelEvent.Replied>(reply => reply.Text == "one");
        await Text(mailbox, "two");
        await channel.Inbox.Next<ChannelEvent.Replied>(reply => reply.Text == "two");

        Assert.Equal(1, relay.Connections);
    }

    [Fact]
    public async Task Broken_and_huge_mails_are_passed_over()
    {
        servers.Need();
        var mailbox = servers.Mailbox("broken@ours.test");
        await Text(mailbox, "first");
        var box = Path.Combine(servers.Folder, "mail", "ours.test", "broken", "new");
        await servers.Until(() => Task.FromResult(Directory.Exists(box)), "The mailbox was not made.");
        var random = new Random(7);
        for (var number = 0; number < 20; number++)
        {
            var bytes = new byte[random.Next(0, 3000)];
            random.NextBytes(bytes);
            await Put(box, $"1.{number}.noise", bytes);
        }

        await Put(box, "2.huge", Encoding.ASCII.GetBytes($"From: ada@customer.test\r\nTo: {mailbox}\r\nSubject: huge\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhuge, with a film\r\n--b\r\nContent-Type: video/mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n{new string('A', 12_000_000)}\r\n--b--\r\n"));
        await using var channel = new OpenChannel(servers.Settings(mailbox));
        channel.Listen();
        await Text(mailbox, "last");

        await channel.Inbox.Next<ChannelEvent.Replied>(reply => reply.Text == "last");
        await channel.Inbox.Next<ChannelEvent.Replied>(reply => reply.Text == "first");
        await channel.Inbox.Next<ChannelEvent.Replied>(reply => reply.Text == "huge, with a film");
    }

    [Fact]
    public async Task Who_may_not_sign_in_is_told_at_once_and_listening_ends()
    {
        servers.Need();
        var settings = servers.Settings(servers.Mailbox("locked@ours.test"));
        settings["imapPassword"] = "wrong";
        await using var channel = new OpenChannel(settings);

        var trouble = await Assert.ThrowsAsync<Playbook.Email.MailboxTroubleException>(() => channel.Channel.Listen(channel.Inbox, CancellationToken.None));

        Assert.Contains("refused the sign-in of 'locked@ours.test'", trouble.Message, StringComparison.Ordinal);
        Assert.False(channel.Channel.Health.IsWell);
    }

    private static async Task Put(string box, string name, byte[] mail)
    {
        var file = Path.Combine(Path.GetDirectoryName(box)!, "tmp", name);
        await File.WriteAllBytesAsync(file, mail);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.Move(file, Path.Combine(box, name));
    }

    private Dictionary<string, string> Clear(string mailbox, Relay relay)
    {
        var settings = servers.Settings(mailbox);
        (settings["imapHost"], settings["imapPort"], settings["imapSecurity"]) = ("127.0.0.1", $"{relay.Port}", "none");
        return settings;
    }

    private async Task Text(string mailbox, string text)
    {
        var mail = new MimeMessage { Subject = "Hello", Body = new TextPart("plain") { Text = text } };
        mail.From.Add(MailboxAddress.Parse("ada@customer.test"));
        mail.To.Add(MailboxAddress.Parse(mailbox));
        await servers.Deliver(mail, "ada@customer.test", mailbox);
    }
}
