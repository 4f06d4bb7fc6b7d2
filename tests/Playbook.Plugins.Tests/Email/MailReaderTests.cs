using System.Globalization;
using Playbook.Abstractions;

namespace Playbook.Tests.Email;

/// <summary>What each kind of mail means.</summary>
public sealed class MailReaderTests
{
    [Theory]
    [InlineData("gmail", "Sounds good – Tuesday at 10?\n\nAda", "In-Reply-To")]
    [InlineData("gmail-wrapped-danish", "Ja tak, ring gerne på torsdag.", "In-Reply-To")]
    [InlineData("outlook", "Please call me next week.\n\nKind regards\nAda", "In-Reply-To")]
    [InlineData("outlook-danish", "Det lyder spændende. Vi tales på mandag.\n\nVenlig hilsen\nAda", "In-Reply-To")]
    [InlineData("outlook-html-only", "Yes — send me the numbers.", "In-Reply-To")]
    [InlineData("apple-mail", "Not now, but try again in May.", "In-Reply-To")]
    [InlineData("iphone", "Ok, tomorrow", "In-Reply-To")]
    [InlineData("thunderbird-below", "Yes, on Friday.", "In-Reply-To")]
    [InlineData("inline", "Yes.\nRather on Wednesday.", "In-Reply-To")]
    [InlineData("yahoo-html", "Who gave you my address?", "In-Reply-To")]
    [InlineData("windows-1252-base64", "Kære Bo, prisen er 100 €.", "In-Reply-To")]
    [InlineData("unknown-charset", "Yes please.", "In-Reply-To")]
    [InlineData("references-only", "And one more thing.", "References")]
    [InlineData("plus-address", "I lost the thread, but yes.", "plus-address")]
    [InlineData("upper-cased-id", "Fine.", "In-Reply-To")]
    [InlineData("re-out-of-office", "I am back now. Call me.", "In-Reply-To")]
    [InlineData("question-about-unsubscribing", "Interesting. Can my colleague unsubscribe later?", "In-Reply-To")]
    [InlineData("stop-in-a-sentence", "We can stop by your office on Thursday and end with lunch.", "In-Reply-To")]
    [InlineData("only-a-quote", "> Hi Ada,\n> shall we talk?", "In-Reply-To")]
    [InlineData("dmarc-forward", "Answered from our team's list.", "In-Reply-To")]
    public void What_a_person_writes_is_an_answer_without_its_quotes(string mail, string text, string matchedBy)
    {
        var reply = One<ChannelEvent.Replied>($"replies.{mail}.eml");

        Assert.Equal((text, MailCorpus.Id, matchedBy, "ada@customer.test"), (reply.Text, reply.ProviderId, reply.MatchedBy, reply.Address));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 15, 0, TimeSpan.Zero), reply.At);
    }

    [Fact]
    public void A_strangers_mail_is_an_answer_to_nothing()
    {
        var reply = One<ChannelEvent.Replied>("replies.from-a-stranger.eml");

        Assert.Equal((null, null, "carl@stranger.test"), (reply.ProviderId, reply.MatchedBy, reply.Address));
    }

    [Theory]
    [InlineData("exchange", "2026-03-12")]
    [InlineData("exchange-danish", "2026-03-09")]
    [InlineData("gmail", "2026-03-16")]
    [InlineData("vacation-program", null)]
    [InlineData("subject-only", "2026-03-16")]
    [InlineData("left-the-company", null)]
    [InlineData("ticket", null)]
    public void What_a_machine_writes_back_is_an_automatic_answer_with_its_date(string mail, string? returns)
    {
        var auto = One<ChannelEvent.AutoReplied>($"auto.{mail}.eml");

        Assert.Equal((MailCorpus.Id, returns), (auto.ProviderId, auto.ReturnsAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("postfix-unknown", BounceKind.Hard, "550 5.1.1", "returned original")]
    [InlineData("exchange-unknown", BounceKind.Hard, "5.1.10", "returned original")]
    [InlineData("exchange-policy", BounceKind.Policy, "organization policy", "returned original")]
    [InlineData("gmail-unknown", BounceKind.Hard, "NoSuchUser", "returned original")]
    [InlineData("mailbox-full", BounceKind.Soft, "Mailbox full", "returned original")]
    [InlineData("expired", BounceKind.Soft, "timed out", "returned original")]
    [InlineData("says-nothing-but-unknown", BounceKind.Hard, "No such user", "returned original")]
    [InlineData("policy-on-user", BounceKind.Policy, "unauthenticated", "returned original")]
    [InlineData("envelope-id-only", BounceKind.Hard, "5.1.1", "envelope id")]
    [InlineData("qmail", BounceKind.Hard, "no mailbox here", "VERP")]
    [InlineData("exim", BounceKind.Soft, "mailbox is full", "returned original")]
    [InlineData("old-exchange-danish", BounceKind.Policy, "Afvist af politik", "In-Reply-To")]
    public void What_comes_back_is_a_bounce_of_its_kind(string mail, BounceKind kind, string reason, string matchedBy)
    {
        var bounce = One<ChannelEvent.Bounced>($"bounces.{mail}.eml");

        Assert.Equal((kind, MailCorpus.Id, matchedBy), (bounce.Kind, bounce.ProviderId, bounce.MatchedBy));
        Assert.Contains(reason, bounce.Reason, StringComparison.Ordinal);
        if (mail != "old-exchange-danish")
            Assert.Equal("ada@customer.test", bounce.Address);
    }

    [Theory]
    [InlineData("whole", "returned original")]
    [InlineData("headers", "returned original")]
    [InlineData("redacted", "VERP")]
    public void A_report_of_abuse_is_a_complaint(string mail, string matchedBy)
    {
        var complaint = One<ChannelEvent.Complained>($"complaints.{mail}.eml");

        Assert.Equal((MailCorpus.Id, matchedBy, "ada@customer.test"), (complaint.ProviderId, complaint.MatchedBy, complaint.Address));
    }

    [Theory]
    [InlineData("mailto-plus")]
    [InlineData("mailto-subject")]
    [InlineData("opt-out-report")]
    [InlineData("words-1")]
    [InlineData("words-2")]
    [InlineData("words-3")]
    [InlineData("words-4")]
    [InlineData("words-5")]
    [InlineData("words-6")]
    [InlineData("words-7")]
    [InlineData("subject-of-an-empty-mail")]
    public void A_wish_to_be_left_alone_is_heard_in_any_form(string mail)
    {
        var wish = One<ChannelEvent.Unsubscribed>($"unsubscribed.{mail}.eml");

        Assert.Equal((MailCorpus.Id, "ada@customer.test"), (wish.ProviderId, wish.Address));
        Assert.NotEmpty(wish.Wording);
    }

    [Theory]
    [InlineData("accepted")]
    [InlineData("declined")]
    [InlineData("tentative")]
    [InlineData("proposed")]
    public void An_answer_to_an_invitation_names_it(string answer)
    {
        var answered = One<ChannelEvent.Answered>($"answered.{answer}.eml");

        Assert.Equal((answer, MailCorpus.Id), (answered.Answer, answered.ProviderId));
        Assert.Equal(("talk-1@ours.test", "ada@customer.test"), (answered.Data["uid"], answered.Data["attendee"]));
        if (answer == "declined")
            Assert.Equal("Sorry, not that day\nPerhaps later", answered.Data["comment"]);
        if (answer == "proposed")
            Assert.Equal("DTSTART;TZID=Europe/Copenhagen:20260305T140000", answered.Data["start"]);
    }

    [Theory]
    [InlineData("success")]
    [InlineData("read-receipt")]
    public void A_report_that_it_came_through_is_a_delivery(string mail) =>
        Assert.Equal(MailCorpus.Id, One<ChannelEvent.Delivered>($"delivered.{mail}.eml").ProviderId);

    [Theory]
    [InlineData("delayed")]
    [InlineData("exim-delayed")]
    [InlineData("not-spam")]
    [InlineData("newsletter")]
    [InlineData("machine")]
    [InlineData("our-own-copy")]
    public void What_means_nothing_to_a_run_is_no_event(string mail) => Assert.Empty(MailCorpus.Read($"quiet.{mail}.eml"));

    [Fact]
    public void The_same_mail_in_two_places_is_one_event_and_two_mails_of_one_id_are_two()
    {
        var mail = MailCorpus.Raw("replies.iphone.eml");
        var once = Assert.Single(MailCorpus.Read(mail));
        byte[] elsewhere = [.. "Received: from elsewhere by here; Mon, 2 Mar 2026 09:16:00 +0000\r\n"u8, .. mail];
        byte[] another = [.. mail, .. "\r\nand another thing\r\n"u8];

        Assert.Equal(once.Id, Assert.Single(MailCorpus.Read(elsewhere)).Id);
        Assert.NotEqual(once.Id, Assert.Single(MailCorpus.Read(another)).Id);
    }

    [Fact]
    public void Every_mail_of_the_corpus_is_looked_at_by_a_test() =>
        Assert.Equal(["answered", "auto", "bounces", "complaints", "delivered", "quiet", "replies", "unsubscribed"], MailCorpus.Names.Select(name => name.Split('.')[0]).Distinct().Order(StringComparer.Ordinal));

    private static T One<T>(string mail)
        where T : ChannelEvent => Assert.IsType<T>(Assert.Single(MailCorpus.Read(mail)));
}
