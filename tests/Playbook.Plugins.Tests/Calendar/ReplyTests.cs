using MimeKit;
using Playbook.Calendar.Mail;

namespace Playbook.Plugins.Tests.Calendar;

/// <summary>Answers in the forms in which the big calendars send them, put together after their shape.</summary>
public sealed class ReplyTests
{
    [Fact]
    public void Google_sends_an_answer_twice_and_it_counts_once()
    {
        var calendar = Calendar("REPLY", "DTSTART:20260303T093000Z\nDTEND:20260303T100000Z\nDTSTAMP:20260302T101500Z\nORGANIZER;CN=Bo:mailto:booking@salgshuset.example\nUID:abc-1@salgshuset.example\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Ada;X-NUM-GUESTS=0:mailto:ada@byron.example\nSEQUENCE:1\nSTATUS:CONFIRMED");
        var mail = Read($"""
            From: Ada <ada@byron.example>
            To: booking@salgshuset.example
            Subject: Accepted: Talk
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="m"

            --m
            Content-Type: multipart/alternative; boundary="a"

            --a
            Content-Type: text/plain; charset="UTF-8"

            Ada has accepted this invitation.
            --a
            Content-Type: text/calendar; charset="UTF-8"; method=REPLY
            Content-Transfer-Encoding: 7bit

            {calendar}
            --a--
            --m
            Content-Type: application/ics; name="invite.ics"
            Content-Disposition: attachment; filename="invite.ics"

            {calendar}
            --m--
            """);

        var reply = Assert.Single(CalendarReply.In(mail));

        Assert.Equal(("abc-1@salgshuset.example", "accepted", 1, "ada@byron.example"), (reply.Uid, reply.Answer, reply.Sequence, reply.Attendee));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 15, 0, TimeSpan.Zero), reply.Stamp);
    }

    [Theory]
    [InlineData("TENTATIVE", "tentative")]
    [InlineData("DECLINED", "declined")]
    public void Outlook_answers_with_the_calendar_alone_in_base64_and_words_beside_it(string status, string answer)
    {
        var calendar = Calendar("REPLY", $"ATTENDEE;PARTSTAT={status};CN=Ada Byron:MAILTO:Ada@Byron.example\nCOMMENT;LANGUAGE=da-DK:Jeg er på ferie\\, desværre\\n\nUID:ABC-1@salgshuset.example\nSUMMARY;LANGUAGE=da-DK:Afvist: Møde\nDTSTART;TZID=Romance Standard Time:20260303T103000\nDTEND;TZID=Romance Standard Time:20260303T110000\nCLASS:PUBLIC\nDTSTAMP:20260302T101500Z\nSEQUENCE:0\nX-MICROSOFT-CDO-APPT-SEQUENCE:0");
        var mail = Read($"""
            From: Ada Byron <ada@byron.example>
            To: booking@salgshuset.example
            Content-Class: urn:content-classes:calendarmessage
            MIME-Version: 1.0
            Content-Type: text/calendar; charset="utf-8"; method="REPLY"
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(calendar), Base64FormattingOptions.InsertLineBreaks)}
            """);

        var reply = Assert.Single(CalendarReply.In(mail));

        Assert.Equal((answer, "Jeg er på ferie, desværre"), (reply.Answer, reply.Comment));
    }

    [Fact]
    public void Another_time_is_proposed_by_COUNTER()
    {
        var calendar = Calendar("COUNTER", "ATTENDEE;PARTSTAT=TENTATIVE;CN=Ada:mailto:ada@byron.example\nORGANIZER:mailto:booking@salgshuset.example\nUID:abc-1@salgshuset.example\nDTSTART;TZID=Europe/Copenhagen:20260304T140000\nDTEND;TZID=Europe/Copenhagen:20260304T143000\nDTSTAMP:20260302T101500Z\nSEQUENCE:0\nX-MS-OLK-ORIGINALSTART;TZID=Europe/Copenhagen:20260303T103000");
        var mail = Read($"""
            From: ada@byron.example
            To: booking@salgshuset.example
            MIME-Version: 1.0
            Content-Type: text/calendar; charset="utf-8"; method=COUNTER

            {calendar}
            """);

        var reply = Assert.Single(CalendarReply.In(mail));

        Assert.Equal("proposed", reply.Answer);
        Assert.Equal((new DateTimeOffset(2026, 3, 4, 13, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 4, 13, 30, 0, TimeSpan.Zero)), reply.Proposed);
    }

    [Theory]
    [InlineData("text/plain", "Hello")]
    [InlineData("text/calendar; method=REPLY", "BEGIN:VCALENDAR\nnonsense")]
    [InlineData("text/calendar; method=REPLY", "")]
    [InlineData("text/calendar; method=REQUEST", "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.c\nEND:VEVENT\nEND:VCALENDAR")]
    [InlineData("text/calendar; method=REPLY", "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nATTENDEE;PARTSTAT=DELEGATED:mailto:a@b.c\nEND:VEVENT\nEND:VCALENDAR")]
    [InlineData("text/calendar; method=REPLY", "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nDTSTART:99999999T999999Z\nATTENDEE;PARTSTAT=ACCEPTED:::\nEND:VEVENT\nEND:VCALENDAR")]
    public void What_is_no_answer_is_none(string type, string body) =>
        Assert.Empty(CalendarReply.In(Read($"From: a@b.c\nMIME-Version: 1.0\nContent-Type: {type}\n\n{body}")));

    private static string Calendar(string method, string appointment) =>
        $"BEGIN:VCALENDAR\nPRODID:-//X//EN\nVERSION:2.0\nMETHOD:{method}\nBEGIN:VEVENT\n{appointment}\nEND:VEVENT\nEND:VCALENDAR\n";

    internal static MimeMessage Read(string text) => MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"))));
}
