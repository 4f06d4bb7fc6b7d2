using System.Net;
using Playbook.Abstractions;

namespace Playbook.Plugins.Tests.Calendar;

public sealed class BookingPageTests : IAsyncDisposable
{
    private readonly TrialCalendar _calendar = new();

    [Fact]
    public async Task Opening_the_link_offers_times_and_books_nothing()
    {
        var token = await _calendar.Offer();

        var page = await _calendar.Get(token);

        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.ContentType));
        // From 24 hours on, Tuesday 10:00 in Copenhagen: 09:00 UTC.
        Assert.Equal(["2026-03-03T09:00Z", "2026-03-03T09:30Z", "2026-03-03T10:00Z", "2026-03-03T10:30Z", "2026-03-03T12:00Z"], TrialCalendar.Times(page).Take(5));
        Assert.Empty(page.Events);
        await _calendar.Get(token, ("start", "2026-03-03T09:00Z"), ("do", "book"));
        await _calendar.Round();
        Assert.Empty(_calendar.Inbox.Taken);
        Assert.Single(_calendar.Smtp.Mails);
    }

    [Fact]
    public async Task Booking_tells_the_run_and_sends_the_invitation()
    {
        var token = await _calendar.Offer("m-1", ("Minutes", 45L), ("Place", "Havnegade 1"));

        var done = await _calendar.Book(token, "2026-03-03T09:30Z");
        await _calendar.Round();

        var told = Assert.IsType<ChannelEvent.Answered>(Assert.Single(done.Events));
        Assert.Equal(("booked", "m-1", (object?)new DateTimeOffset(2026, 3, 3, 9, 30, 0, TimeSpan.Zero), (object?)45L), (told.Answer, told.MessageKey, told.Data["start"], told.Data["minutes"]));
        // The round tells it again, in case the host stopped before it had stored the answer; once.
        Assert.Equal(told.Id, Assert.Single(_calendar.Inbox.Taken).Id);
        Assert.Equal(2, _calendar.Smtp.Mails.Count);
        var (method, invitation, _) = TrialCalendar.Invitation(_calendar.Smtp.Last);
        var appointment = Assert.Single(invitation.Events);
        Assert.Equal(("REQUEST", 0, "Havnegade 1", told.Data["uid"]), (method, appointment.Sequence, appointment.Location, (object?)appointment.Uid));
        Assert.Equal(["Ada Byron <ada@byron.example>"], _calendar.Smtp.Last.To.Select(Plain));
        Assert.Equal((string)told.Data["rep"]!, _calendar.Smtp.Last.Cc.Mailboxes.Single().Address);
        await _calendar.Round();
        Assert.Equal(2, _calendar.Smtp.Mails.Count);
    }

    [Fact]
    public async Task The_same_booking_sent_twice_is_one()
    {
        var token = await _calendar.Offer();
        await _calendar.Book(token, "2026-03-03T09:30Z");

        var again = await _calendar.Book(token, "2026-03-03T09:30Z");
        await _calendar.Round();

        Assert.Equal(200, again.Status);
        Assert.Empty(again.Events);
        Assert.Single(_calendar.Inbox.Taken);
    }

    [Fact]
    public async Task Of_two_visitors_for_the_last_place_at_a_time_the_second_is_offered_the_next_free_ones()
    {
        _calendar.Settings["reps"] = "Karen Lund <karen@salgshuset.example>";
        _calendar.Open();
        var (one, other) = (await _calendar.Offer("m-1"), await _calendar.Offer("m-2"));

        var answers = await Task.WhenAll(Task.Run(async () => await _calendar.Book(one, "2026-03-03T09:30Z")), Task.Run(async () => await _calendar.Book(other, "2026-03-03T09:30Z")));

        Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
        var second = answers.Single(answer => answer.Status == 409);
        Assert.Contains("has just been taken", second.Body, StringComparison.Ordinal);
        // 09:00 would end too near, 10:00 begin too near: 15 minutes are kept free.
        Assert.Equal(["2026-03-03T10:30Z", "2026-03-03T12:00Z"], TrialCalendar.Times(second).Take(2));
        Assert.Empty(second.Events);
    }

    [Fact]
    public async Task The_link_moves_the_appointment_and_cancels_it()
    {
        var token = await _calendar.Offer();
        await _calendar.Book(token, "2026-03-03T09:30Z");
        await _calendar.Round();
        Assert.Contains("Tuesday 3 March, 10:30", (await _calendar.Get(token)).Body, StringComparison.Ordinal);

        var moved = await _calendar.Book(token, "2026-03-05T12:00Z");
        await _calendar.Round();
        var (_, calendar, _) = TrialCalendar.Invitation(_calendar.Smtp.Last);
        Assert.Equal((1, "moved"), (calendar.Events.First().Sequence, Assert.IsType<ChannelEvent.Answered>(moved.Events.First()).Answer));

        Assert.Empty((await _calendar.Get(token, ("show", "cancel"))).Events);
        var cancelled = await _calendar.Post(token, "do=cancel");
        await _calendar.Round();
        var (method, ended, _) = TrialCalendar.Invitation(_calendar.Smtp.Last);
        Assert.Equal(("CANCEL", "CANCELLED", 2, calendar.Events.First().Uid), (method, ended.Events.First().Status, ended.Events.First().Sequence, ended.Events.First().Uid));
        Assert.Equal("cancelled", Assert.IsType<ChannelEvent.Answered>(cancelled.Events.First()).Answer);
        Assert.Empty((await _calendar.Post(token, "do=cancel")).Events);

        var again = Assert.IsType<ChannelEvent.Answered>((await _calendar.Book(token, "2026-03-04T09:30Z")).Events.First());
        Assert.Equal("booked", again.Answer);
        Assert.NotEqual(calendar.Events.First().Uid, again.Data["uid"]);
    }

    [Theory]
    [InlineData("do=book")]
    [InlineData("do=book&start=tomorrow")]
    [InlineData("nothing")]
    [InlineData("do=book&start=2026-03-03T09%3A30%3A00.000Z")]
    public async Task A_form_without_a_time_asks_for_one(string body)
    {
        var answer = await _calendar.Post(await _calendar.Offer(), body);

        Assert.Equal(400, answer.Status);
        Assert.Empty(answer.Events);
    }

    [Theory]
    [InlineData("2026-03-03T08:30Z", "before the notice has run")]
    [InlineData("2026-03-03T09:10Z", "not on the grid")]
    [InlineData("2026-03-03T11:30Z", "at noon")]
    [InlineData("2026-03-07T09:30Z", "on a Saturday")]
    [InlineData("2026-04-30T08:30Z", "beyond the days ahead")]
    public async Task A_time_that_was_never_offered_cannot_be_booked(string start, string why)
    {
        var answer = await _calendar.Book(await _calendar.Offer(), start);

        Assert.True(answer.Status == 409, why);
        Assert.Empty(answer.Events);
    }

    [Fact]
    public async Task Public_holidays_and_days_off_are_not_offered()
    {
        _calendar.Settings["holidays"] = "2026-03-30..2026-03-31";
        _calendar.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 26, 9, 0, 0, TimeSpan.Zero));
        _calendar.Open();
        var token = await _calendar.Offer();

        var days = TrialCalendar.Times(await _calendar.Get(token)).Select(time => time[..10]).Distinct();

        // Easter: Thursday 2 April to Monday 6 April.
        Assert.Equal(["2026-03-27", "2026-04-01", "2026-04-07", "2026-04-08", "2026-04-09", "2026-04-10"], days);
    }

    [Fact]
    public async Task Times_are_shown_by_the_clock_that_the_visitor_chooses()
    {
        var token = await _calendar.Offer("m-1", ("TimeZone", "America/New_York"));

        Assert.Contains(">04:00</span>", (await _calendar.Get(token)).Body, StringComparison.Ordinal);
        var page = (await _calendar.Get(token, ("zone", "Asia/Tokyo"))).Body!;
        Assert.Contains(">18:00</span>", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Asia/Tokyo\" selected", page, StringComparison.Ordinal);
        Assert.Contains(">10:00</span>", (await _calendar.Get(token, ("zone", "Europe/Copenhagen"))).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await _calendar.Get(token, ("zone", "Mars/\"><script>"))).Status);
    }

    [Fact]
    public async Task A_Danish_visitor_reads_Danish()
    {
        var token = await _calendar.Offer("m-1", ("Language", "da"));

        var page = WebUtility.HtmlDecode((await _calendar.Get(token)).Body!);

        Assert.Contains("<html lang=\"da\">", page, StringComparison.Ordinal);
        Assert.Contains("tirsdag den 3. marts", page, StringComparison.Ordinal);
        Assert.Contains("Book tidspunktet", page, StringComparison.Ordinal);
        Assert.Contains("Vælg et tidspunkt", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_has_run_out_books_nothing_but_still_shows_what_was_booked()
    {
        var (unused, used) = (await _calendar.Offer("m-1"), await _calendar.Offer("m-2"));
        await _calendar.Book(used, "2026-03-03T09:30Z");
        _calendar.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal(410, (await _calendar.Book(unused, "2026-04-07T08:30Z")).Status);
        Assert.Equal(410, (await _calendar.Get(unused)).Status);
        Assert.Equal(200, (await _calendar.Get(used)).Status);
    }

    [Fact]
    public async Task What_somebody_is_called_is_text_on_the_page_and_in_the_invitation()
    {
        var message = TrialCalendar.Message("m-1") with { ToName = "Ada\r\nATTENDEE:mailto:x@y.z\"><script>", Subject = "<script>alert(1)</script>" };
        await _calendar.Sent(message);
        var token = await _calendar.Offer("m-2");
        var evil = System.Text.RegularExpressions.Regex.Match(_calendar.Smtp.Mails.First().TextBody!, "book/([A-Za-z0-9_-]+)", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;

        Assert.DoesNotContain("<script>", (await _calendar.Get(evil)).Body, StringComparison.Ordinal);
        await _calendar.Book(evil, "2026-03-03T09:30Z");
        await _calendar.Round();
        var (_, calendar, text) = TrialCalendar.Invitation(_calendar.Smtp.Last);
        Assert.Equal(2, calendar.Events.First().Attendees.Count);
        Assert.DoesNotContain("\nATTENDEE:mailto:x@y.z", text, StringComparison.Ordinal);
        Assert.NotEqual(token, evil);
    }

    [Fact]
    public async Task Work_is_shared_out_evenly_and_the_same_way_each_time()
    {
        var reps = new List<string>();
        for (var visitor = 1; visitor <= 6; visitor++)
        {
            _calendar.Clock.Advance(TimeSpan.FromMinutes(1));
            var done = await _calendar.Book(await _calendar.Offer($"m-{visitor}"), $"2026-03-{4 + visitor / 5:00}T{(visitor % 5 < 3 ? 8 : 12) + visitor % 3 / 2:00}:00Z");
            if (done.Events is [ChannelEvent.Answered told])
                reps.Add((string)told.Data["rep"]!);
        }

        Assert.Equal(6, reps.Count);
        Assert.Equal(3, reps.Count(rep => rep.StartsWith("bo@", StringComparison.Ordinal)));
        // Nobody has any: by name. Then whoever has fewer.
        Assert.Equal(["bo@salgshuset.example", "karen@salgshuset.example"], reps.Take(2));
    }

    [Fact]
    public async Task A_booking_outlives_a_crash_before_the_run_was_told_and_the_invitation_sent()
    {
        var token = await _calendar.Offer();
        await _calendar.Book(token, "2026-03-03T09:30Z");
        _calendar.Open();

        await _calendar.Round();

        Assert.Equal("booked", Assert.IsType<ChannelEvent.Answered>(Assert.Single(_calendar.Inbox.Taken)).Answer);
        Assert.Equal(2, _calendar.Smtp.Mails.Count);
        Assert.Equal(200, (await _calendar.Get(token)).Status);
    }

    private static string Plain(MimeKit.InternetAddress address) => address.ToString().Replace("\"", "", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => _calendar.DisposeAsync();
}
