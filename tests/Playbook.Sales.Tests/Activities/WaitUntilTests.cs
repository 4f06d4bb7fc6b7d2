using System.Globalization;
using Playbook.Abstractions;
using Playbook.Sales.Activities;
using static Playbook.Sales.Tests.Activities.FakeContext;

namespace Playbook.Sales.Tests.Activities;

public sealed class WaitUntilTests
{
    private static FakeContext Wait(params (string Name, object? Value)[] inputs) => new(new WaitUntil()) { Inputs = Object(inputs) };

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DateTimeOffset Until(FakeContext context) => Assert.Single(context.Execute().Bookmarks()).DueAt!.Value;

    [Fact]
    public void A_delay_counts_from_now() =>
        Assert.Equal(Monday.AddDays(3), Until(Wait(("Delay", "3.00:00:00"))));

    [Fact]
    public void A_moment_is_waited_for_and_a_past_one_goes_on_at_once()
    {
        Assert.Equal(Utc("2026-03-05T13:30Z"), Until(Wait(("At", Utc("2026-03-05T13:30Z")))));
        Assert.Equal("Done", Wait(("At", Utc("2026-02-05T13:30Z"))).Execute().Outcome());
    }

    [Fact]
    public void A_negative_delay_counts_back_from_the_moment() =>
        Assert.Equal(Utc("2026-03-04T13:30Z"), Until(Wait(("At", "2026-03-05T13:30:00Z"), ("Delay", "-1.00:00:00"))));

    [Fact]
    public void A_time_of_day_is_the_contacts()
    {
        var context = Wait(("Time", "09:00"));
        context.Subject = About("c1", ("time_zone", "America/New_York"));

        Assert.Equal(Utc("2026-03-02T14:00Z"), Until(context));
    }

    [Fact]
    public void A_zone_that_is_given_counts_before_the_contacts()
    {
        var context = Wait(("Time", "12:00"), ("TimeZone", "Europe/Copenhagen"));
        context.Subject = About("c1", ("time_zone", "America/New_York"));

        Assert.Equal(Utc("2026-03-02T11:00Z"), Until(context));
    }

    [Fact]
    public void A_delay_into_the_weekend_is_moved_on_to_business_hours() =>
        Assert.Equal(Utc("2026-03-09T09:00Z"), Until(Wait(("Delay", "5.00:00:00"), ("BusinessHours", true))));

    [Fact]
    public void Within_business_hours_it_goes_on_at_once() =>
        Assert.Equal("Done", Wait(("BusinessHours", true)).Execute().Outcome());

    [Fact]
    public void Holidays_of_a_country_and_single_dates_are_left_out()
    {
        var context = Wait(("BusinessHours", true), ("Holidays", List("DK", "2026-04-07")));
        context.Now = Utc("2026-04-01T18:00Z");

        // 2 and 3 April are Maundy Thursday and Good Friday, 6 April is Easter Monday.
        Assert.Equal(Utc("2026-04-08T09:00Z"), Until(context));
    }

    [Fact]
    public void Weekdays_choose_the_day_and_time_the_hour() =>
        Assert.Equal(Utc("2026-03-05T10:00Z"), Until(Wait(("Time", "10:00"), ("Weekdays", List("Thu", "friday")))));

    [Fact]
    public void Woken_late_it_still_keeps_to_the_window()
    {
        var context = Wait(("Time", "09:30"), ("BusinessHours", true));
        context.Now = Utc("2026-03-07T11:00Z");
        var late = context.Resume(new Stimulus.Due());
        context.Now = Utc("2026-03-09T16:00Z");

        Assert.Equal([Bookmark.Until(Utc("2026-03-09T09:30Z"))], late.Bookmarks());
        Assert.Equal("Done", context.Resume(new Stimulus.Due()).Outcome());
    }

    [Theory]
    [InlineData("Time", "9 o'clock", "The input 'time' is '9 o'clock', which is not a time of day")]
    [InlineData("TimeZone", "Denmark", "The input 'timeZone' is 'Denmark', which is not a time zone")]
    [InlineData("Weekdays", "T", "The input 'weekdays' has 'T', which is not a day of the week")]
    [InlineData("Holidays", "XX", "The input 'holidays' has 'XX', which is neither a date nor a country that we know the holidays of: write dates such as 2026-12-24, or one of the countries DK, GB, US.")]
    [InlineData("At", "Friday", "The input 'at' is the text 'Friday', which is not a point in time")]
    [InlineData("At", "9999-12-31T23:59:59Z", "The input 'at' is the text '9999-12-31T23:59:59Z', which is not a point in time")]
    [InlineData("Delay", "-1.00:00:00", "The input 'delay' is -1.00:00:00, and nothing can wait for the past")]
    [InlineData("BusinessHours", "perhaps", "The input 'businessHours' is the text 'perhaps' where yes or no belongs")]
    public void What_cannot_be_read_is_named_with_its_cure(string input, object value, string reason) =>
        Assert.StartsWith(reason, Wait((input, value)).Execute().Reason(), StringComparison.Ordinal);

    [Fact]
    public void Something_must_be_waited_for_and_must_be_able_to_come()
    {
        Assert.Contains("so is everything else to wait for", Wait().Execute().Reason(), StringComparison.Ordinal);
        Assert.Contains("outside business hours", Wait(("Time", "18:00"), ("BusinessHours", true)).Execute().Reason(), StringComparison.Ordinal);
        Assert.Contains("no moment to wait for", Wait(("Weekdays", List("Sat")), ("BusinessHours", true)).Execute().Reason(), StringComparison.Ordinal);
    }
}
