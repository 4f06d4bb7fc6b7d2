using System.Globalization;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Tests.Calendar;

public sealed class HolidayTests
{
    private static string Days(string country, int year) =>
        string.Join(' ', CountryHolidays.Find(country)!.In(year).Keys.Order().Select(date => date.ToString("MM-dd", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(2025, "04-20")]
    [InlineData(2026, "04-05")]
    [InlineData(2027, "03-28")]
    [InlineData(2028, "04-16")]
    [InlineData(2029, "04-01")]
    [InlineData(2030, "04-21")]
    [InlineData(1818, "03-22")]
    [InlineData(2038, "04-25")]
    public void Easter_falls_where_the_almanac_says(int year, string date) =>
        Assert.Equal(date, HolidayRule.EasterSunday(year).ToString("MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(2025, "01-01 04-17 04-18 04-20 04-21 05-29 06-05 06-08 06-09 12-24 12-25 12-26")]
    [InlineData(2026, "01-01 04-02 04-03 04-05 04-06 05-14 05-24 05-25 06-05 12-24 12-25 12-26")]
    [InlineData(2027, "01-01 03-25 03-26 03-28 03-29 05-06 05-16 05-17 06-05 12-24 12-25 12-26")]
    [InlineData(2028, "01-01 04-13 04-14 04-16 04-17 05-25 06-04 06-05 12-24 12-25 12-26")]
    [InlineData(2029, "01-01 03-29 03-30 04-01 04-02 05-10 05-20 05-21 06-05 12-24 12-25 12-26")]
    [InlineData(2030, "01-01 04-18 04-19 04-21 04-22 05-30 06-05 06-09 06-10 12-24 12-25 12-26")]
    public void Denmark_keeps_its_holidays_without_the_abolished_prayer_day(int year, string days) =>
        Assert.Equal(days, Days("DK", year));

    [Fact]
    public void The_prayer_day_was_still_kept_in_2023() =>
        Assert.True(CountryHolidays.Find("dk")!.Contains(new DateOnly(2023, 5, 5)));

    [Theory]
    [InlineData(2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26")]
    [InlineData(2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28")]
    [InlineData(2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28")]
    [InlineData(2028, "01-01 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26")]
    [InlineData(2029, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26")]
    [InlineData(2030, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26")]
    [InlineData(2022, "01-01 01-03 04-15 04-18 05-02 05-30 08-29 12-25 12-26 12-27")]
    public void Britain_takes_the_next_free_weekday_for_a_holiday_on_a_weekend(int year, string days) =>
        Assert.Equal(days, Days("GB", year));

    [Theory]
    [InlineData(2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25")]
    [InlineData(2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25")]
    [InlineData(2027, "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31")]
    [InlineData(2028, "01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-11 11-23 12-25")]
    [InlineData(2029, "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-11 11-12 11-22 12-25")]
    [InlineData(2030, "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25")]
    public void America_takes_the_nearest_weekday_even_in_the_year_before(int year, string days) =>
        Assert.Equal(days, Days("US", year));

    [Fact]
    public void A_country_without_rules_is_unknown_rather_than_without_holidays()
    {
        Assert.Null(CountryHolidays.Find("XX"));
        Assert.Equal(["DK", "GB", "US"], CountryHolidays.Known);
    }

    [Fact]
    public void The_first_and_the_last_year_of_the_calendar_can_be_asked_for()
    {
        Assert.All(CountryHolidays.Known, country => Assert.NotEmpty(CountryHolidays.Find(country)!.In(1)));
        Assert.All(CountryHolidays.Known, country => Assert.NotEmpty(CountryHolidays.Find(country)!.In(9999)));
    }
}
