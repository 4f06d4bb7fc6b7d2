using System.Diagnostics;
using System.Text;
using MimeKit;
using Playbook.Abstractions;
using Playbook.Email;

namespace Playbook.Tests.Email;

/// <summary>What receivers find in our mails.</summary>
public sealed class HeaderTests
{
    private const string OneClick = "https://sales.ours.test/u/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, string> _signing = new()
    {
        ["dkimSelector"] = "s1", ["dkimKey"] = Keys.Rsa, ["dkimSecondSelector"] = "s2", ["dkimSecondKey"] = Keys.Ed25519, ["imapHost"] = "localhost",
    };

    [Fact]
    public async Task One_click_to_unsubscribe_stands_in_the_headers_as_RFC_8058_asks_and_is_signed()
    {
        var raw = await Sent(OpenChannel.Message("m-1", "ada@customer.test") with { UnsubscribeUrl = new Uri(OneClick) }, _signing);
        var mail = MailServers.Parse(raw);
        var mark = MailMark.Of("m-1");

        // One of each; in the first an https address, and nothing but addresses in brackets (RFC 2369).
        var ways = Assert.Single(mail.Headers, header => header.Id == HeaderId.ListUnsubscribe).Value;
        Assert.Equal([$"<{OneClick}>", $"<mailto:sales%2Bu-{mark}@ours.test?subject=unsubscribe>"], ways.Split(", "));
        Assert.Equal("List-Unsubscribe=One-Click", Assert.Single(mail.Headers, header => header.Field == "List-Unsubscribe-Post").Value);
        // Both covered by each signature.
        var signatures = mail.Headers.Where(header => header.Id == HeaderId.DkimSignature).ToList();
        Assert.Equal(2, signatures.Count);
        foreach (var signature in signatures)
        {
            var covered = Tag(signature.Value, "h").ToLowerInvariant().Split(':');
            Assert.Contains("list-unsubscribe", covered);
            Assert.Contains("list-unsubscribe-post", covered);
            Assert.Subset(covered.ToHashSet(), new HashSet<string> { "from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type" });
            Assert.Equal(("ours.test", "relaxed/relaxed"), (Tag(signature.Value, "d"), Tag(signature.Value, "c")));
        }

        Assert.Equal(["rsa-sha256", "ed25519-sha256"], signatures.Select(signature => Tag(signature.Value, "a")).OrderDescending());
        // A long address may not be broken over lines, or programs click on half of it.
        Assert.Contains(OneClick, Encoding.ASCII.GetString(raw), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_https_there_is_no_one_click()
    {
        var mail = MailServers.Parse(await Sent(OpenChannel.Message("m-1", "ada@customer.test") with { UnsubscribeUrl = new Uri("http://127.0.0.1:5000/u/x") }, _signing));

        Assert.NotNull(mail.Headers["List-Unsubscribe"]);
        Assert.Null(mail.Headers["List-Unsubscribe-Post"]);
    }

    [Theory]
    [InlineData("Hi Ada,\n\nshall we talk?")]
    [InlineData(".\n.dot\r\n..\r\nFrom here on\n\n\n   \t \n")]
    [InlineData("Kære Åse — 日本語 😀 and a line that is longer than a mail may hold ........................................................................................................")]
    [InlineData("")]
    public async Task Somebody_elses_program_finds_the_signature_good(string text)
    {
        Need();
        var message = OpenChannel.Message("m-1", "ada@customer.test") with
        {
            Subject = "Et møde? " + new string('x', 200),
            Text = text,
            Html = $"<p>{text}</p>",
            UnsubscribeUrl = new Uri(OneClick),
            Thread = ["first@ours.test", "second@ours.test"],
            Attachments = [new Attachment("Prisliste æøå.pdf", "application/pdf", new byte[5000])],
        };
        var raw = await Sent(message, _signing);

        Assert.Equal("True", await Verify(raw, _signing));
        // The verifier can tell: a changed word fails.
        Assert.Equal("False", await Verify(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(raw).Replace("Subject: ", "Subject: Re: ", StringComparison.Ordinal)), _signing));
        Assert.Equal("False", await Verify(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(raw).Replace("One-Click", "Two-Clicks", StringComparison.Ordinal)), _signing));
    }

    [Fact]
    public async Task A_mail_says_who_it_is_from_where_answers_go_and_what_it_belongs_to()
    {
        var mail = MailServers.Parse(await Sent(
            OpenChannel.Message("m-1", "ada@customer.test") with { FromAddress = "bo@ours.test", Thread = ["<first@ours.test>", "second@ours.test"] },
            new() { ["fromAddresses"] = "@ours.test", ["imapHost"] = "localhost", ["replyTo"] = "answers@ours.test", ["feedbackId"] = "sales:ours" }));
        var mark = MailMark.Of("m-1");

        Assert.Equal(("Bo Berg", "bo@ours.test"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal($"answers+{mark}@ours.test", mail.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal(("Ada Byron", "ada@customer.test"), (mail.To.Mailboxes.Single().Name, mail.To.Mailboxes.Single().Address));
        Assert.Equal($"{mark}@ours.test", mail.MessageId);
        Assert.Equal("second@ours.test", mail.InReplyTo);
        Assert.Equal(["first@ours.test", "second@ours.test"], mail.References);
        Assert.Equal("sales:ours", mail.Headers["Feedback-ID"]);
        Assert.Null(mail.Headers["Auto-Submitted"]);
        Assert.Null(mail.Headers["List-Unsubscribe"]);
    }

    [Fact]
    public async Task A_person_of_another_domain_lends_only_the_name()
    {
        var mail = MailServers.Parse(await Sent(OpenChannel.Message("m-1", "ada@customer.test") with { FromAddress = "bo@elsewhere.test" }, []));

        Assert.Equal(("Bo Berg", "sales@ours.test"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        // Nobody reads a mailbox here, so answers go to the person.
        Assert.Equal("bo@elsewhere.test", mail.ReplyTo.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_bounce_has_an_address_of_its_own()
    {
        await using var trial = new TrialChannel(new Dictionary<string, string> { ["bounceAddress"] = "bounces@ours.test" });
        await trial.Open.Accepted(OpenChannel.Message("m-1", "ada@customer.test"));

        Assert.Equal($"bounces+{MailMark.Of("m-1")}@ours.test", Assert.Single(trial.Server.Taken).From);
    }

    [Fact]
    public async Task Text_and_HTML_and_files_stand_side_by_side_with_the_address_below()
    {
        var mail = MailServers.Parse(await Sent(
            OpenChannel.Message("m-1", "ada@customer.test") with
            {
                Html = "<html><body><p>Hi Ada</p></body></html>",
                UnsubscribeUrl = new Uri(OneClick),
                Attachments = [new Attachment("../../etc/price.pdf", "application/pdf", Encoding.ASCII.GetBytes("%PDF"))],
            },
            new() { ["postalAddress"] = "Ours Ltd\n1 High Street, Town" }));

        Assert.Equal($"Hi Ada,\n\nshall we talk?\n\nNo more e-mail from us: {OneClick}\nOurs Ltd\n1 High Street, Town\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains($"<a href=\"{OneClick}\">{OneClick}</a><br>Ours Ltd<br>1 High Street, Town</p></body></html>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("price.pdf", mail.Attachments.Single().ContentDisposition!.FileName);
    }

    [Fact]
    public async Task What_the_message_says_itself_is_not_said_twice()
    {
        var mail = MailServers.Parse(await Sent(
            OpenChannel.Message("m-1", "ada@customer.test") with { Text = $"Hi. Stop: {OneClick} — Ours Ltd, 1 High Street, Town", UnsubscribeUrl = new Uri(OneClick) },
            new() { ["postalAddress"] = "Ours Ltd\n1 High Street, Town" }));

        Assert.Equal($"Hi. Stop: {OneClick} — Ours Ltd, 1 High Street, Town", mail.TextBody!.TrimEnd());
    }

    [Theory]
    [InlineData("Hi\r\nBcc: everybody@else.test")]
    [InlineData("Hi\nBcc: everybody@else.test\n\nNew body")]
    [InlineData("Hi\u2028Bcc: everybody@else.test\0")]
    public async Task No_text_from_outside_makes_a_header(string text)
    {
        await using var trial = new TrialChannel(new Dictionary<string, string> { ["feedbackId"] = "a" });
        var message = OpenChannel.Message(text, "ada@customer.test") with
        {
            Subject = text,
            ToName = text,
            FromName = text,
            Thread = [text, $"<a@b>\r\n{text}", "good@ours.test"],
            Attachments = [new Attachment(text, "text/plain; name=\"x\"\r\nBcc: e@e.test", new byte[1])],
        };

        await trial.Open.Accepted(message);

        var mail = Assert.Single(trial.Mails);
        Assert.Empty(mail.Bcc);
        Assert.Null(mail.Headers["Bcc"]);
        Assert.All(mail.BodyParts, part => Assert.DoesNotContain(part.Headers, header => header.Field == "Bcc"));
        Assert.Equal(["good@ours.test"], mail.References);
        Assert.Equal(["ada@customer.test"], Assert.Single(trial.Server.Taken).To);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@customer.test")]
    [InlineData("ada@customer.test, eve@customer.test")]
    [InlineData("ada@customer.test\r\nRCPT TO:<eve@customer.test>")]
    [InlineData("Ada <ada@customer.test>")]
    [InlineData("<@relay.test:ada@customer.test>")]
    public async Task What_is_no_single_address_is_refused(string to)
    {
        await using var trial = new TrialChannel();

        Assert.Contains("is not an e-mail address", Assert.IsType<SendResult.Refused>(await trial.Open.Send(OpenChannel.Message("m-1", to))).Reason, StringComparison.Ordinal);
        Assert.Empty(trial.Server.Taken);
    }

    [Theory]
    [InlineData("åse@customer.test")]
    [InlineData("ada@kø.test")]
    public async Task Addresses_of_all_letters_are_reached(string to)
    {
        await using var trial = new TrialChannel();

        await trial.Open.Accepted(OpenChannel.Message("m-1", to));

        Assert.Contains(Assert.Single(Assert.Single(trial.Server.Taken).To), new[] { to, "ada@xn--k-5ga.test" });
    }

    [Fact]
    public void Keys_are_read_from_whatever_a_form_made_of_them()
    {
        foreach (var text in new[] { Keys.Rsa, Keys.OldRsa, Keys.Rsa.ReplaceLineEndings(" "), Keys.Rsa.ReplaceLineEndings(""), string.Concat(Keys.Rsa.Split('\n')[1..^1]) })
            Assert.Equal($"v=DKIM1; k=rsa; p={Keys.RsaPublic}", DkimKey.Read("ours.test", "s", text).Record);
        Assert.Contains("fewer than 1024 bits", Assert.Throws<FormatException>(() => DkimKey.Read("ours.test", "s", Keys.Short)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<FormatException>(() => DkimKey.Read("ours.test", "s", "not a key")).Message, StringComparison.Ordinal);
    }

    private static void Need()
    {
        const string missing = "Missing: python3-dkim, another's verifier. Cure: ./build.sh test plugins installs it, or run apt-get install python3-dkim.";
        var there = Directory.Exists("/usr/lib/python3/dist-packages/dkim");
        Assert.True(there || string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), missing);
        Assert.SkipWhen(!there, missing);
    }

    /// <summary>By dkimpy, with the public keys as DNS would give them.</summary>
    private static async Task<string> Verify(byte[] mail, Dictionary<string, string> settings)
    {
        const string program = """
            import sys, dkim
            records = dict(line.split(' ', 1) for line in sys.argv[1:])
            message = sys.stdin.buffer.read()
            find = lambda name, timeout=5: records[name.decode().rstrip('.')].encode()
            verifier = dkim.DKIM(message)
            print(all(verifier.verify(idx=i, dnsfunc=find) for i in range(2)))
            """;
        var records = new[] { DkimKey.Read("ours.test", "s1", settings["dkimKey"]), DkimKey.Read("ours.test", "s2", settings["dkimSecondKey"]) }.Select(key => $"{key.RecordName} {key.Record}");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", program, .. records]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.StandardInput.BaseStream.WriteAsync(mail);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync();
        var fault = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, fault);
        return said.Trim();
    }

    private static async Task<byte[]> Sent(OutgoingMessage message, Dictionary<string, string> settings)
    {
        await using var trial = new TrialChannel(settings);
        await trial.Open.Accepted(message);
        return Assert.Single(trial.Server.Taken).Content;
    }

    private static string Tag(string signature, string name) => string.Concat((DnsPreflight.Tag(signature, name) ?? "").Where(letter => !char.IsWhiteSpace(letter)));
}
