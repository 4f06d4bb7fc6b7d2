using System.Globalization;
using System.Text.Json.Serialization;

namespace Playbook.Sales.Calendar;

/// <summary>A country's data file.</summary>
internal sealed record HolidayFile(string Country, string Name, IReadOnlyList<HolidayRule> Rules)
{
    /// <summary><c>next-free-weekday</c>, <c>nearest-weekday</c>, or null where a holiday on a weekend is simply lost.</summary>
    public string? OnWeekend { get; init; }
}

/// <summary>When a holiday falls: on a date (<c>MM-dd</c>), so many days from Easter Sunday, or on the nth weekday of a month.</summary>
internal sealed record HolidayRule(string Name)
{
    public string? Date { get; init; }

    public int? Easter { get; init; }

    public int Month { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))]
    public DayOfWeek Weekday { get; init; }

    /// <summary>Counted from the month's start, or from its end where negative.</summary>
    public int Nth { get; init; }

    /// <summary>The first year in which it holds; null for always.</summary>
    public int? From { get; init; }

    /// <summary>The last year in which it holds; null for always.</summary>
    public int? Until { get; init; }

    public DateOnly DateIn(int year)
    {
        if (Easter is { } days)
            return EasterSunday(year).AddDays(days);
        if (Date is { } date)
            return new DateOnly(year, int.Parse(date.AsSpan(0, 2), CultureInfo.InvariantCulture), int.Parse(date.AsSpan(3, 2), CultureInfo.InvariantCulture));
        if (Nth > 0)
        {
            var first = new DateOnly(year, Month, 1);
            return first.AddDays((Weekday - first.DayOfWeek + 7) % 7 + 7 * (Nth - 1));
        }
        var last = new DateOnly(year, Month, DateTime.DaysInMonth(year, Month));
        return last.AddDays(-((last.DayOfWeek - Weekday + 7) % 7) + 7 * (Nth + 1));
    }

    /// <summary>Gregorian Easter by the anonymous algorithm (Meeus, Jones, Butcher).</summary>
    internal static DateOnly EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, ofCentury) = Math.DivRem(year, 100);
        var (leapCenturies, centuryRest) = Math.DivRem(century, 4);
        var correction = (century - (century + 8) / 25 + 1) / 3;
        var epact = (19 * golden + century - leapCenturies - correction + 15) % 30;
        var (leaps, yearRest) = Math.DivRem(ofCentury, 4);
        var weekday = (32 + 2 * centuryRest + 2 * leaps - epact - yearRest) % 7;
        var late = (golden + 11 * epact + 22 * weekday) / 451;
        var (month, day) = Math.DivRem(epact + weekday - 7 * late + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
