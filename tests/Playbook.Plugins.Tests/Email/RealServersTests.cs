using MimeKit;
using Playbook.Abstractions;

namespace Playbook.Tests.Email;

/// <summary>Against postfix and dovecot, as a mailbox in the world would be.</summary>
[Collection(MailServersCollection.Name)]
public sealed class RealServersTests(MailServers servers)
{
    [Fact]
    public async Task Good_settings_are_found_good_and_a_wrong_password_is_told()
    {
        servers.Need();
        var settings = servers.Settings(servers.Mailbox("checked@ours.test"));
        await using var good = new OpenChannel(settings);
        Assert.Empty(await good.Channel.Validate(CancellationToken.None));

        settings["smtpPassword"] = settings["imapPassword"] = "wrong";
        await using var bad = new OpenChannel(settings);
        var problems = await bad.Channel.Validate(CancellationToken.None);

        Assert.Collection(
            problems,
            smtp => Assert.Contains($"SMTP server localhost:{servers.Smtp} refused the sign-in of 'checked@ours.test'", smtp, StringComparison.Ordinal),
            imap => Assert.Contains($"IMAP server localhost:{servers.ImapTls} refused the sign-in of 'checked@ours.test'", imap, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_nobody_named_is_not_trusted()
    {
        servers.Need();
        var settings = servers.Settings(servers.Mailbox("trusting@ours.test"));
        settings.Remove("trustedCertificate");
        await using var channel = new OpenChannel(settings);

        Assert.All(await channel.Channel.Validate(CancellationToken.None), problem => Assert.Contains("cannot be trusted", problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("starttls")]
    [InlineData("tls")]
    [InlineData("none")]
    public async Task A_message_arrives_over_each_kind_of_connection(string security)
    {
        servers.Need();
        var to = servers.Mailbox($"ada-{security}@customer.test");
        var settings = servers.Settings(servers.Mailbox($"over-{security}@ours.test"));
        settings["smtpSecurity"] = settings["imapSecurity"] = security;
        settings["smtpPort"] = $"{(security == "tls" ? servers.SmtpTls : servers.Smtp)}";
        settings["imapPort"] = $"{(security == "tls" ? servers.ImapTls : servers.Imap)}";
        await using var channel = new OpenChannel(settings);
        Assert.Empty(await channel.Channel.Validate(CancellationToken.None));

        var id = await channel.Accepted(OpenChannel.Message("m-1", to));

        var arrived = await servers.Arrived(to);
        Assert.Equal(id, arrived.MessageId);
        Assert.Equal("Hi Ada,\n\nshall we talk?", arrived.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal("Bo Berg", arrived.From.Mailboxes.Single().Name);
        Assert.Null(arrived.Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task An_answer_comes_back_without_what_it_quotes()
    {
        servers.Need();
        var ada = servers.Mailbox("ada-answers@customer.test");
        await using var channel = new OpenChannel(servers.Settings(servers.Mailbox("answered@ours.test")));
        channel.Listen();
        var id = await channel.Accepted(OpenChannel.Message("m-1", ada));

        await Answer(await servers.Arrived(ada), ada, "Yes, Tuesday at ten.\n\nOn Mon, 2 Mar 2026 Bo Berg wrote:\n> Hi Ada,\n> shall we talk?\n");

        var reply = await channel.Inbox.Next<ChannelEvent.Replied>();
        Assert.Equal(("Yes, Tuesday at ten.", id, "In-Reply-To", ada, "Re: An idea for you"), (reply.Text, reply.ProviderId, reply.MatchedBy, reply.Address, reply.Subject));
    }

    [Fact]
    public async Task An_answer_without_thread_headers_is_found_by_its_address()
    {
        servers.Need();
        var ada = servers.Mailbox("ada-forgets@customer.test");
        await using var channel = new OpenChannel(servers.Settings(servers.Mailbox("plus@ours.test")));
        channel.Listen();
        var id = await channel.Accepted(OpenChannel.Message("m-1", ada));

        await Answer(await servers.Arrived(ada), ada, "Yes.", threaded: false);

        var reply = await channel.Inbox.Next<ChannelEvent.Replied>();
        Assert.Equal((id, "plus-address"), (reply.ProviderId, reply.MatchedBy));
    }

    [Fact]
    public async Task A_servers_vacation_answer_is_an_automatic_one_with_its_date()
    {
        servers.Need();
        var away = servers.Mailbox("away@customer.test", sieve: """
            require ["vacation"];
            vacation :days 1 :subject "Away" :addresses ["away@customer.test"] "I am on holiday and will be back on 12 August 2027.";
            """);
        await using var channel = new OpenChannel(servers.Settings(servers.Mailbox("waits@ours.test")));
        channel.Listen();

        var id = await channel.Accepted(OpenChannel.Message("m-1", away));

        var auto = await channel.Inbox.Next<ChannelEvent.AutoReplied>();
        Assert.Equal((id, new DateTime(2027, 8, 12), away), (auto.ProviderId, auto.ReturnsAt?.Date, auto.Address));
    }

    [Theory]
    [InlineData("nobody@customer.test", BounceKind.Hard, "5.1.1")]
    [InlineData("full@customer.test", BounceKind.Soft, "5.2.2")]
    [InlineData("policy@customer.test", BounceKind.Policy, "5.7.1")]
    public async Task What_cannot_be_delivered_comes_back_with_its_kind(string to, BounceKind kind, string reason)
    {
        servers.Need();
        if (to.StartsWith("full", StringComparison.Ordinal))
            servers.Mailbox(to, bytes: 100);
        await using var channel = new OpenChannel(servers.Settings(servers.Mailbox($"back-{kind}-{to[0]}@ours.test".ToLowerInvariant())));
        channel.Listen();

        var id = await channel.Accepted(OpenChannel.Message("m-1", to));

        var bounce = await channel.Inbox.Next<ChannelEvent.Bounced>();
        Assert.Equal((kind, id, to), (bounce.Kind, bounce.ProviderId, bounce.Address));
        Assert.Contains(reason == "5.7.1" ? "refused by policy" : reason, bounce.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("far@away.test", "The address does not work")]
    [InlineData("gone@customer.test", "The address does not work")]
    [InlineData("blocked@customer.test", "The receiver's rules forbid this message")]
    public async Task What_the_server_refuses_at_once_is_refused(string to, string reason)
    {
        servers.Need();
        await using var channel = new OpenChannel(servers.Settings(servers.Mailbox($"refused-{to[0]}@ours.test")));

        Assert.Contains(reason, Assert.IsType<SendResult.Refused>(await channel.Send(OpenChannel.Message("m-1", to))).Reason, StringComparison.Ordinal);
        // Nothing is wrong with the mailbox, and the connection is good for the next.
        Assert.True(channel.Channel.Health.IsWell);
        await channel.Accepted(OpenChannel.Message("m-2", servers.Mailbox("next@customer.test")));
    }

    [Fact]
    public async Task A_greylisting_server_is_asked_again_when_it_says()
    {
        servers.Need();
        await using var channel = new OpenChannel(servers.Settings(servers.Mailbox("patient@ours.test")));

        Assert.Equal(TimeSpan.FromSeconds(120), Assert.IsType<SendResult.TryLater>(await channel.Send(OpenChannel.Message("m-1", "grey@customer.test"))).After);
        Assert.Equal(TimeSpan.FromHours(6), Assert.IsType<SendResult.TryLater>(await channel.Send(OpenChannel.Message("m-2", "crowded@customer.test"))).After);
    }

    [Fact]
    public async Task A_refusal_of_our_standing_is_the_mailboxs_trouble_and_not_the_messages()
    {
        servers.Need();
        await using var channel = new OpenChannel(servers.Settings(servers.Mailbox("standing@ours.test")));

        var trouble = await Assert.ThrowsAsync<Playbook.Email.MailboxTroubleException>(() => channel.Send(OpenChannel.Message("m-1", "microsoft@customer.test")));

        Assert.Contains("SPF, DKIM or DMARC do not pass", trouble.Message, StringComparison.Ordinal);
        Assert.False(channel.Channel.Health.IsWell);
        Assert.Contains("5.7.515", channel.Channel.Health.Text, StringComparison.Ordinal);
    }

    private async Task Answer(MimeMessage mail, string from, string text, bool threaded = true)
    {
        var answer = new MimeMessage { Subject = "Re: " + mail.Subject, Body = new TextPart("plain") { Text = text } };
        answer.From.Add(MailboxAddress.Parse(from));
        answer.To.AddRange(mail.ReplyTo.Count > 0 ? mail.ReplyTo : mail.From);
        if (threaded)
        {
            answer.InReplyTo = mail.MessageId;
            answer.References.Add(mail.MessageId!);
        }

        await servers.Deliver(answer, from, answer.To.Mailboxes.Single().Address);
    }
}
