using System.Globalization;
using NodaTime;
using Playbook.Abstractions;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Tests.Calendar;

public sealed class BusinessCalendarTests
{
    private static readonly BusinessCalendar Copenhagen = new(Zone("Europe/Copenhagen"), BusinessHours.Standard);

    private static DateTimeZone Zone(string name) => DateTimeZoneProviders.Tzdb[name];

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static BusinessCalendar EveryDay(string zone, string from, string to) => new(Zone(zone), BusinessHours.On(
        BusinessHours.EveryDay, new DayBlock(TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(to, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("2026-03-02T07:59Z", "2026-03-02T08:00Z")]
    [InlineData("2026-03-02T08:00Z", "2026-03-02T08:00Z")]
    [InlineData("2026-03-02T12:34Z", "2026-03-02T12:34Z")]
    [InlineData("2026-03-02T15:59:59Z", "2026-03-02T15:59:59Z")]
    [InlineData("2026-03-02T16:00Z", "2026-03-03T08:00Z")]
    [InlineData("2026-03-06T16:00Z", "2026-03-09T08:00Z")]
    [InlineData("2026-03-27T16:00Z", "2026-03-30T07:00Z")]
    [InlineData("2026-10-23T15:00Z", "2026-10-26T08:00Z")]
    public void Nine_to_five_is_local_before_and_after_the_clocks_change(string now, string next) =>
        Assert.Equal(Utc(next), Copenhagen.Next(Utc(now)));

    [Fact]
    public void Several_blocks_a_day_leave_the_lunch_break_alone()
    {
        var calendar = new BusinessCalendar(DateTimeZone.Utc, BusinessHours.On(BusinessHours.WorkingDays,
            new DayBlock(new TimeOnly(13, 0), new TimeOnly(17, 0)), new DayBlock(new TimeOnly(9, 0), new TimeOnly(12, 0))));

        Assert.Equal(Utc("2026-03-02T13:00Z"), calendar.Next(Utc("2026-03-02T12:00Z")));
        Assert.Equal(Utc("2026-03-02T11:59Z"), calendar.Next(Utc("2026-03-02T11:59Z")));
        Assert.Equal(Utc("2026-03-02T09:00Z"), calendar.Next(Utc("2026-03-02T03:00Z")));
    }

    [Fact]
    public void A_block_half_skipped_by_the_clocks_opens_when_they_have_changed()
    {
        // On 29 March 2026 the clocks of Copenhagen go from 02:00 to 03:00, at 01:00 UTC.
        Assert.Equal(Utc("2026-03-29T01:00Z"), EveryDay("Europe/Copenhagen", "02:30", "03:30").Next(Utc("2026-03-29T00:00Z")));
        Assert.Equal(Utc("2026-03-30T00:15Z"), EveryDay("Europe/Copenhagen", "02:15", "02:45").Next(Utc("2026-03-29T00:00Z")));
    }

    [Fact]
    public void A_block_that_the_clocks_repeat_is_open_twice_and_closed_between()
    {
        // On 25 October 2026 02:00 to 03:00 comes twice: from 00:00 and from 01:00 UTC.
        var calendar = EveryDay("Europe/Copenhagen", "02:30", "02:45");

        Assert.Equal(Utc("2026-10-25T00:30Z"), calendar.Next(Utc("2026-10-25T00:00Z")));
        Assert.Equal(Utc("2026-10-25T01:30Z"), calendar.Next(Utc("2026-10-25T00:45Z")));
        Assert.Equal(Utc("2026-10-26T01:30Z"), calendar.Next(Utc("2026-10-25T01:45Z")));
    }

    [Fact]
    public void A_time_of_day_that_is_skipped_is_the_moment_after_and_one_that_is_repeated_is_the_first()
    {
        var calendar = new BusinessCalendar(Zone("Europe/Copenhagen"), BusinessHours.On(BusinessHours.EveryDay));

        Assert.Equal(Utc("2026-03-29T01:00Z"), calendar.NextAt(new TimeOnly(2, 30), Utc("2026-03-28T12:00Z")));
        Assert.Equal(Utc("2026-10-25T00:30Z"), calendar.NextAt(new TimeOnly(2, 30), Utc("2026-10-24T12:00Z")));
        Assert.Equal(Utc("2026-10-26T01:30Z"), calendar.NextAt(new TimeOnly(2, 30), Utc("2026-10-25T01:00Z")));
    }

    [Fact]
    public void A_day_that_never_was_is_passed_over()
    {
        // Samoa went from Thursday 29 to Saturday 31 December 2011.
        var fridays = new BusinessCalendar(Zone("Pacific/Apia"), BusinessHours.On([DayOfWeek.Friday]));

        Assert.Equal(Utc("2012-01-06T09:00+14:00"), fridays.NextAt(new TimeOnly(9, 0), Utc("2011-12-28T00:00Z")));
        Assert.Equal(Utc("2012-01-06T00:00+14:00"), fridays.Next(Utc("2011-12-28T00:00Z")));
    }

    [Fact]
    public void Holidays_are_closed_all_day()
    {
        var calendar = new BusinessCalendar(Zone("Europe/London"), BusinessHours.Standard, Holidays.Of([new DateOnly(2026, 12, 29)], CountryHolidays.Find("GB")!));

        Assert.Equal(Utc("2026-12-30T09:00Z"), calendar.Next(Utc("2026-12-24T17:00Z")));
        Assert.False(calendar.IsOpen(Utc("2026-12-25T12:00Z")));
    }

    [Fact]
    public void Hours_that_never_open_have_no_next_moment_and_neither_has_the_end_of_time()
    {
        Assert.Null(new BusinessCalendar(DateTimeZone.Utc, BusinessHours.On([])).Next(Utc("2026-03-02T09:00Z")));
        Assert.Null(Copenhagen.Next(DateTimeOffset.MaxValue));
        Assert.Null(Copenhagen.NextAt(new TimeOnly(9, 0), DateTimeOffset.MaxValue));
        Assert.NotNull(Copenhagen.Next(DateTimeOffset.MinValue.AddDays(7)));
    }

    [Fact]
    public void A_block_must_end_after_it_begins() =>
        Assert.Throws<ArgumentException>(() => new DayBlock(new TimeOnly(17, 0), new TimeOnly(9, 0)));

    [Theory]
    [InlineData("America/Chicago", "DK", "America/Chicago")]
    [InlineData("Mars/Olympus", "DK", "Europe/Copenhagen")]
    [InlineData(null, "dk", "Europe/Copenhagen")]
    [InlineData(null, "US", "America/New_York")]
    [InlineData(null, "GB", "Europe/London")]
    [InlineData(null, "ZZ", "UTC")]
    [InlineData(null, null, "UTC")]
    public void The_contacts_own_zone_comes_before_its_countrys_and_that_before_UTC(string? zone, string? country, string expected) =>
        Assert.Equal(expected, ContactPlace.Zone(Contact(zone, country)).Id);

    [Fact]
    public void Every_country_of_the_tz_database_has_a_zone_that_exists() =>
        Assert.All(NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.ZoneLocations!, place => Assert.NotNull(ContactPlace.Zone(Contact(null, place.CountryCode))));

    [Fact]
    public void Nobody_is_at_UTC() =>
        Assert.Equal(DateTimeZone.Utc, ContactPlace.Zone(Subject.None));

    [Fact]
    public void The_contacts_calendar_keeps_the_holidays_of_its_country() =>
        Assert.Equal(Utc("2026-04-07T07:00Z"), BusinessCalendar.For(Contact(null, "DK")).Next(Utc("2026-04-02T10:00Z")));

    private static Subject Contact(string? zone, string? country) => new("contact", "c1", new Dictionary<string, object?>
    {
        ["contact"] = new Dictionary<string, object?> { ["time_zone"] = zone, ["country"] = country },
    });
}
