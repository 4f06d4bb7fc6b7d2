using System.Text;
using Ical.Net.DataTypes;
using NodaTime;
using Playbook.Abstractions;
using Playbook.Calendar.Mail;

namespace Playbook.Plugins.Tests.Calendar;

public sealed class InvitationTests : IAsyncDisposable
{
    private readonly TrialCalendar _calendar = new();

    [Fact]
    public async Task An_invitation_can_be_moved_and_taken_back_under_the_same_UID()
    {
        var uid = await _calendar.Sent(TrialCalendar.Message("m-1", ("Start", TrialCalendar.Monday.AddDays(2)), ("Place", "Havnegade 1, 3. sal; tv.")));
        var (method, first, text) = TrialCalendar.Invitation(_calendar.Smtp.Last);
        var appointment = Assert.Single(first.Events);
        Assert.Equal(("REQUEST", uid, 0, "CONFIRMED", "Havnegade 1, 3. sal; tv."), (method, appointment.Uid, appointment.Sequence, appointment.Status, appointment.Location));
        Assert.Equal(("mailto:booking@salgshuset.example", "Bo Ærø"), (appointment.Organizer!.Value!.ToString(), appointment.Organizer.CommonName));
        var guest = appointment.Attendees.Single(person => person.Value!.ToString() == "mailto:ada@byron.example");
        Assert.Equal((true, "NEEDS-ACTION"), (guest.Rsvp, guest.ParticipationStatus));
        Assert.Equal(TimeSpan.FromMinutes(-60), appointment.Alarms.Single().Trigger!.Duration!.Value.ToTimeSpanUnspecified());
        Assert.Contains("METHOD:REQUEST\r\n", text, StringComparison.Ordinal);

        Assert.Equal(uid, await _calendar.Sent(TrialCalendar.Message("m-2", ("Start", "2026-03-05T10:00:00+01:00"), ("Of", uid))));
        var (_, moved, _) = TrialCalendar.Invitation(_calendar.Smtp.Last);
        Assert.Equal((uid, 1), (moved.Events.First().Uid, moved.Events.First().Sequence));
        Assert.Equal(new DateTime(2026, 3, 5, 9, 0, 0, DateTimeKind.Utc), moved.Events.First().Start!.AsUtc);

        Assert.Equal(uid, await _calendar.Sent(TrialCalendar.Message("m-3", ("Of", uid))));
        var (ended, cancelled, _) = TrialCalendar.Invitation(_calendar.Smtp.Last);
        Assert.Equal(("CANCEL", uid, 2, "CANCELLED"), (ended, cancelled.Events.First().Uid, cancelled.Events.First().Sequence, cancelled.Events.First().Status));
        // Sent again after a lost answer: nothing more goes.
        Assert.Equal(uid, await _calendar.Sent(TrialCalendar.Message("m-2", ("Start", "2026-03-05T10:00:00+01:00"), ("Of", uid))));
        Assert.Equal(3, _calendar.Smtp.Mails.Count);
    }

    [Fact]
    public async Task A_mail_whose_answer_was_lost_goes_again_with_the_same_Message_ID_and_sequence()
    {
        _calendar.Smtp.LoseAnswer = true;
        var message = TrialCalendar.Message("m-1", ("Start", TrialCalendar.Monday.AddDays(2)));
        await Assert.ThrowsAnyAsync<Exception>(async () => await _calendar.Send(message));

        await _calendar.Sent(message);

        Assert.Single(_calendar.Smtp.Mails.Select(mail => mail.MessageId).Distinct());
        Assert.All(_calendar.Smtp.Mails, mail => Assert.Equal(0, TrialCalendar.Invitation(mail).Calendar.Events.First().Sequence));
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_tried_later_and_one_that_refuses_refuses()
    {
        _calendar.Smtp.Answer = "451 4.7.1 greylisted";
        Assert.IsType<SendResult.TryLater>(await _calendar.Send(TrialCalendar.Message("m-1")));
        _calendar.Smtp.Answer = "550 5.1.1 no such user";
        Assert.Contains("no such user", Assert.IsType<SendResult.Refused>(await _calendar.Send(TrialCalendar.Message("m-1"))).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("With", "eve@nowhere.example", "nobody who can be booked")]
    [InlineData("Start", "soon", "is not a time")]
    [InlineData("Of", "unknown@x", "no invitation 'unknown@x'")]
    [InlineData("Minutes", 1L, "cannot be made")]
    public async Task What_cannot_be_done_is_refused_with_the_cure(string input, object value, string said) =>
        Assert.Contains(said, Assert.IsType<SendResult.Refused>(await _calendar.Send(TrialCalendar.Message("m-1", (input, value)))).Reason, StringComparison.Ordinal);

    // The zone that is written is read by another implementation, which must come to the same moment.
    [Theory]
    [InlineData("Europe/Copenhagen", "2026-03-28T10:00", "2026-03-28T09:00Z")]
    [InlineData("Europe/Copenhagen", "2026-03-30T10:00", "2026-03-30T08:00Z")]
    [InlineData("Europe/Copenhagen", "2026-10-26T10:00", "2026-10-26T09:00Z")]
    [InlineData("America/St_Johns", "2026-03-09T10:00", "2026-03-09T12:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-06T10:00", "2026-04-05T23:30Z")]
    [InlineData("Asia/Kolkata", "2026-07-01T10:00", "2026-07-01T04:30Z")]
    [InlineData("Africa/Casablanca", "2026-02-20T10:00", "2026-02-20T10:00Z")]
    public void A_zone_is_right_on_both_sides_of_its_clock_changes(string id, string local, string utc)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        var at = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm").Parse(local).Value;
        var instant = zone.AtStrictly(at).ToInstant();
        Assert.Equal(utc, instant.ToString("uuuu'-'MM'-'dd'T'HH':'mm'Z'", null));

        var text = new ICalendarText().Begin("VCALENDAR").Line("VERSION", "2.0").Line("PRODID", "x").Zone(zone, instant, instant).End("VCALENDAR").ToString();
        var onsets = Ical.Net.Calendar.Load(text)!.TimeZones.Single().TimeZoneInfos.Select(info => (At: LocalDateTime.FromDateTime(info.Start!.Value), From: info.OffsetFrom!.Offset, To: info.OffsetTo!.Offset)).OrderBy(info => info.At).ToList();
        var inForce = onsets.Last(onset => onset.At <= at);
        Assert.Equal(zone.GetUtcOffset(instant).ToTimeSpan(), inForce.To);
        // Each stretch begins with the clocks that the one before ended with.
        for (var next = 1; next < onsets.Count; next++)
            Assert.Equal(onsets[next - 1].To, onsets[next].From);
    }

    [Fact]
    public void Lines_are_folded_at_75_bytes_and_read_back_as_they_were()
    {
        var said = string.Concat(Enumerable.Repeat("Ærø, Łódź; \\ og 👩‍💻\n", 20));
        var text = new ICalendarText().Begin("VCALENDAR").Line("VERSION", "2.0").Line("PRODID", "x").Begin("VEVENT").Line("UID", "1").Text("DESCRIPTION", said).End("VEVENT").End("VCALENDAR").ToString();

        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Equal(said, Ical.Net.Calendar.Load(text)!.Events.First().Description);
    }

    [Fact]
    public async Task A_busy_calendar_takes_its_times_away_and_one_that_was_never_read_its_person()
    {
        const string Feed = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
            + "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Copenhagen:20260106T100000\r\nDTEND;TZID=Europe/Copenhagen:20260106T110000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU\r\nSUMMARY:Team\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nUID:2\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260304\r\nDTEND;VALUE=DATE:20260305\r\nSUMMARY:Away\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nUID:3\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260305T080000Z\r\nDTEND:20260305T170000Z\r\nTRANSP:TRANSPARENT\r\nSUMMARY:Free\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        var provider = new FeedProvider { Answer = Feed };
        _calendar.Http = new HttpClient(provider);
        _calendar.Settings["reps"] = "Karen Lund <karen@salgshuset.example>; busy=https://calendar.google.com/karen.ics";
        _calendar.Open();
        var token = await _calendar.Offer();

        var times = TrialCalendar.Times(await _calendar.Get(token));
        // Tuesday 10 to 11 is the team's, with 15 minutes after an appointment; Wednesday is away; Thursday is free.
        Assert.Equal(["2026-03-03T10:00Z", "2026-03-03T10:30Z"], times.Take(2));
        Assert.DoesNotContain(times, time => time.StartsWith("2026-03-04", StringComparison.Ordinal));
        Assert.Contains("2026-03-05T08:00Z", times);

        // Away for a while: what was read stays true.
        provider.Answer = null;
        _calendar.Clock.Advance(TimeSpan.FromMinutes(11));
        _calendar.Open();
        Assert.Equal("2026-03-03T10:00Z", TrialCalendar.Times(await _calendar.Get(token))[0]);

        _calendar.Settings["reps"] = "Karen Lund <karen@salgshuset.example>; busy=https://calendar.google.com/other.ics";
        _calendar.Open();
        Assert.Empty(TrialCalendar.Times(await _calendar.Get(token)));
        Assert.False(_calendar.Channel.Health.IsWell);
    }

    [Fact]
    public async Task Settings_that_cannot_work_are_named_with_their_cure()
    {
        _calendar.Settings["reps"] = "nobody\nKaren <karen@x.example>; hours=never";
        _calendar.Settings["hours"] = "Mon-Fri 9-5";
        _calendar.Settings["timeZone"] = "Mars/Olympus";
        _calendar.Settings["holidays"] = "Christmas";
        _calendar.Settings["minutes"] = "1000";
        _calendar.Settings.Remove("company");

        var problems = await _calendar.Open().Validate(CancellationToken.None);
        Assert.Equal(5, problems.Count);
        _calendar.Settings.Remove("hours");
        Assert.Equal(6, (await _calendar.Open().Validate(CancellationToken.None)).Count);
        Assert.IsType<SendResult.TryLater>(await _calendar.Send(TrialCalendar.Message("m-1")));
    }

    [Fact]
    public async Task A_mail_server_that_is_not_there_is_named_with_its_cure()
    {
        _calendar.Settings["smtpPort"] = "1";

        Assert.Contains("127.0.0.1, port 1, cannot be reached", Assert.Single(await _calendar.Open().Validate(CancellationToken.None)), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _calendar.DisposeAsync();

    private sealed class FeedProvider : HttpMessageHandler
    {
        public string? Answer { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Answer is { } text ? new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new StringContent(text) } : new HttpResponseMessage(System.Net.HttpStatusCode.BadGateway));
    }
}
