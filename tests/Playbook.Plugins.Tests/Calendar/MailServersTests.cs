using MimeKit;
using Playbook.Abstractions;
using Playbook.Tests.Email;

namespace Playbook.Plugins.Tests.Calendar;

/// <summary>Against postfix and dovecot: invitations go out and answers come back as they do in the world.</summary>
[Collection(MailServersCollection.Name)]
public sealed class MailServersTests(MailServers servers) : IAsyncDisposable
{
    private readonly TrialCalendar _calendar = new();

    [Fact]
    public async Task An_invitation_arrives_and_each_answer_of_a_calendar_comes_back()
    {
        servers.Need();
        var ada = Open("invites");
        Assert.Empty(await _calendar.Channel.Validate(CancellationToken.None));
        var uid = await _calendar.Sent(TrialCalendar.Invite("m-1", ("Start", TrialCalendar.Monday.AddDays(2))) with { To = ada });
        var (method, invitation, _) = TrialCalendar.Invitation(await servers.Arrived(ada));
        Assert.Equal(("REQUEST", uid), (method, invitation.Events.First().Uid));

        await Answer(ada, "invites", uid, "TENTATIVE", "20260302T100000Z");
        await Answer(ada, "invites", uid, "ACCEPTED", "20260302T101000Z");
        await Answer(ada, "invites", uid, "DECLINED", "20260302T095000Z");
        await Answer(ada, "invites", "somebody-elses@uid", "ACCEPTED", "20260302T101500Z");
        await Until(4, "invites");

        var answers = _calendar.Inbox.Taken.Cast<ChannelEvent.Answered>().ToList();
        // The refusal was given before, and overtaken on the way.
        Assert.Equal(["tentative", "accepted"], answers.Select(answer => answer.Answer));
        Assert.All(answers, answer => Assert.Equal(("m-1", uid, ada), (answer.MessageKey, answer.ProviderId, answer.Address)));
        Assert.Equal(TrialCalendar.Monday.AddDays(2), answers[1].Data["start"]);

        // What was read is not read again, not even after a restart.
        _calendar.Inbox.Taken.Clear();
        _calendar.Open();
        await _calendar.Round();
        Assert.Empty(_calendar.Inbox.Taken);
    }

    [Fact]
    public async Task A_declined_time_is_free_again_and_words_and_returned_mails_find_their_message()
    {
        servers.Need();
        var ada = Open("declines");
        var token = await Link(ada, "m-1");
        await _calendar.Book(token, "2026-03-04T09:30Z");
        await _calendar.Round();
        await servers.Until(() => Task.FromResult(servers.Stored(ada).Count == 2), "No invitation arrived.");
        var uid = (string)((ChannelEvent.Answered)_calendar.Inbox.Taken.Single()).Data["uid"]!;
        _calendar.Inbox.Taken.Clear();

        await Answer(ada, "declines", uid, "DECLINED", "20260302T100000Z");
        var words = new MimeMessage { Subject = "Re: Et møde", InReplyTo = MailServers.Parse(servers.Stored(ada)[0]).MessageId, Body = new TextPart("plain") { Text = "Onsdag passer mig ikke." } };
        words.From.Add(MailboxAddress.Parse(ada));
        words.To.Add(MailboxAddress.Parse("declines@ours.test"));
        await servers.Deliver(words, ada, "declines@ours.test");
        await _calendar.Sent(TrialCalendar.Message("m-2") with { To = "policy-declines@customer.test" });
        await Until(3, "declines");

        Assert.Equal(("declined", "m-1"), _calendar.Inbox.Taken.OfType<ChannelEvent.Answered>().Select(answer => (answer.Answer, answer.MessageKey)).Single());
        Assert.Equal(("m-1", "In-Reply-To", "Onsdag passer mig ikke."), _calendar.Inbox.Taken.OfType<ChannelEvent.Replied>().Select(reply => (reply.MessageKey, reply.MatchedBy, reply.Text.Trim())).Single());
        Assert.Equal(("m-2", BounceKind.Policy), _calendar.Inbox.Taken.OfType<ChannelEvent.Bounced>().Select(bounce => (bounce.MessageKey, bounce.Kind)).Single());
        Assert.Contains("2026-03-04T09:30Z", TrialCalendar.Times(await _calendar.Get(token)));
    }

    public ValueTask DisposeAsync() => _calendar.DisposeAsync();

    private string Open(string name)
    {
        var ours = servers.Mailbox($"{name}@ours.test");
        foreach (var (setting, value) in new[]
        {
            ("from", ours), ("reps", $"Bo Ærø <{servers.Mailbox($"bo-{name}@ours.test")}>"),
            ("smtpPort", $"{servers.Smtp}"), ("smtpUser", ours), ("smtpPassword", MailServers.Password),
            ("imapHost", "127.0.0.1"), ("imapPort", $"{servers.Imap}"), ("imapSecurity", "none"), ("imapUser", ours), ("imapPassword", MailServers.Password),
        })
            _calendar.Settings[setting] = value;
        _calendar.Open();
        return servers.Mailbox($"ada-{name}@customer.test");
    }

    private async Task<string> Link(string to, string key)
    {
        await _calendar.Sent(TrialCalendar.Message(key) with { To = to });
        var text = (await servers.Arrived(to)).TextBody!;
        var at = text.IndexOf("/book/", StringComparison.Ordinal) + "/book/".Length;
        return new string([.. text[at..].TakeWhile(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')]);
    }

    private async Task Answer(string from, string name, string uid, string status, string stamp)
    {
        var calendar = $"BEGIN:VCALENDAR\r\nPRODID:-//X//EN\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nSEQUENCE:0\r\nDTSTAMP:{stamp}\r\nATTENDEE;PARTSTAT={status}:mailto:{from}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        var part = new TextPart("calendar") { Text = calendar };
        part.ContentType.Parameters["method"] = "REPLY";
        var mail = new MimeMessage { Subject = "Answer", Body = new MultipartAlternative { new TextPart("plain") { Text = "I have answered." }, part } };
        mail.From.Add(MailboxAddress.Parse(from));
        mail.To.Add(MailboxAddress.Parse($"{name}@ours.test"));
        var before = servers.Stored($"{name}@ours.test").Count;
        await servers.Deliver(mail, from, $"{name}@ours.test");
        // Postfix delivers several at once, and then not in the order in which they were given to it.
        await servers.Until(() => Task.FromResult(servers.Stored($"{name}@ours.test").Count > before), "The answer did not arrive.");
    }

    private async Task Until(int mails, string name)
    {
        await servers.Until(() => Task.FromResult(servers.Stored($"{name}@ours.test").Count >= mails), "The answers did not arrive.");
        await _calendar.Round();
    }
}
